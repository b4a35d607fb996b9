import { type Insertable, type Selectable, sql } from 'kysely';
import { type Db, inScope, type Scope, type Tables } from '../../db/index.ts';
import type { Line } from './rules.ts';

export type Organization = { readonly id: number; readonly name: string };
export type Run = {
  readonly id: number;
  readonly period: string;
  readonly at: Date;
  /** Whose subscriptions it covered. */
  readonly organization: Organization;
};

/** A line with the order in whose history a change of it belongs. */
export type Counted = Line & { readonly orderId: number };

/** Recorded and used, of each active subscription. A lock holds the recorded quantities until the transaction ends. */
export async function loadCounts(db: Db, scope: Scope, lock: boolean): Promise<Counted[]> {
  const rows = await db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('organizations as org', 'org.id', 'sub.organization_id')
    .select(['sub.id as subscription_id', 'sub.organization_id', 'org.name as organization', 'org.parent_id'])
    .select(['s.order_id', sql<string>`o.number || '/' || s.position`.as('service'), 'p.name as product'])
    .select(['sub.quantity as before', 's.associated as counted', 'sub.price_minor', 'sub.currency'])
    .where('sub.status', '=', 'active')
    .where(inScope('sub.organization_id', scope))
    .orderBy('sub.id')
    .$if(lock, (query) => query.forNoKeyUpdate('sub'))
    .execute();
  return rows.map((row) => ({ ...toLine(row), orderId: row.order_id }));
}

/** The lines of a run that are of organizations in the scope. */
export async function loadLines(db: Db, run: number, scope: Scope): Promise<Line[]> {
  const rows = await db
    .selectFrom('reconciliation_lines as l')
    .innerJoin('organizations as org', 'org.id', 'l.organization_id')
    .selectAll('l')
    .select(['org.name as organization', 'org.parent_id'])
    .where('l.run_id', '=', run)
    .where(inScope('l.organization_id', scope))
    .orderBy('l.subscription_id')
    .execute();
  return rows.map(toLine);
}

type Row = Omit<Selectable<Tables['reconciliation_lines']>, 'run_id'> & {
  readonly organization: string;
  readonly parent_id: number | null;
};

function toLine(row: Row): Line {
  return {
    subscriptionId: row.subscription_id,
    organization: { id: row.organization_id, name: row.organization, parentId: row.parent_id },
    service: row.service,
    product: row.product,
    before: row.before,
    counted: row.counted,
    priceMinor: row.price_minor,
    currency: row.currency,
  };
}

export async function setQuantities(db: Db, changes: readonly Line[]): Promise<void> {
  const ids = changes.map(({ subscriptionId }) => subscriptionId);
  const counted = changes.map((line) => line.counted);
  await sql`
    update subscriptions set quantity = c.counted
    from unnest(${ids}::int[], ${counted}::int[]) as c (id, counted)
    where subscriptions.id = c.id`.execute(db);
}

/** Gives `undefined` where the scheduled run of this period has been made: of several at once, one is. */
export async function insertRun(
  db: Db,
  run: Insertable<Tables['reconciliation_runs']>,
): Promise<number | undefined> {
  const inserted = await db
    .insertInto('reconciliation_runs')
    .values(run)
    .onConflict((conflict) => conflict.column('period').where('scheduled', '=', true).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id;
}

export async function insertLines(db: Db, run: number, lines: readonly Line[]): Promise<void> {
  await sql`
    insert into reconciliation_lines
      (run_id, subscription_id, organization_id, service, product, before, counted, price_minor, currency)
    select ${run}::int, l.*
    from unnest(
      ${lines.map(({ subscriptionId }) => subscriptionId)}::int[],
      ${lines.map(({ organization }) => organization.id)}::int[],
      ${lines.map(({ service }) => service)}::text[],
      ${lines.map(({ product }) => product)}::text[],
      ${lines.map(({ before }) => before)}::int[],
      ${lines.map(({ counted }) => counted)}::int[],
      ${lines.map(({ priceMinor }) => priceMinor)}::int[],
      ${lines.map(({ currency }) => currency)}::text[]) as l`.execute(db);
}

type Entry = { readonly line: Counted; readonly summary: string };
type Author = {
  readonly at: Date;
  readonly actor: { readonly name: string };
  readonly memberId: number | null;
  readonly place: { readonly platform: string; readonly conversation: string } | undefined;
};

/** One row for each changed subscription, in the history of its order. */
export async function insertHistory(db: Db, author: Author, entries: readonly Entry[]): Promise<void> {
  const { at, actor, memberId, place } = author;
  await sql`
    insert into history
      (at, actor, actor_name, member_id, platform, conversation, kind,
       organization_id, order_id, summary, before, after)
    select ${at}::timestamptz, ${JSON.stringify(actor)}::jsonb, ${actor.name}::text, ${memberId}::int,
      ${place?.platform ?? null}::text, ${place?.conversation ?? null}::text, 'reconciliation',
      c.organization_id, c.order_id, c.summary,
      jsonb_build_object('service', c.service, 'quantity', c.before),
      jsonb_build_object('service', c.service, 'quantity', c.counted)
    from unnest(
      ${entries.map(({ line }) => line.organization.id)}::int[],
      ${entries.map(({ line }) => line.orderId)}::int[],
      ${entries.map(({ summary }) => summary)}::text[],
      ${entries.map(({ line }) => line.service)}::text[],
      ${entries.map(({ line }) => line.before)}::int[],
      ${entries.map(({ line }) => line.counted)}::int[])
      as c (organization_id, order_id, summary, service, before, counted)`.execute(db);
}

/** The provider's runs and the reader's own: they cover what it sees. The provider sees those of its resellers, too. */
const runsFor = (db: Db, reader: Organization, scope: Scope) => {
  const covers = sql<boolean>`(o.kind = 'provider' or o.id = ${reader.id})`;
  return db
    .selectFrom('reconciliation_runs as r')
    .innerJoin('organizations as o', 'o.id', 'r.scope_id')
    .where(scope.kind === 'all' ? sql<boolean>`true` : covers)
    .orderBy(covers, 'desc');
};

/** The latest run of a period that covers all that the reader sees, else the latest that covers a part of it. */
export async function findRun(
  db: Db,
  period: string,
  reader: Organization,
  scope: Scope,
): Promise<Run | undefined> {
  const row = await runsFor(db, reader, scope)
    .select(['r.id', 'r.period', 'r.at', 'o.id as organizationId', 'o.name'])
    .where('r.period', '=', period)
    // The scheduled run closes the month; one that changed something says more than one after it that did not.
    .orderBy('r.scheduled', 'desc')
    .orderBy((is) => is('r.changed', '>', 0), 'desc')
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, at, organizationId, name } = row;
  return { id, period, at, organization: { id: organizationId, name } };
}

/** The last periods with a run, the newest first. */
export async function lastPeriods(
  db: Db,
  reader: Organization,
  scope: Scope,
  most: number,
): Promise<string[]> {
  const rows = await runsFor(db, reader, scope)
    .clearOrderBy()
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
    .select(['id', 'name'])
    .where('kind', '=', 'provider')
    .executeTakeFirst();
}

export function findOrganization(db: Db, id: number): Promise<Organization | undefined> {
  return db.selectFrom('organizations').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
}

/** When the tables were first made here. */
export async function loadSetUpTime(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ first: string | null }>`
    select min(timestamp) as first from kysely_migration`.execute(db);
  const first = rows[0]?.first;
  return first ? new Date(first) : undefined;
}
