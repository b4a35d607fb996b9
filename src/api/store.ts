import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../db/index.ts';

/** Rows after the one with this id. */
export type Page = { readonly after: number; readonly limit: number };

export function loadOrganizations(db: Db, { scope }: Viewer, page: Page, externalId?: string) {
  return db
    .selectFrom('organizations as o')
    .leftJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .select(['o.id', 'o.external_id', 'o.name', 'o.kind', 'o.address_1', 'o.address_2', 'o.postal_code'])
    .select(['o.city', 'o.state', 'o.country', 'o.phone', 'o.contact_first_name', 'o.contact_last_name'])
    .select(['o.contact_email', 'o.contact_phone', 'o.mpn_id', 'o.currency', 'o.markup_bp'])
    .select(['parent.name as parent', 'parent.external_id as parent_external_id'])
    .select(
      sql<string[]>`array(select domain from domains where organization_id = o.id order by domain)`.as(
        'domains',
      ),
    )
    .where(inScope('o.id', scope))
    .where('o.id', '>', page.after)
    .$if(externalId !== undefined, (query) => query.where('o.external_id', '=', externalId ?? ''))
    .orderBy('o.id')
    .limit(page.limit)
    .execute();
}
export type OrganizationRow = Awaited<ReturnType<typeof loadOrganizations>>[number];

/** The customer that a word names, in this scope: what another program calls it, or its name. */
export async function findCustomer(db: Db, { scope }: Viewer, word: string): Promise<number | undefined> {
  const rows = await db
    .selectFrom('organizations as o')
    .select(['o.id', 'o.external_id'])
    .where(inScope('o.id', scope))
    .where((is) => is.or([is('o.external_id', '=', word), is(sql`lower(o.name)`, '=', word.toLowerCase())]))
    .execute();
  return (rows.find(({ external_id }) => external_id === word) ?? rows[0])?.id;
}

export async function markupOf(db: Db, organization: number): Promise<number> {
  const row = await db
    .selectFrom('organizations')
    .select('markup_bp')
    .where('id', '=', organization)
    .executeTakeFirstOrThrow();
  return row.markup_bp;
}

export function loadProducts(db: Db, page: Page) {
  return db
    .selectFrom('products as p')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as f', 'f.id', 'g.offering_id')
    .select(['p.id', 'p.sku', 'p.name', 'f.name as offering', 'g.category', 'g.name as group', 'p.unit'])
    .select(['p.description', 'p.commitment', 'p.max_units_per_user', 'p.for_sale'])
    .select(
      sql<{ currency: string; minor: number }[]>`coalesce(
        (select jsonb_agg(jsonb_build_object('currency', x.currency, 'minor', x.price_minor) order by x.currency)
          from prices x where x.product_id = p.id), '[]'::jsonb)`.as('prices'),
    )
    .where('p.id', '>', page.after)
    .orderBy('p.id')
    .limit(page.limit)
    .execute();
}

export type OrderFilter = {
  readonly customer?: number | undefined;
  readonly status?: string | undefined;
  readonly since?: string | undefined;
  readonly number?: number | undefined;
};

export function loadOrders(
  db: Db,
  viewer: Viewer,
  page: Page,
  { customer, status, since, number }: OrderFilter,
) {
  return db
    .selectFrom('orders as o')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .innerJoin('organizations as by', 'by.id', 'o.created_by_organization_id')
    .select(['o.id', 'o.number', 'c.name as customer', 'c.external_id as customer_external_id', 'o.name'])
    .select(['o.description', 'o.status', 'o.provider_status', 'o.error', 'o.created_by', 'o.created_at'])
    .select([
      'by.name as created_by_organization',
      'o.note',
      'o.payment_details',
      'o.cost_minor',
      'o.currency',
    ])
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .where('o.id', '>', page.after)
    .$if(customer !== undefined, (query) => query.where('o.organization_id', '=', customer ?? 0))
    .$if(status !== undefined, (query) => query.where('o.status', '=', status ?? ''))
    .$if(since !== undefined, (query) => query.where('o.created_at', '>=', new Date(since ?? 0)))
    .$if(number !== undefined, (query) => query.where('o.number', '=', number ?? 0))
    .orderBy('o.id')
    .limit(page.limit)
    .execute();
}
export type OrderRow = Awaited<ReturnType<typeof loadOrders>>[number];

export function loadLines(db: Db, orders: readonly number[]) {
  return db
    .selectFrom('requested_changes as r')
    .leftJoin('products as p', 'p.id', 'r.product_id')
    .select(['r.order_id', 'r.kind', 'p.name as product', 'p.sku', 'r.quantity', 'r.price_minor'])
    .where('r.order_id', 'in', orders.length > 0 ? [...orders] : [-1])
    .orderBy('r.id')
    .execute();
}

export function loadServices(db: Db, order: number) {
  return db
    .selectFrom('services as s')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['s.position', 'p.name as product', 'p.sku', 's.units', 's.associated', 's.reserved'])
    .where('s.order_id', '=', order)
    .orderBy('s.position')
    .execute();
}

export function loadSubscriptions(db: Db, viewer: Viewer, page: Page, customer: number | undefined) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('organizations as c', 'c.id', 'sub.organization_id')
    .select([
      'sub.id',
      'o.number',
      's.position',
      'c.name as customer',
      'c.external_id as customer_external_id',
    ])
    .select(['p.name as product', 'p.sku', 'sub.quantity', 'sub.status', 'sub.admin_email', 'sub.first_name'])
    .select(['sub.last_name', 'sub.tenant_name', 'sub.price_minor', 'sub.currency', 'sub.started_at'])
    .select('sub.renews_at')
    .where(inScope('sub.organization_id', viewer.scope))
    .where('sub.id', '>', page.after)
    .$if(customer !== undefined, (query) => query.where('sub.organization_id', '=', customer ?? 0))
    .orderBy('sub.id')
    .limit(page.limit)
    .execute();
}
export type SubscriptionRow = Awaited<ReturnType<typeof loadSubscriptions>>[number];

export function loadInvoices(db: Db, viewer: Viewer, page: Page, customer: number | undefined) {
  return db
    .selectFrom('invoices as i')
    .innerJoin('orders as o', 'o.id', 'i.order_id')
    .innerJoin('organizations as c', 'c.id', 'i.organization_id')
    .select(['i.id', 'i.number', 'o.number as order', 'c.name as customer', 'i.amount_minor', 'i.currency'])
    .select(['c.external_id as customer_external_id', 'i.issued_at', 'i.due_at'])
    .where(inScope('i.organization_id', viewer.scope))
    .where('i.id', '>', page.after)
    .$if(customer !== undefined, (query) => query.where('i.organization_id', '=', customer ?? 0))
    .orderBy('i.id')
    .limit(page.limit)
    .execute();
}
export type InvoiceRow = Awaited<ReturnType<typeof loadInvoices>>[number];
