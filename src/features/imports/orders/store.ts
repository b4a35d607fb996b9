import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { OrderStatus } from '../../orders/rules.ts';
import { referrers } from '../store.ts';
import type { Columns, DecidedLine, KnownOrder } from './types.ts';

/** One import of orders at a time. */
export async function lockImports(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('order import'))`.execute(db);
}

export function loadProducts(db: Db) {
  return db.selectFrom('products').select(['id', 'name', 'sku']).execute();
}

/** What customers pay now for these products. */
export function loadPrices(db: Db, customers: readonly number[], products: readonly number[]) {
  return db
    .selectFrom('customer_prices')
    .select(['organization_id', 'product_id', 'currency', 'price_minor'])
    .where('organization_id', 'in', customers.length > 0 ? [...customers] : [-1])
    .where('product_id', 'in', products.length > 0 ? [...products] : [-1])
    .execute();
}

/** The orders of these numbers, with their lines. */
export async function loadOrders(db: Db, numbers: readonly number[]): Promise<KnownOrder[]> {
  const orders = await db
    .selectFrom('orders as o')
    .select(['o.id', 'o.number', 'o.organization_id', 'o.name', 'o.description', 'o.status', 'o.error'])
    .select(['o.provider_status', 'o.created_by', 'o.created_by_organization_id', 'o.created_at', 'o.note'])
    .select(['o.payment_details', 'o.markup_bp', 'o.currency', 'o.external_id'])
    .where('o.number', 'in', numbers.length > 0 ? [...numbers] : [-1])
    .execute();
  const ids = orders.map(({ id }) => id);
  const lines = await db
    .selectFrom('requested_changes')
    .select(['order_id', 'kind', 'product_id', 'quantity', 'price_minor'])
    .where('order_id', 'in', ids.length > 0 ? ids : [-1])
    .orderBy('id')
    .execute();
  const byOrder = Map.groupBy(lines, ({ order_id }) => order_id);
  return orders.map((order) => ({
    ...columnsOf(order),
    id: order.id,
    number: order.number,
    imported: order.external_id !== null,
    lines: (byOrder.get(order.id) ?? []).map(({ kind, product_id, quantity, price_minor }) => ({
      kind,
      productId: product_id,
      quantity,
      priceMinor: price_minor,
      position: null,
    })),
  }));
}

type Row = {
  readonly organization_id: number;
  readonly name: string;
  readonly description: string;
  readonly status: string;
  readonly provider_status: string | null;
  readonly error: string | null;
  readonly created_by: string;
  readonly created_by_organization_id: number;
  readonly created_at: Date;
  readonly note: string | null;
  readonly payment_details: string | null;
  readonly markup_bp: number | null;
  readonly currency: string;
};

const columnsOf = (row: Row): Columns => ({
  customerId: row.organization_id,
  name: row.name,
  description: row.description,
  status: row.status as OrderStatus,
  vendorStatus: row.provider_status,
  error: row.error,
  createdBy: row.created_by,
  createdById: row.created_by_organization_id,
  createdAt: row.created_at.toISOString(),
  note: row.note,
  paymentDetails: row.payment_details,
  markupBp: row.markup_bp,
  currency: row.currency,
});

const rowOf = (of: Columns): Row => ({
  organization_id: of.customerId,
  name: of.name,
  description: of.description,
  status: of.status,
  provider_status: of.vendorStatus,
  error: of.error,
  created_by: of.createdBy,
  created_by_organization_id: of.createdById,
  created_at: new Date(of.createdAt),
  note: of.note,
  payment_details: of.paymentDetails,
  markup_bp: of.markupBp,
  currency: of.currency,
});

/** `externalId`: what it is called where it came from. */
export async function insertOrder(
  db: Db,
  { number, externalId }: { readonly number: number; readonly externalId: string },
  columns: Columns,
  lines: readonly DecidedLine[],
): Promise<number> {
  const cost = lines.reduce((sum, { quantity, priceMinor }) => sum + (quantity ?? 0) * (priceMinor ?? 0), 0);
  const { id } = await db
    .insertInto('orders')
    .values({
      number,
      external_id: externalId,
      ...rowOf(columns),
      cost_minor: lines.some(({ priceMinor }) => priceMinor !== null) ? cost : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (lines.length > 0) {
    const rows = lines.map(({ kind, productId, quantity, priceMinor }) => ({
      order_id: id,
      kind,
      product_id: productId,
      quantity,
      price_minor: priceMinor,
      markup_bp: kind === 'markup change' ? columns.markupBp : null,
    }));
    await db.insertInto('requested_changes').values(rows).execute();
  }
  return id;
}

export async function updateOrder(db: Db, id: number, columns: Columns): Promise<void> {
  await db.updateTable('orders').set(rowOf(columns)).where('id', '=', id).execute();
}

type Delivered = {
  readonly productId: number;
  readonly quantity: number;
  readonly position: number;
  readonly priceMinor: number;
};

/** The services of a completed order, and the subscriptions that run on. A yearly commitment renews on its day. */
export async function deliver(
  db: Db,
  orderId: number,
  { customerId, currency, createdAt }: Columns,
  lines: readonly Delivered[],
  now: Date,
): Promise<void> {
  await sql`
    with line as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as x("productId" integer, quantity integer, position integer, "priceMinor" integer)),
    service as (
      insert into services (order_id, position, product_id, units)
      select ${orderId}::integer, position, "productId", quantity from line returning id, position),
    subscription as (
      insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
        tenant_name, price_minor, currency, started_at, renews_at)
      select c.id, s.id, line.quantity, 'active', coalesce(c.contact_email, ''), coalesce(c.contact_first_name, ''),
        coalesce(c.contact_last_name, ''), e.domain, line."priceMinor", ${currency}::text, ${createdAt}::timestamptz,
        case when p.commitment = 'yearly' then ${createdAt}::timestamptz + make_interval(
          years => extract(year from age(${now}::timestamptz, ${createdAt}::timestamptz))::integer + 1) end
      from line
      join service s on s.position = line.position
      join products p on p.id = line."productId"
      join organizations c on c.id = ${customerId}::integer
      left join product_groups g on g.id = p.product_group_id
      left join enabled_offerings e on e.organization_id = c.id and e.offering_id = g.offering_id
      returning id, quantity)
    insert into seat_lots (subscription_id, quantity, added_at)
    select id, quantity, ${createdAt}::timestamptz from subscription`.execute(db);
}

/** What the bot numbers next comes after all that there are. */
export async function pushNumbers(db: Db): Promise<void> {
  await sql`
    select setval('order_numbers', top.number)
    from (select max(number) as number from orders) top, order_numbers s
    where top.number > s.last_value or (top.number = s.last_value and not s.is_called)`.execute(db);
}

/** Another one when an order or a product comes or goes, or changes its status. */
export async function digestOf(db: Db): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select concat_ws('/',
      (select md5(coalesce(string_agg(concat_ws('|', number, organization_id, status, note), ';' order by id), '')) from orders),
      (select md5(coalesce(string_agg(concat_ws('|', id, name, sku), ';' order by id), '')) from products),
      (select md5(coalesce(string_agg(concat_ws('|', organization_id, name, external_id, parent_id), ';' order by id), ''))
        from (select id, id as organization_id, name, external_id, parent_id from organizations) o)) as digest`.execute(
    db,
  );
  return rows[0]?.digest ?? '';
}

