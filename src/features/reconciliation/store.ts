import { type RawBuilder, sql } from 'kysely';
import { type Actor, type Organization, scopeOf } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { type Db, inScope, type Scope } from '../../db/index.ts';
import type { Tick } from '../../jobs/index.ts';
import { counting } from './counting/store.ts';
import type { Run } from './rules.ts';

const runs = (db: Db) =>
  db
    .selectFrom('reconciliation_runs as r')
    .innerJoin('organizations as o', 'o.id', 'r.scope_id')
    .selectAll('r')
    .select('o.kind as scope_kind');
type Row = Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number];

export const toRun = (row: Row): Run => ({
  id: row.id,
  period: row.period,
  at: row.at,
  organization: { id: row.scope_id, kind: row.scope_kind, name: row.scope_name },
  scheduled: row.scheduled,
  actor: row.actor as Actor,
  memberId: row.member_id,
  place: (row.place ?? undefined) as Place | undefined,
  checked: row.checked,
  toChange: row.to_change,
  done: row.done,
  through: row.through,
  changed: row.changed,
  leftOut: row.left_out,
  appliedAt: row.applied_at,
  finishedAt: row.finished_at,
});

export async function loadRun(db: Db, id: number): Promise<Run | undefined> {
  const row = await runs(db).where('r.id', '=', id).executeTakeFirst();
  return row && toRun(row);
}

/** The same, kept from everybody else until the transaction ends. */
export async function lockRun(db: Db, id: number): Promise<Run | undefined> {
  const row = await runs(db).where('r.id', '=', id).forUpdate('r').executeTakeFirst();
  return row && toRun(row);
}

/** One run at a time is begun: two that count the same would both change it. */
export async function lockRuns(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reconciliation'))`.execute(db);
}

export type NewRun = {
  readonly period: string;
  readonly organization: Organization;
  readonly scheduled: boolean;
  readonly actor: Actor;
  readonly place: Place | undefined;
  readonly at: Date;
};

