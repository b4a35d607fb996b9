import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { OrderStatus } from '../../orders/rules.ts';
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

/** Customers and the offerings of what they bought, where they do not have the offering. */
export async function loadNotEnabled(
  db: Db,
  bought: readonly { readonly customerId: number; readonly productId: number }[],
): Promise<{ readonly customer: string; readonly offering: string }[]> {
  if (bought.length === 0) return [];
  const { rows } = await sql<{ customer: string; offering: string }>`
    select distinct c.name as customer, f.name as offering
    from jsonb_to_recordset(${JSON.stringify(bought)}::jsonb) as x("customerId" integer, "productId" integer)
    join organizations c on c.id = x."customerId"
    join products p on p.id = x."productId"
    join product_groups g on g.id = p.product_group_id
    join offerings f on f.id = g.offering_id
    where not exists (
      select from enabled_offerings e where e.organization_id = c.id and e.offering_id = f.id)
    order by c.name, f.name`.execute(db);
  return rows;
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

export type NewOrder = {
  readonly number: number;
  /** What it is called where it came from. */
  readonly externalId: string;
  readonly columns: Columns;
  readonly lines: readonly DecidedLine[];
};

/** Resolves to the ids by number. */
export async function insertOrders(db: Db, orders: readonly NewOrder[]): Promise<Map<number, number>> {
  if (orders.length === 0) return new Map();
  const rows = orders.map(({ number, externalId, columns, lines }) => ({
    ...rowOf(columns),
    number,
    external_id: externalId,
    cost_minor: costOf(lines),
  }));
  const { rows: made } = await sql<{ id: number; number: number }>`
    insert into orders (number, external_id, organization_id, name, description, status, provider_status, error,
      created_by, created_by_organization_id, created_at, note, payment_details, markup_bp, currency, cost_minor)
    select number, external_id, organization_id, name, description, status, provider_status, error,
      created_by, created_by_organization_id, created_at, note, payment_details, markup_bp, currency, cost_minor
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(number integer, external_id text,
      organization_id integer, name text, description text, status text, provider_status text, error text,
      created_by text, created_by_organization_id integer, created_at timestamptz, note text,
      payment_details text, markup_bp integer, currency text, cost_minor bigint)
    returning id, number`.execute(db);
  const ids = new Map(made.map(({ id, number }) => [number, id]));
  await insertLines(
    db,
    orders.flatMap(({ number, columns, lines }) =>
      lines.map(({ kind, productId, quantity, priceMinor }) => ({
        order_id: ids.get(number),
        kind,
        product_id: productId,
        quantity,
        price_minor: priceMinor,
        markup_bp: kind === 'markup change' ? columns.markupBp : null,
      })),
    ),
  );
  return ids;
}

const costOf = (lines: readonly DecidedLine[]): number | null =>
  lines.some(({ priceMinor }) => priceMinor !== null)
    ? lines.reduce((sum, { quantity, priceMinor }) => sum + (quantity ?? 0) * (priceMinor ?? 0), 0)
    : null;

async function insertLines(db: Db, lines: readonly object[]): Promise<void> {
  await sql`
    insert into requested_changes (order_id, kind, product_id, quantity, price_minor, markup_bp)
    select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x(
      order_id integer, kind text, product_id integer, quantity integer, price_minor integer, markup_bp integer)`.execute(
    db,
  );
}

export async function updateOrders(
  db: Db,
  orders: readonly { readonly id: number; readonly columns: Columns }[],
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ id, columns }) => ({ ...rowOf(columns), id }));
  await sql`
    update orders o set organization_id = x.organization_id, name = x.name, description = x.description,
      status = x.status, provider_status = x.provider_status, error = x.error, created_by = x.created_by,
      created_by_organization_id = x.created_by_organization_id, created_at = x.created_at, note = x.note,
      payment_details = x.payment_details, markup_bp = x.markup_bp, currency = x.currency
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id integer, organization_id integer, name text,
      description text, status text, provider_status text, error text, created_by text,
      created_by_organization_id integer, created_at timestamptz, note text, payment_details text,
      markup_bp integer, currency text)
    where o.id = x.id`.execute(db);
}

export type Delivered = {
  readonly orderId: number;
  readonly customerId: number;
  readonly currency: string;
  readonly createdAt: string;
  readonly productId: number;
  readonly quantity: number;
  readonly position: number;
  readonly priceMinor: number;
};

/** The services of completed orders, and the subscriptions that run on. A yearly commitment renews on its day. */
export async function deliver(db: Db, lines: readonly Delivered[], now: Date): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    with line as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x("orderId" integer,
        "customerId" integer, currency text, "createdAt" timestamptz, "productId" integer, quantity integer,
        position integer, "priceMinor" integer)),
    service as (
      insert into services (order_id, position, product_id, units)
      select "orderId", position, "productId", quantity from line returning id, order_id, position),
    subscription as (
      insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
        tenant_name, price_minor, currency, started_at, renews_at)
      select c.id, s.id, line.quantity, 'active', coalesce(c.contact_email, ''), coalesce(c.contact_first_name, ''),
        coalesce(c.contact_last_name, ''), e.domain, line."priceMinor", line.currency, line."createdAt",
        case when p.commitment = 'yearly' then line."createdAt" + make_interval(
          years => extract(year from age(${now}::timestamptz, line."createdAt"))::integer + 1) end
      from line
      join service s on s.order_id = line."orderId" and s.position = line.position
      join products p on p.id = line."productId"
      join organizations c on c.id = line."customerId"
      left join product_groups g on g.id = p.product_group_id
      left join enabled_offerings e on e.organization_id = c.id and e.offering_id = g.offering_id
      returning id, quantity, started_at)
    insert into seat_lots (subscription_id, quantity, added_at)
    select id, quantity, started_at from subscription`.execute(db);
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
