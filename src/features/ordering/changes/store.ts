import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../../db/index.ts';
import type { SeatLot } from '../../subscriptions/rules.ts';

const subscriptions = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('organizations as customer', 'customer.id', 'sub.organization_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as f', 'f.id', 'g.offering_id')
    .select(['sub.id', 'sub.organization_id as organizationId', 'customer.name as customer'])
    .select(['o.number', 's.position', 's.product_id as productId', 'p.name as product', 'p.commitment'])
    // What is bought, which is more than what is billed where units are not used.
    .select(['s.units as quantity', 'sub.status', 'sub.renews_at as renewsAt', 's.associated', 's.reserved'])
    .select(['f.id as offeringId', 'f.name as offering', 'p.for_sale as forSale'])
    .select(sql<boolean>`sub.configuration is not null`.as('isConfigured'))
    .where(inScope('sub.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .orderBy('o.number')
    .orderBy('s.position');

/** A subscription, as far as a change of it is concerned. */
export type Subscription = Awaited<ReturnType<ReturnType<typeof subscriptions>['execute']>>[number];

export const loadSubscriptions = (db: Db, viewer: Viewer): Promise<Subscription[]> =>
  subscriptions(db, viewer).execute();

export const loadSubscription = (
  db: Db,
  viewer: Viewer,
  { number, position }: { readonly number: number; readonly position: number },
): Promise<Subscription | undefined> =>
  subscriptions(db, viewer)
    .where('o.number', '=', number)
    .where('s.position', '=', position)
    .executeTakeFirst();

/** Locks subscriptions, in one order, and then reads them as they are. */
export async function lockSubscriptions(
  db: Db,
  viewer: Viewer,
  ids: readonly number[],
): Promise<Map<number, Subscription>> {
  if (ids.length === 0) return new Map();
  const some = [...ids];
  await db
    .selectFrom('subscriptions')
    .select('id')
    .where('id', 'in', some)
    .orderBy('id')
    .forUpdate()
    .execute();
  const rows = await subscriptions(db, viewer).where('sub.id', 'in', some).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Units by when they were added. */
export async function loadLots(db: Db, subscriptionId: number): Promise<SeatLot[]> {
  const rows = await db
    .selectFrom('seat_lots')
    .select(['quantity', 'added_at as addedAt'])
    .where('subscription_id', '=', subscriptionId)
    .orderBy('added_at')
    .execute();
  return rows;
}

/** The order that changes this subscription now, or waits for its approval. */
export async function loadUnderWay(
  db: Db,
  subscriptionId: number,
  but: number,
): Promise<{ readonly number: number; readonly status: string } | undefined> {
  return db
    .selectFrom('requested_changes as c')
    .innerJoin('orders as o', 'o.id', 'c.order_id')
    .select(['o.number', 'o.status'])
    .where('c.subscription_id', '=', subscriptionId)
    .where('o.id', '<>', but)
    .where(sql<boolean>`(
      o.status in ('In progress', 'Provisioning started', 'Provisioning finished')
      or exists (select from approvals a where a.order_id = o.id and a.state = 'waiting'))`)
    .orderBy('o.id')
    .executeTakeFirst();
}

/** The orders of the basket in which this subscription alone is to be changed. */
export function loadBegun(db: Db, subscriptionId: number) {
  return db
    .selectFrom('requested_changes as c')
    .innerJoin('orders as o', 'o.id', 'c.order_id')
    .select(['o.id', 'o.number', 'c.kind', 'c.quantity', 'o.created_by as by'])
    .select('o.created_by_member as byMember')
    .where('c.subscription_id', '=', subscriptionId)
    .where('o.status', '=', 'Started')
    .where(sql<boolean>`not exists (select from approvals a where a.order_id = o.id and a.state = 'waiting')`)
    .where(
      sql<boolean>`not exists (select from requested_changes b where b.order_id = o.id and b.id <> c.id)`,
    )
    .orderBy('o.id')
    .execute();
}
export type Begun = Awaited<ReturnType<typeof loadBegun>>[number];
