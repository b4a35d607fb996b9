import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../../db/index.ts';
import { MENDABLE, UNDER_WAY } from '../../execution/rules.ts';
import type { SeatLot } from '../../subscriptions/rules.ts';
import type { FindingAnswer } from '../rules.ts';
import { isOpen } from '../store.ts';
import type { Differing, How } from './types.ts';

/** Our books have changed since the vendor was read, or something is about to change them. */
const hasMoved = sql<boolean>`coalesce(
  s.reserved > 0 or sub.started_at >= r.started_at or told.told_at >= r.started_at
  or (sub.status <> 'cancelled' and s.revision <> coalesce(told.revision, 0))
  or exists (
    select from requested_changes c join order_steps step on step.order_id = c.order_id
    where c.subscription_id = sub.id and step.finished_at >= r.started_at), false)`;

/** The order that changes the subscription, or waits to be approved. */
const changing = sql<number | null>`(
  select o.number from requested_changes c join orders o on o.id = c.order_id
  where c.subscription_id = sub.id and (o.status = any(${[...UNDER_WAY]}::text[])
    or exists (select from approvals a where a.order_id = o.id and a.state = 'waiting'))
  order by o.id limit 1)`;

/** The failed order of which it is not known what it came to at the vendor; tried again it asks for the same. */
const unanswered = sql<number | null>`(
  select o.number from order_steps step join orders o on o.id = step.order_id
  join requested_changes c on c.order_id = o.id and c.id = (step.input ->> 'change')::int
  where c.subscription_id = sub.id and step.state = 'failed' and (step.input ->> 'unanswered')::boolean
    and o.status = any(${[...MENDABLE]}::text[])
  order by o.id limit 1)`;

/** The product to which the vendor's article number belongs, where that is another one than ours. */
const otherProduct = sql<string | null>`(
  select k.name from products k
  left join product_aliases alias on alias.product_id = k.id and alias.provider = f.provider
  where k.provider = f.provider and k.id <> p.id and lower(seen.sku) in (lower(k.sku), lower(alias.sku))
  order by k.id limit 1)`;

/** The vendor's subscription is in our books. */
const isKnown = sql<boolean>`exists (
  select from subscriptions known join services k on k.id = known.service_id join products q on q.id = k.product_id
  where known.provider_subscription = f.provider_subscription and q.provider = f.provider)`;

/** How things stand, here and at the vendor, with what a finding is about. */
export function loadStanding(db: Db, id: number) {
  return db
    .selectFrom('findings as f')
    .leftJoin('readings as r', 'r.id', 'f.reading_id')
    .leftJoin('services as s', 's.id', 'f.service_id')
    .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .leftJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as offering', 'offering.id', 'g.offering_id')
    .leftJoin('assignments_told as told', 'told.service_id', 's.id')
    .leftJoin('seen_subscriptions as seen', (join) =>
      join
        .onRef('seen.reading_id', '=', 'f.reading_id')
        .onRef('seen.subscription', '=', 'f.provider_subscription'),
    )
    .leftJoin('orders as begun', 'begun.id', 'f.answer_order')
    .select(['f.reading_id as reading', 'r.finished_at as readAt', 'f.answer_note as note'])
    .select(['begun.number as begun', 's.id as serviceId', 's.product_id as productId'])
    .select(['s.units', 's.associated', 's.reserved', 'sub.id as subscriptionId', 'sub.status'])
    .select(['sub.renews_at as renewsAt', 'sub.price_minor as priceMinor', 'sub.currency'])
    .select(['sub.purchase_minor as purchaseMinor', 'p.commitment', 'p.max_units_per_user as maxPerUser'])
    .select(['seen.quantity', 'seen.sku', 'seen.status as statusThere', 'told.error as refused'])
    .select(sql<boolean>`coalesce(offering.kind = 'virtual machines', false)`.as('isMachines'))
    .select(sql<number>`(select count(*)::int from associations a where a.service_id = s.id)`.as('holders'))
    .select(
      sql<number>`(
        select coalesce(sum(given.units), 0)::int from seen_assignments given
        where given.reading_id = f.reading_id and given.subscription = f.provider_subscription)`.as(
        'assigned',
      ),
    )
    .select(isKnown.as('known'))
    .select([hasMoved.as('moved'), changing.as('changing'), unanswered.as('unanswered')])
    .select(otherProduct.as('otherProduct'))
    .where('f.id', '=', id)
    .executeTakeFirstOrThrow();
}
export type Standing = Awaited<ReturnType<typeof loadStanding>>;

export function loadLots(db: Db, subscriptionId: number): Promise<SeatLot[]> {
  return db
    .selectFrom('seat_lots')
    .select(['quantity', 'added_at as addedAt'])
    .where('subscription_id', '=', subscriptionId)
    .where('quantity', '>', 0)
    .orderBy('added_at')
    .execute();
}

