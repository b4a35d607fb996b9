import { sql } from 'kysely';
import { type Organization, scopeOf } from '../../../bot/index.ts';
import type { Db } from '../../../db/index.ts';
import { ofThen } from '../counting/store.ts';
import { type OtherRun, type Run, readAs, type Summand, sumsOf, whoRan } from '../rules.ts';
import { runsFor, toRun } from '../store.ts';

/** The other runs of a run’s month that changed something, the newest first, each as the reader saw it then. */
export async function otherRuns(
  db: Db,
  run: Run,
  { about, reader }: { readonly about: Organization; readonly reader: Organization },
): Promise<OtherRun[]> {
  const rows = await runsFor(db, about, scopeOf(about))
    .where('r.period', '=', run.period)
    .where('r.id', '<>', run.id)
    .where('r.changed', '>', 0)
    // Until then its lines may still change.
    .where('r.applied_at', 'is not', null)
    .clearOrderBy()
    .orderBy('r.id', 'desc')
    .execute();
  if (rows.length === 0) return [];
  const { rows: summands } = await sql<Summand & { readonly run: number }>`
    select l.run_id as run, l.currency, count(*)::int as checked, count(*)::int as changed,
      sum(l.after - l.before)::int as drift, sum((l.after - l.before)::bigint * l.price_minor)::float8 as minor
    from reconciliation_lines l
    where l.run_id = any(${rows.map(({ id }) => id)}::int[]) and l.after <> l.before
      and ${ofThen(scopeOf(about))} and ${ofThen(scopeOf(reader))}
    group by 1, 2`.execute(db);
  const byRun = Map.groupBy(summands, (summand) => summand.run);
  return rows.flatMap((row) => {
    const own = byRun.get(row.id);
    if (own === undefined) return [];
    const other = toRun(row);
    const isSmaller = readAs(other.organization, about).id !== about.id;
    const organization = isSmaller ? other.organization.name : undefined;
    return [{ id: other.id, at: other.at, by: whoRan(other), organization, ...sumsOf(own) }];
  });
}
