import { type Organization, scopeOf } from '../../bot/index.ts';
import type { Db, Scope } from '../../db/index.ts';
import { countedBy } from './count.ts';
import type { Report } from './replies.ts';
import { type Group, nameThen, type Run, readAs } from './rules.ts';

export type Read = {
  readonly report: Report;
  readonly groups: readonly Group[];
  /** The lines that it tells of are those of all these scopes. */
  readonly scopes: readonly Scope[];
};

/**
 * What a run came to, of that part which is about an organization and which the reader saw then; nothing, where none of
 * it is. Names and sums are those of then, whatever has been changed since.
 */
export async function readRun(
  db: Db,
  run: Run,
  { about, reader }: { readonly about: Organization; readonly reader: Organization },
): Promise<Read | undefined> {
  const of = readAs(run.organization, about);
  const scopes = [scopeOf(of), scopeOf(about), scopeOf(reader)];
  const { summary, groups } = await countedBy(db, run.id, scopes);
  if (groups.length === 0 && of.id !== run.organization.id) return undefined;
  const name = of.id === run.organization.id ? run.organization.name : nameThen(groups, of);
  const report: Report = {
    organization: { ...of, name },
    period: run.period,
    at: run.at,
    by: run.actor.kind === 'person' ? run.actor.name : 'the schedule',
    summary,
    part: of.id !== reader.id,
  };
  return { report, groups, scopes };
}
