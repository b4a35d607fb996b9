import { sql } from 'kysely';
import { type Db, inScope, likeText, type Scope } from '../../db/index.ts';
import { KINDS, type Numbers, type Wanted } from './rules.ts';

/** A finding `f` of a reading that is complete and the last of its provider. */
export const isOfLastReading = sql<boolean>`f.reading_id in (
  select max(r.id) from readings r where r.finished_at is not null group by r.provider)`;

/** A finding `f` that the last reading of its provider found, and that waits for an answer. */
export const isOpen = (now: Date) => sql<boolean>`(
  (f.answer is null or (f.answer = 'snoozed' and f.snoozed_until <= ${now})) and ${isOfLastReading})`;

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

/** What a finding is about; of what is not in our books by its article number. */
const product = sql<string | null>`coalesce(p.name, (
  select known.name from products known
  left join product_aliases alias on alias.product_id = known.id and alias.provider = f.provider
  where known.provider = f.provider and lower(f.numbers ->> 'sku') in (lower(known.sku), lower(alias.sku)) limit 1))`;

/** All that a finding is found by. */
const searched = sql`lower(concat_ws(' ', org.name, seller.name, o.number || '/' || s.position, ${product}, p.sku,
  f.provider_subscription, f.provider, f.numbers ->> 'sku', f.numbers ->> 'there', f.numbers ->> 'domain',
  f.numbers ->> 'users'))`;

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
    .$if(texts.length > 0, (query) =>
      query.where(({ and }) =>
        and(texts.map((text) => sql<boolean>`${searched} like lower(${likeText(text)})`)),
      ),
    );
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

/** Those that wait for an answer: by kind, the largest first. */
export async function loadFound(
  db: Db,
  scope: Scope,
  wanted: Wanted,
  { now, offset, limit }: Page & { readonly now: Date },
): Promise<FindingRecord[]> {
  const rows = await shown(findings(db, scope, wanted))
    .where(isOpen(now))
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
  const rows = await shown(findings(db, scope, EVERYTHING))
    .where(isOpen(now))
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

/** One finding, and nobody else answers it before this transaction ends. */
export async function lockFinding(db: Db, scope: Scope, id: number): Promise<FindingRecord | undefined> {
  const row = await shown(findings(db, scope, EVERYTHING))
    .where('f.id', '=', id)
    .forUpdate('f')
    .executeTakeFirst();
  return row && toRecord(row);
}

/** It waits for an answer again. */
export async function reopenFinding(db: Db, id: number): Promise<void> {
  await db
    .updateTable('findings')
    .set({
      answer: null,
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
    .select([isNew.as('isNew'), isOfLastReading.as('stillFound')])
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