/** What would be lost with the services of an order: users, changes since, whatever refers to them. */
export async function usesOf(db: Db, orderId: number): Promise<string[]> {
  const services = await db
    .selectFrom('services as s')
    .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select([
      's.id',
      's.units',
      's.associated',
      's.reserved',
      'sub.id as subscription',
      'sub.quantity',
      'sub.status',
    ])
    .where('s.order_id', '=', orderId)
    .execute();
  const found = new Set<string>();
  for (const { id, units, associated, reserved, subscription, quantity, status } of services) {
    if (associated + reserved > 0) found.add('associated units');
    if (quantity !== null && (quantity !== units || status !== 'active')) found.add('changed subscriptions');
    for (const one of await referrers(db, 'services', id, ['subscriptions'])) found.add(one);
    if (subscription === null) continue;
    for (const one of await referrers(db, 'subscriptions', subscription, ['seat_lots'])) found.add(one);
  }
  return [...found];
}

export async function removeServices(db: Db, orderId: number): Promise<void> {
  await sql`
    delete from seat_lots l using subscriptions sub, services s
    where l.subscription_id = sub.id and sub.service_id = s.id and s.order_id = ${orderId}`.execute(db);
  await sql`
    delete from subscriptions sub using services s
    where sub.service_id = s.id and s.order_id = ${orderId}`.execute(db);
  await db.deleteFrom('services').where('order_id', '=', orderId).execute();
}

/** Whatever refers to an order but what came with it, and what was done with it since. */
export async function usesOfOrder(db: Db, orderId: number): Promise<string[]> {
  const found = await referrers(db, 'orders', orderId, ['requested_changes', 'services', 'history']);
  const since = await db
    .selectFrom('history')
    .select('id')
    .where('order_id', '=', orderId)
    .where('kind', 'not in', ['import', 'markup change'])
    .limit(1)
    .executeTakeFirst();
  return since === undefined ? found : [...found, 'changes since'];
}

/** Takes away an order without services. What its history tells of stays with the customer. */
export async function removeOrder(db: Db, id: number): Promise<void> {
  await db.deleteFrom('requested_changes').where('order_id', '=', id).execute();
  await db.updateTable('history').set({ order_id: null }).where('order_id', '=', id).execute();
  await db.deleteFrom('orders').where('id', '=', id).execute();
}
