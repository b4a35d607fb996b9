import { type Organization, scopeOf } from '../../bot/index.ts';
import type { Db, Scope } from '../../db/index.ts';
import { countedBy } from './count.ts';
import { otherRuns } from './months/store.ts';
import type { Report } from './replies.ts';
import { type Group, nameThen, type Run, readAs, whoRan } from './rules.ts';

export type Read = {
  readonly report: Report;
  readonly groups: readonly Group[];
  /** The lines that it tells of are those of all these scopes. */
  readonly scopes: readonly Scope[];
};

type Reading = {
  readonly about: Organization;
  readonly reader: Organization;
  /** All of its month is wanted: what the other runs of it changed, too. */
  readonly month?: boolean;
};

/**
 * What a run came to, of that part which is about an organization and which the reader saw then; nothing, where none of
 * it is. Names and sums are those of then, whatever has been changed since.
 */
export async function readRun(
  db: Db,
  run: Run,
  { about, reader, month = false }: Reading,
): Promise<Read | undefined> {
  const of = readAs(run.organization, about);
  // Each line of a run is of its own organization: these say what of other runs is told, too.
  const scopes = [scopeOf(about), scopeOf(reader)];
  const { summary, groups } = await countedBy(db, run.id, scopes);
  if (groups.length === 0 && of.id !== run.organization.id) return undefined;
  const name = of.id === run.organization.id ? run.organization.name : nameThen(groups, of);
  const report: Report = {
    organization: { ...of, name },
    period: run.period,
    at: run.at,
    by: whoRan(run),
    summary,
    of: about.id === reader.id ? undefined : about.name,
    run: run.id,
    others: month ? await otherRuns(db, run, { about, reader }) : undefined,
  };
  return { report, groups, scopes };
}