/** Users with other units of a service there than here, by name. */
export async function loadDiffering(
  db: Db,
  findingId: number,
  serviceId: number,
  most: number,
): Promise<Differing[]> {
  const { rows } = await sql<Differing>`
    with here as (
      select lower(u.email) as user_name, a.units from associations a join users u on u.id = a.user_id
      where a.service_id = ${serviceId}),
    there as (
      select given.user_name, given.units from seen_assignments given
      join findings f on f.reading_id = given.reading_id and f.provider_subscription = given.subscription
      where f.id = ${findingId})
    select user_name as user, coalesce(here.units, 0) as here, coalesce(there.units, 0) as there
    from here full join there using (user_name)
    where here.units is distinct from there.units
    order by user_name limit ${most}`.execute(db);
  return rows;
}

/** Locks a subscription; its service is locked before it. */
export async function lockSubscription(db: Db, id: number): Promise<void> {
  await db.selectFrom('subscriptions').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function serviceOf(db: Db, findingId: number) {
  return db
    .selectFrom('findings as f')
    .innerJoin('subscriptions as sub', 'sub.service_id', 'f.service_id')
    .select(['sub.id as subscriptionId', 'sub.service_id as serviceId'])
    .where('f.id', '=', findingId)
    .executeTakeFirst();
}

const MOST_CANDIDATES = 20;

/**
 * Services that may stand for a subscription that nobody knows here: of its customer, with no subscription at the vendor
 * yet; where the customer is not known, those of that article number.
 */
export async function loadCandidates(db: Db, scope: Scope, findingId: number) {
  return db
    .selectFrom('findings as f')
    .innerJoin('products as p', 'p.provider', 'f.provider')
    .innerJoin('services as s', 's.product_id', 'p.id')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('organizations as org', 'org.id', 'sub.organization_id')
    .select(['sub.id', 's.id as serviceId', 's.units', 'p.name as product', 'o.id as orderId'])
    .select(['sub.organization_id as organizationId', 'org.name as organization'])
    .select(sql<string>`o.number || '/' || s.position`.as('ref'))
    .where('f.id', '=', findingId)
    .where('sub.provider_subscription', 'is', null)
    .where('sub.status', '<>', 'cancelled')
    .where('s.reserved', '=', 0)
    .where(inScope('sub.organization_id', scope))
    .where(
      sql<boolean>`case when f.organization_id is null then lower(f.numbers ->> 'sku') = lower(p.sku)
        else f.organization_id = sub.organization_id end`,
    )
    .where(sql<boolean>`o.status <> all(${[...UNDER_WAY]}::text[])`)
    .orderBy(sql`lower(f.numbers ->> 'sku') is distinct from lower(p.sku)`)
    .orderBy('o.number')
    .orderBy('s.position')
    .limit(MOST_CANDIDATES)
    .execute();
}
export type CandidateRecord = Awaited<ReturnType<typeof loadCandidates>>[number];

/** Other findings about the same subscription that wait, by kind. */
export async function loadSiblings(db: Db, scope: Scope, findingId: number, now: Date) {
  return db
    .selectFrom('findings as own')
    .innerJoin('findings as f', (join) =>
      join
        .onRef('f.provider', '=', 'own.provider')
        .onRef('f.provider_subscription', '=', 'own.provider_subscription')
        .onRef('f.id', '<>', 'own.id'),
    )
    .select(['f.id', 'f.kind'])
    .where('own.id', '=', findingId)
    .where(inScope('f.organization_id', scope))
    .where(isOpen(now))
    .orderBy('f.id')
    .execute();
}

export type Answered = {
  readonly answer: FindingAnswer;
  /** Which proposal was carried out: what was left so is not asked again, what was done and came back is. */
  readonly deed?: How;
  readonly by: string;
  readonly at: Date;
  readonly until?: Date;
  readonly note: string;
  readonly order?: number;
};

export async function saveAnswer(
  db: Db,
  id: number,
  { answer, deed, by, at, until, note, order }: Answered,
): Promise<void> {
  await db
    .updateTable('findings')
    .set({
      answer,
      deed: deed ?? null,
      answered_by: by,
      answered_at: at,
      snoozed_until: until ?? null,
      answer_note: note,
      answer_order: order ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** The names of all who have units of a service. */
export async function loadHolders(db: Db, serviceId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .select('u.email')
    .where('a.service_id', '=', serviceId)
    .orderBy('u.email')
    .execute();
  return rows.map(({ email }) => email);
}

/** A subscription that is no more: nothing of it is left that could be given away or billed. */
export async function closeSubscription(db: Db, serviceId: number, subscriptionId: number): Promise<void> {
  await db.updateTable('services').set({ units: 0 }).where('id', '=', serviceId).execute();
  await db
    .updateTable('subscriptions')
    .set({ status: 'cancelled', quantity: 0 })
    .where('id', '=', subscriptionId)
    .execute();
  await db
    .updateTable('seat_lots')
    .set({ quantity: 0 })
    .where('subscription_id', '=', subscriptionId)
    .execute();
}

/** Who has its units is compared with the vendor before the vendor is told anything. */
export async function mapSubscription(
  db: Db,
  { id, serviceId }: Pick<CandidateRecord, 'id' | 'serviceId'>,
  name: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set({ provider_subscription: name })
    .where('id', '=', id)
    .where('provider_subscription', 'is', null)
    .executeTakeFirst();
  await sql`
    insert into assignments_told (service_id, revision) select id, revision from services where id = ${serviceId}
    on conflict (service_id) do update set revision = excluded.revision, due_at = null`.execute(db);
  return numUpdatedRows === 1n;
}
