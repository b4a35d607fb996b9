import { sql } from 'kysely';
import { type Db, inScope, likeText, type Scope } from '../../db/index.ts';
import { MENDABLE } from '../execution/rules.ts';
import { KINDS, type Numbers, type Wanted } from './rules.ts';

/** The last complete reading of each provider. */
const lastReadings = sql`(select max(r.id) from readings r where r.finished_at is not null group by r.provider)`;

/** A finding `f` of a reading that is complete and the last of its provider. */
export const isOfLastReading = sql<boolean>`f.reading_id in ${lastReadings}`;

/** A finding `f` that the last reading of its provider found, and that waits for an answer. */
export const isOpen = (now: Date) => sql<boolean>`(
  (f.answer is null or (f.answer = 'snoozed' and f.snoozed_until <= ${now})) and ${isOfLastReading})`;

/** The last reading of its provider left out what it is about. */
const isLeftOut = sql<boolean>`f.left_out_by in ${lastReadings}`;

/** It is of the reading that found it first. */
const isNew = sql<boolean>`exists (
  select from readings r where r.id = f.reading_id and r.finished_at = f.found_at)`;

/** How many findings of the last readings wait for an answer. */
export async function countOpen(db: Db, scope: Scope, now: Date): Promise<number> {
  return (await countOpenAndNew(db, scope, now)).open;
}

/** The same, and how many of them the readings before did not find. */
export async function countOpenAndNew(
  db: Db,
  scope: Scope,
  now: Date,
): Promise<{ readonly open: number; readonly fresh: number }> {
  return db
    .selectFrom('findings as f')
    .select(sql<number>`count(*)::int`.as('open'))
    .select(sql<number>`(count(*) filter (where ${isNew}))::int`.as('fresh'))
    .where(isOpen(now))
    .where(inScope('f.organization_id', scope))
    .executeTakeFirstOrThrow();
}

/** The article number of the vendor by which it knows what is not in our books. */
const sku = sql`lower(f.numbers ->> 'sku')`;

export type LeftOut = {
  /** Subscriptions that the last readings left out, since they were changing. */
  readonly leftOut: number;
  /** Orders that stay open until they are tried once more, since the vendor has not answered. */
  readonly unanswered: readonly number[];
};
const MOST_UNANSWERED = 3;

export async function loadLeftOut(db: Db, scope: Scope): Promise<LeftOut> {
  const inLast = db
    .selectFrom('left_out as l')
    .innerJoin('services as s', 's.id', 'l.service_id')
    .where(inScope('s.organization_id', scope))
    .where(sql<boolean>`l.reading_id in ${lastReadings}`);
  const { leftOut } = await inLast.select(sql<number>`count(*)::int`.as('leftOut')).executeTakeFirstOrThrow();
  if (leftOut === 0) return { leftOut, unanswered: [] };
  const orders = await inLast
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .innerJoin('requested_changes as c', 'c.subscription_id', 'sub.id')
    .innerJoin('orders as o', 'o.id', 'c.order_id')
    .innerJoin('order_steps as step', 'step.order_id', 'o.id')
    .select('o.number')
    .distinct()
    .where('o.status', 'in', MENDABLE)
    .where('step.state', '=', 'failed')
    .where(sql<boolean>`(step.input ->> 'unanswered')::boolean and (step.input ->> 'change')::int = c.id`)
    .orderBy('o.number')
    .limit(MOST_UNANSWERED)
    .execute();
  return { leftOut, unanswered: orders.map(({ number }) => number) };
}

/** What a finding is about; of what is not in our books by its article number. Of each row that is shown. */
const product = sql<string | null>`coalesce(p.name, (
  select known.name from products known where known.provider = f.provider and lower(known.sku) = ${sku} limit 1), (
  select known.name from product_aliases alias join products known on known.id = alias.product_id
  where alias.provider = f.provider and lower(alias.sku) = ${sku} limit 1))`;

/** All that a finding is found by, but for the product of what is not in our books. */
const searched = sql`lower(concat_ws(' ', org.name, seller.name, o.number || '/' || s.position, p.name, p.sku,
  f.provider_subscription, f.provider, f.numbers ->> 'sku', f.numbers ->> 'there', f.numbers ->> 'domain',
  f.numbers ->> 'users'))`;

/** The products are looked through once, not once for each finding. */
const has = (text: string) => sql<boolean>`(
  ${searched} like lower(${likeText(text)}) or (f.service_id is null and (f.provider, ${sku}) in (
    select known.provider, lower(known.sku) from products known
    where known.sku is not null and lower(known.name) like lower(${likeText(text)})
    union all
    select alias.provider, lower(alias.sku)
    from product_aliases alias join products known on known.id = alias.product_id
    where lower(known.name) like lower(${likeText(text)}))))`;

function findings(db: Db, scope: Scope, { kind, service, texts }: Wanted) {
  return db
    .selectFrom('findings as f')
    .leftJoin('organizations as org', 'org.id', 'f.organization_id')
    .leftJoin('organizations as seller', (join) =>
      join.onRef('seller.id', '=', 'org.parent_id').on('seller.kind', '=', 'reseller'),
    )
    .leftJoin('services as s', 's.id', 'f.service_id')
    .leftJoin('orders as o', 'o.id', 's.order_id')
    .leftJoin('products as p', 'p.id', 's.product_id')
    .where(inScope('f.organization_id', scope))
    .$if(kind !== undefined, (query) => query.where('f.kind', '=', kind ?? ''))
    .$if(service !== undefined, (query) =>
      query.where('o.number', '=', service?.number ?? 0).where('s.position', '=', service?.position ?? 0),
    )
    .$if(texts.length > 0, (query) => query.where(({ and }) => and(texts.map(has))));
}

