import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';
import type { OrderStatus } from './rules.ts';

const visibleOrders = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('orders as o')
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .innerJoin('organizations as by', 'by.id', 'o.created_by_organization_id')
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));

export type FoundOrders = {
  readonly statuses: readonly OrderStatus[];
  readonly text: string;
  readonly prefix: string;
};

/** Part of the number, an item, the customer or who created it. */
function searched(db: Db, viewer: Viewer, { statuses, text, prefix }: FoundOrders) {
  const query = visibleOrders(db, viewer).where('o.status', 'in', [...statuses]);
  if (text === '') return query;
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return query.where(
    sql<boolean>`(
      ${prefix} || o.number::text ilike ${like}
      or customer.name ilike ${like}
      or o.created_by ilike ${like}
      or by.name ilike ${like}
      or exists (
        select from requested_changes c join products p on p.id = c.product_id
        where c.order_id = o.id and p.name ilike ${like})
      or exists (
        select from services s join products p on p.id = s.product_id
        where s.order_id = o.id and p.name ilike ${like}))`,
  );
}

export async function countOrders(db: Db, viewer: Viewer, found: FoundOrders): Promise<number> {
  const row = await searched(db, viewer, found)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

export function loadOrders(db: Db, viewer: Viewer, found: FoundOrders, offset: number, limit: number) {
  return searched(db, viewer, found)
    .select(['o.id', 'o.number', 'o.created_by', 'by.name as created_by_organization', 'o.created_at'])
    .select(['o.status', 'o.note'])
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function loadOrder(db: Db, viewer: Viewer, number: number) {
  return visibleOrders(db, viewer)
    .selectAll('o')
    .select(['customer.name as customer', 'by.name as created_by_organization'])
    .where('o.number', '=', number)
    .executeTakeFirst();
}
export type OrderRecord = NonNullable<Awaited<ReturnType<typeof loadOrder>>>;

export function loadChanges(db: Db, orderIds: readonly number[], viewer: Viewer) {
  return db
    .selectFrom('requested_changes as c')
    .leftJoin('products as p', 'p.id', 'c.product_id')
    .select(['c.order_id', 'c.kind', 'c.quantity', 'p.name as product'])
    .where('c.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .$if(!viewer.seesMarkup, (query) => query.where('c.kind', '<>', 'markup change'))
    .orderBy('c.id')
    .execute();
}

const services = (db: Db) =>
  db
    .selectFrom('services as s')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .select('customer.name as customer')
    .select(['s.id', 's.order_id', 'o.number', 's.position', 'p.name as product', 'p.max_units_per_user'])
    .select(['s.units', 's.associated', 's.reserved', 'o.organization_id'])
    .orderBy('o.number')
    .orderBy('s.position');
export type ServiceRecord = Awaited<ReturnType<ReturnType<typeof services>['execute']>>[number];

/** A service as the rest of the bot speaks of it. */
export type FoundService = ServiceRecord & { readonly ref: string; readonly free: number };

export function loadServicesOf(db: Db, orderIds: readonly number[]): Promise<ServiceRecord[]> {
  return services(db)
    .where('s.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .execute();
}

export function loadService(
  db: Db,
  viewer: Viewer,
  number: number,
  position: number,
): Promise<ServiceRecord | undefined> {
  return services(db)
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .where('o.number', '=', number)
    .where('s.position', '=', position)
    .executeTakeFirst();
}

/** The services of all orders that the viewer may see, or those whose product has `text` in its name. */
export function loadServices(db: Db, viewer: Viewer, text: string): Promise<ServiceRecord[]> {
  return services(db)
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .$if(text !== '', (query) => query.where('p.name', 'ilike', `%${text.replace(/[\\%_]/g, '\\$&')}%`))
    .execute();
}

export async function countUsers(db: Db, serviceIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('associations')
    .select(['service_id', sql<number>`count(*)::int`.as('users')])
    .where('service_id', 'in', serviceIds.length > 0 ? [...serviceIds] : [-1])
    .groupBy('service_id')
    .execute();
  return new Map(rows.map((row) => [row.service_id, row.users]));
}

/** What runs on of an order, by service. */
export function loadSubscriptions(db: Db, orderId: number) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .select(['sub.admin_email', 'sub.first_name', 'sub.last_name', 'sub.tenant_name'])
    .select(['sub.price_minor', 'sub.currency', 's.position'])
    .where('s.order_id', '=', orderId)
    .orderBy('s.position')
    .execute();
}
export type SubscriptionRecord = Awaited<ReturnType<typeof loadSubscriptions>>[number];

export async function saveNote(db: Db, orderId: number, note: string | null): Promise<void> {
  await db.updateTable('orders').set({ note }).where('id', '=', orderId).execute();
}