export async function insertRun(db: Db, run: NewRun): Promise<number> {
  const { actor, organization } = run;
  const inserted = await db
    .insertInto('reconciliation_runs')
    .values({
      period: run.period,
      scope_id: organization.id,
      scope_name: organization.name,
      scheduled: run.scheduled,
      actor: JSON.stringify(actor),
      actor_name: actor.name,
      member_id: actor.kind === 'person' ? actor.memberId : null,
      place: run.place === undefined ? null : JSON.stringify(run.place),
      at: run.at,
      checked: 0,
      changed: 0,
      applied_at: null,
      finished_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return inserted.id;
}

/** Writes down what is recorded and used now, a line for each subscription, in one statement. */
export async function insertLines(db: Db, run: number, scope: Scope): Promise<void> {
  await sql`
    with inserted as (
      insert into reconciliation_lines
        (run_id, subscription_id, organization_id, organization, reseller_id, reseller, service, product,
         before, counted, after, left_out, commitment, bought, price_minor, currency)
      select ${run}::int, subscription_id, organization_id, organization, reseller_id, reseller, service, product,
        before, counted, after, left_out, commitment, bought, price_minor, currency
      from (${counting(scope)}) as counts
      returning before, after, left_out)
    update reconciliation_runs set (checked, left_out, to_change) = (
      select count(*) filter (where not left_out), count(*) filter (where left_out),
        count(*) filter (where after <> before)
      from inserted)
    where id = ${run}`.execute(db);
}

/** As if it had never been begun. */
export async function removeRun(db: Db, id: number): Promise<void> {
  await db.deleteFrom('reconciliation_runs').where('id', '=', id).execute();
}

/** The run that is setting quantities of some of these subscriptions at this time. */
export async function findUnderWay(db: Db, organization: Organization): Promise<Run | undefined> {
  const row = await runs(db)
    .where('r.applied_at', 'is', null)
    .where(
      sql<boolean>`(o.kind = 'provider' or ${organization.kind} = 'provider' or o.id = ${organization.id}
        or o.parent_id = ${organization.id}
        or o.id = (select own.parent_id from organizations own where own.id = ${organization.id}))`,
    )
    .orderBy('r.id')
    .executeTakeFirst();
  return row && toRun(row);
}

/** Those that were not ended, the oldest first. */
export async function loadUnfinished(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('reconciliation_runs')
    .select('id')
    .where('finished_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function setApplied(db: Db, id: number, at: Date): Promise<void> {
  await db.updateTable('reconciliation_runs').set({ applied_at: at }).where('id', '=', id).execute();
}

export async function setFinished(db: Db, id: number, at: Date): Promise<void> {
  await db.updateTable('reconciliation_runs').set({ finished_at: at }).where('id', '=', id).execute();
}

const own = (of: Organization) =>
  sql<number | null>`(select own.parent_id from organizations own where own.id = ${of.id})`;

/** It holds all lines of this organization. */
const covers = (of: Organization): RawBuilder<boolean> =>
  sql<boolean>`(o.kind = 'provider' or o.id in (${of.id}, coalesce(${own(of)}, 0)))`;

/** It holds lines that were of this organization then. */
const hasLines = (of: Organization): RawBuilder<boolean> =>
  of.kind === 'provider'
    ? sql<boolean>`true`
    : sql<boolean>`(o.id = ${of.id} or exists (
        select from reconciliation_lines l where l.run_id = r.id and ${of.id} in (l.organization_id, l.reseller_id)))`;

/** The provider’s runs and those of the organization: they cover it. Others may cover a part of it. */
export const runsFor = (db: Db, of: Organization, scope: Scope) =>
  runs(db)
    .where(hasLines(of))
    .where((is) => is.or([is('o.kind', '=', 'provider'), inScope('o.id', scope), covers(of)]))
    .orderBy(covers(of), 'desc');

/** The latest run of a period that covers all of an organization, else the latest that covers a part of it. */
export async function findRun(
  db: Db,
  period: string,
  of: Organization,
  scope: Scope,
): Promise<Run | undefined> {
  const row = await runsFor(db, of, scope)
    .where('r.period', '=', period)
    // The scheduled run closes the month; one that changed something says more than one after it that did not.
    .orderBy('r.scheduled', 'desc')
    .orderBy((is) => is('r.changed', '>', 0), 'desc')
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toRun(row);
}

/** The run of this number, if it is of that period and covers some of an organization. */
export async function findNumbered(
  db: Db,
  { period, run }: { readonly period: string; readonly run: number },
  of: Organization,
  scope: Scope,
): Promise<Run | undefined> {
  const row = await runsFor(db, of, scope)
    .where('r.period', '=', period)
    .where('r.id', '=', run)
    .executeTakeFirst();
  return row && toRun(row);
}

/** The last periods with a run, the newest first. */
export async function lastPeriods(db: Db, of: Organization, scope: Scope, most: number): Promise<string[]> {
  const rows = await runsFor(db, of, scope)
    .clearOrderBy()
    .clearSelect()
    .select('r.period')
    .distinct()
    .orderBy('r.period', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ period }) => period);
}

export async function scheduledRunExists(db: Db, period: string): Promise<boolean> {
  const row = await db
    .selectFrom('reconciliation_runs')
    .select('id')
    .where('period', '=', period)
    .where('scheduled', '=', true)
    .executeTakeFirst();
  return row !== undefined;
}

export function findProvider(db: Db): Promise<Organization | undefined> {
  return db
    .selectFrom('organizations')
    .select(['id', 'kind', 'name'])
    .where('kind', '=', 'provider')
    .executeTakeFirst();
}

export function findReader(db: Db, id: number): Promise<Organization | undefined> {
  return db
    .selectFrom('organizations')
    .select(['id', 'kind', 'name'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** An organization that somebody of this one may see. */
export function loadVisible(db: Db, of: Organization, id: number): Promise<Organization | undefined> {
  return db
    .selectFrom('organizations')
    .select(['id', 'kind', 'name'])
    .where('id', '=', id)
    .where(inScope('id', scopeOf(of)))
    .executeTakeFirst();
}

/** Since when this schedule has been in force: now, if it is another than before; the first, since the tables were made. */
export async function enforceSchedule(db: Db, { cron, timezone }: Tick, now: Date): Promise<Date> {
  await sql`
    insert into reconciliation_schedule (cron, timezone, since)
    select ${cron}, ${timezone}, coalesce(min(timestamp)::timestamptz, ${now}) from kysely_migration
    on conflict (id) do update set cron = excluded.cron, timezone = excluded.timezone, since = ${now}
    where (reconciliation_schedule.cron, reconciliation_schedule.timezone) <> (excluded.cron, excluded.timezone)`.execute(
    db,
  );
  const { since } = await db.selectFrom('reconciliation_schedule').select('since').executeTakeFirstOrThrow();
  return since;
}