/** How many of each kind wait for an answer. */
export async function countFound(
  db: Db,
  scope: Scope,
  wanted: Wanted,
  now: Date,
): Promise<readonly { readonly kind: string; readonly count: number }[]> {
  return findings(db, scope, wanted)
    .select(['f.kind', sql<number>`count(*)::int`.as('count')])
    .where(isOpen(now))
    .groupBy('f.kind')
    .execute();
}

const byKind = sql`array_position(${[...KINDS]}::text[], f.kind)`;

export type Page = { readonly offset: number; readonly limit: number };

const open = (db: Db, scope: Scope, wanted: Wanted, now: Date) =>
  shown(findings(db, scope, wanted)).where(isOpen(now));

/** Those that wait for an answer: by kind, the largest first. */
export async function loadFound(
  db: Db,
  scope: Scope,
  wanted: Wanted,
  { now, offset, limit }: Page & { readonly now: Date },
): Promise<FindingRecord[]> {
  const rows = await open(db, scope, wanted, now)
    .orderBy(byKind)
    .orderBy('f.size', 'desc')
    .orderBy('f.id')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(toRecord);
}

/** The largest of all kinds that wait for an answer. */
export async function loadLargest(db: Db, scope: Scope, now: Date, limit: number): Promise<FindingRecord[]> {
  const rows = await open(db, scope, EVERYTHING, now)
    .orderBy('f.size', 'desc')
    .orderBy(byKind)
    .orderBy('f.id')
    .limit(limit)
    .execute();
  return rows.map(toRecord);
}
const EVERYTHING: Wanted = { kind: undefined, service: undefined, texts: [] };

const isAnswered = (now: Date) =>
  sql<boolean>`(f.answer is not null and not (f.answer = 'snoozed' and f.snoozed_until <= ${now}))`;

export async function countAnswered(db: Db, scope: Scope, wanted: Wanted, now: Date): Promise<number> {
  const { count } = await findings(db, scope, wanted)
    .select(sql<number>`count(*)::int`.as('count'))
    .where(isAnswered(now))
    .executeTakeFirstOrThrow();
  return count;
}

/** What was answered: the last answer first. */
export async function loadAnswered(
  db: Db,
  scope: Scope,
  wanted: Wanted,
  { now, offset, limit }: Page & { readonly now: Date },
): Promise<FindingRecord[]> {
  const rows = await shown(findings(db, scope, wanted))
    .where(isAnswered(now))
    .orderBy('f.answered_at', (order) => order.desc().nullsLast())
    .orderBy('f.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(toRecord);
}

export async function loadFinding(db: Db, scope: Scope, id: number): Promise<FindingRecord | undefined> {
  const row = await shown(findings(db, scope, EVERYTHING))
    .where('f.id', '=', id)
    .executeTakeFirst();
  return row && toRecord(row);
}

/** One finding, and nobody else answers it before this transaction ends. */
export async function lockFinding(db: Db, scope: Scope, id: number): Promise<FindingRecord | undefined> {
  const row = await shown(findings(db, scope, EVERYTHING))
    .where('f.id', '=', id)
    .forUpdate('f')
    .executeTakeFirst();
  return row && toRecord(row);
}

/** Those that were answered by beginning this order: whoever may give it up need not see them. */
export async function lockAnsweredBy(db: Db, orderId: number): Promise<FindingRecord[]> {
  const rows = await shown(findings(db, { kind: 'all' }, EVERYTHING))
    .where('f.answer_order', '=', orderId)
    .orderBy('f.id')
    .forUpdate('f')
    .execute();
  return rows.map(toRecord);
}

/** It waits for an answer again. */
export async function reopenFinding(db: Db, id: number): Promise<void> {
  await db
    .updateTable('findings')
    .set({
      answer: null,
      deed: null,
      answered_by: null,
      answered_at: null,
      snoozed_until: null,
      answer_note: null,
      answer_order: null,
    })
    .where('id', '=', id)
    .execute();
}

const shown = (query: ReturnType<typeof findings>) =>
  query
    .select([
      'f.id',
      'f.kind',
      'f.provider',
      'f.provider_subscription as subscription',
      'f.numbers',
      'f.size',
    ])
    .select([
      'f.found_at as foundAt',
      'f.answer',
      'f.answered_by as answeredBy',
      'f.answered_at as answeredAt',
    ])
    .select([
      'f.snoozed_until as snoozedUntil',
      'f.organization_id as organizationId',
      'org.name as organization',
    ])
    .select(['o.id as orderId', 'o.number', 's.position', 'f.answer_note as note'])
    .select([isNew.as('isNew'), isOfLastReading.as('stillFound'), isLeftOut.as('leftOut')])
    .select(product.as('product'));
type Row = Awaited<ReturnType<ReturnType<typeof shown>['execute']>>[number];

const toRecord = ({ number, position, numbers, ...row }: Row) => ({
  ...row,
  numbers: numbers as Numbers,
  service: number === null ? undefined : `${number}/${position}`,
});
export type FindingRecord = ReturnType<typeof toRecord>;

export function loadProvider(db: Db): Promise<{ readonly id: number; readonly name: string } | undefined> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'provider')
    .executeTakeFirst();
}
