import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import { referrers } from '../store.ts';

/** What would be lost with the services of these orders: users, changes since, whatever refers to them. */
export async function usesOfServices(db: Db, orders: readonly number[]): Promise<Uses> {
  const services = await db
    .selectFrom('services as s')
    .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select(['s.id', 's.order_id', 's.units', 's.associated', 's.reserved'])
    .select(['sub.id as subscription', 'sub.quantity', 'sub.status'])
    .where('s.order_id', 'in', orders.length > 0 ? [...orders] : [-1])
    .execute();
  const ofServices = await referrers(
    db,
    'services',
    services.map(({ id }) => id),
    ['subscriptions'],
  );
  const ofSubscriptions = await referrers(
    db,
    'subscriptions',
    services.flatMap(({ subscription }) => subscription ?? []),
    ['seat_lots'],
  );
  return gathered(
    services.map(({ id, order_id, units, associated, reserved, subscription, quantity, status }) => [
      order_id,
      [
        ...(associated + reserved > 0 ? ['associated units'] : []),
        ...(quantity !== null && (quantity !== units || status !== 'active')
          ? ['changed subscriptions']
          : []),
        ...(ofServices.get(id) ?? []),
        ...(ofSubscriptions.get(subscription ?? -1) ?? []),
      ],
    ]),
  );
}

/** By order. */
export type Uses = ReadonlyMap<number, readonly string[]>;

function gathered(found: readonly (readonly [number, readonly string[]])[]): Map<number, string[]> {
  const uses = new Map<number, string[]>();
  for (const [order, words] of found) uses.set(order, [...(uses.get(order) ?? []), ...words]);
  return uses;
}

export async function removeServices(db: Db, orders: readonly number[]): Promise<void> {
  if (orders.length === 0) return;
  await sql`
    delete from seat_lots l using subscriptions sub, services s
    where l.subscription_id = sub.id and sub.service_id = s.id and s.order_id = any(${orders}::integer[])`.execute(
    db,
  );
  await sql`
    delete from subscriptions sub using services s
    where sub.service_id = s.id and s.order_id = any(${orders}::integer[])`.execute(db);
  await db
    .deleteFrom('services')
    .where('order_id', 'in', [...orders])
    .execute();
}

/** Whatever refers to orders but what came with them, and what was done with them since. */
export async function usesOfOrders(db: Db, orders: readonly number[]): Promise<Uses> {
  const found = await referrers(db, 'orders', orders, ['requested_changes', 'services', 'history']);
  const since = await db
    .selectFrom('history')
    .select('order_id')
    .distinct()
    .where('order_id', 'in', orders.length > 0 ? [...orders] : [-1])
    .where('kind', 'not in', ['import', 'markup change'])
    .execute();
  return gathered([
    ...found,
    ...since.flatMap(({ order_id }) => (order_id === null ? [] : [[order_id, ['changes since']] as const])),
  ]);
}

/** Takes away orders without services. What their history tells of stays with the customer. */
export async function removeOrders(db: Db, orders: readonly number[]): Promise<void> {
  if (orders.length === 0) return;
  await db
    .deleteFrom('requested_changes')
    .where('order_id', 'in', [...orders])
    .execute();
  await db
    .updateTable('history')
    .set({ order_id: null })
    .where('order_id', 'in', [...orders])
    .execute();
  await db
    .deleteFrom('orders')
    .where('id', 'in', [...orders])
    .execute();
}
