import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../../db/index.ts';
import type { Running } from './rules.ts';

/** Everybody below the provider, as far as the scope goes. */
export function loadMarkups(db: Db, scope: Scope) {
  return db
    .selectFrom('organizations as o')
    .leftJoin('organizations as parent', 'parent.id', 'o.parent_id')
    .select(['o.id', 'o.kind', 'o.name', 'o.markup_bp as markupBp', 'o.parent_id as parentId'])
    .select(['parent.kind as parentKind'])
    .where('o.kind', '<>', 'provider')
    .where(inScope('o.id', scope))
    .orderBy('o.name')
    .execute();
}
export type Marked = Awaited<ReturnType<typeof loadMarkups>>[number];

/** Two changes of one organization's markup come one after the other. */
export async function lockOrganization(db: Db, id: number): Promise<void> {
  await db.selectFrom('organizations').select('id').where('id', '=', id).forUpdate().execute();
}

/** What runs of a customer. What it is bought for is known of it, or else is what it would be bought for now. */
export function loadRunning(db: Db, organizationId: number): Promise<Running[]> {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .leftJoin('customer_prices as now', (join) =>
      join
        .onRef('now.organization_id', '=', 'sub.organization_id')
        .onRef('now.product_id', '=', 's.product_id')
        .onRef('now.currency', '=', 'sub.currency'),
    )
    .select(['sub.id', 'sub.quantity', 'sub.currency', 'sub.price_minor as priceMinor'])
    .select('sub.markup_bp as markupBp')
    .select(
      sql<number | null>`coalesce(sub.purchase_minor,
        case when sub.configuration is null then now.purchase_minor end)`.as('purchaseMinor'),
    )
    .where('sub.organization_id', '=', organizationId)
    .where('sub.status', '<>', 'cancelled')
    .orderBy('sub.id')
    .execute();
}

/** The subscription of a service, if it runs and the viewer may see it. */
export function loadSubscription(db: Db, viewer: Viewer, number: number, position: number) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['sub.id', 'sub.organization_id as organizationId', 'sub.markup_bp as markupBp'])
    .select(['p.id as productId', 'p.name as product'])
    .where('o.number', '=', number)
    .where('s.position', '=', position)
    .where('sub.status', '<>', 'cancelled')
    .where(inScope('sub.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .executeTakeFirst();
}

/** What the dearest product would be bought for, before the markup of the customer, or of the reseller and each of its customers. */
export async function loadDearest(db: Db, of: Pick<Marked, 'id' | 'kind'>): Promise<number> {
  const row =
    of.kind === 'customer'
      ? await db
          .selectFrom('customer_prices')
          .select(sql<number>`coalesce(max(purchase_minor), 0)`.as('most'))
          .where('organization_id', '=', of.id)
          .executeTakeFirstOrThrow()
      : await db
          .selectFrom('prices as x')
          .select(
            sql<number>`coalesce(max(x.price_minor), 0)::float8 * (
              select coalesce(max(10000 + o.markup_bp), 10000) / 10000.0
              from organizations o where o.parent_id = ${of.id})::float8`.as('most'),
          )
          .executeTakeFirstOrThrow();
  return row.most;
}

/** What the dearest product would be bought for by a new customer of this reseller, or of the provider. */
export async function loadDearestOf(db: Db, parentId: number, currency: string): Promise<number> {
  const row = await db
    .selectFrom('prices as x')
    .select(
      sql<number>`coalesce(max(x.price_minor), 0)::float8 * (
        select case when o.kind = 'reseller' then 10000 + o.markup_bp else 10000 end / 10000.0
        from organizations o where o.id = ${parentId})::float8`.as('most'),
    )
    .where('x.currency', '=', currency)
    .executeTakeFirstOrThrow();
  return row.most;
}

export async function countCustomers(db: Db, of: number): Promise<number> {
  const row = await db
    .selectFrom('organizations')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('parent_id', '=', of)
    .where('kind', '=', 'customer')
    .executeTakeFirstOrThrow();
  return row.total;
}

export async function saveMarkup(db: Db, id: number, markup_bp: number): Promise<void> {
  await db.updateTable('organizations').set({ markup_bp }).where('id', '=', id).execute();
}

/** Nothing: it follows its customer's from then on. */
export async function saveOwnMarkup(db: Db, id: number, markup_bp: number | null): Promise<void> {
  await db.updateTable('subscriptions').set({ markup_bp }).where('id', '=', id).execute();
}

type Price = { readonly id: number; readonly price: number; readonly purchase: number };

export async function savePricesOf(db: Db, rows: readonly Price[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update subscriptions s set price_minor = x.price, purchase_minor = x.purchase
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id integer, price integer, purchase integer)
    where s.id = x.id`.execute(db);
}
