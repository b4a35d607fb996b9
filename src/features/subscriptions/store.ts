import { sql } from 'kysely';
import { type Db, holdsText, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';

/** Machines are bought and changed by what is configured; no user has a unit of them. */
const isMachines = sql<boolean>`exists (
  select from product_groups g join offerings f on f.id = g.offering_id
  where g.id = p.product_group_id and f.kind = 'virtual machines')`;

/** Of one customer those that have to do with `text`: product, order, status, admin or tenant. */
export type Sought = { readonly organizationId: number; readonly text: string };

function searched(db: Db, viewer: Viewer, { organizationId, text }: Sought) {
  const query = db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .where('sub.organization_id', '=', organizationId)
    .where(inScope('sub.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));
  return text === '' ? query : query.where(holdsText('sub.search', text));
}

/** How many are found, where it is no more than `most`. */
export async function countFound(db: Db, viewer: Viewer, sought: Sought, most: number): Promise<number> {
  const row = await db
    .selectFrom(
      searched(db, viewer, sought)
        .select('sub.id')
        .limit(most + 1)
        .as('found'),
    )
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** How many there are, without looking at each. */
export async function countSubscriptions(db: Db, viewer: Viewer, organizationId: number): Promise<number> {
  const all = await db
    .selectFrom('tallies')
    .select(sql<number>`coalesce(sum(count), 0)::int`.as('total'))
    .where('organization_id', '=', organizationId)
    .where('what', '=', 'subscriptions')
    .where(inScope('organization_id', viewer.scope))
    .executeTakeFirstOrThrow();
  if (viewer.seesMarkup) return all.total;
  const hidden = await db
    .selectFrom('orders as o')
    .innerJoin('services as s', 's.order_id', 'o.id')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('o.organization_id', '=', organizationId)
    .where('o.markup_only', '=', true)
    .executeTakeFirstOrThrow();
  return all.total - hidden.total;
}

export type Page = { readonly offset: number; readonly limit: number };

/** The oldest first. */
export function loadSubscriptions(db: Db, viewer: Viewer, sought: Sought, { offset, limit }: Page) {
  return searched(db, viewer, sought)
    .select(['p.name as product', 'o.number', 's.position', 's.units', 'sub.quantity', 'sub.status'])
    .select(['sub.price_minor', 'sub.currency', 'sub.admin_email', 'sub.first_name', 'sub.last_name'])
    .select(['sub.tenant_name', isMachines.as('isMachines')])
    .orderBy('sub.service_id')
    .offset(offset)
    .limit(limit)
    .execute();
}
export type Subscription = Awaited<ReturnType<typeof loadSubscriptions>>[number];

/** The subscription of one service, with its product. The order it came from was found for this viewer. */
export function loadSubscription(db: Db, orderId: number, position: number) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('organizations as customer', 'customer.id', 'sub.organization_id')
    .selectAll('sub')
    .select('customer.markup_bp as customer_markup_bp')
    .select(['s.position', 's.product_id', 's.units', 's.associated', 's.reserved'])
    .select(['p.name as product', 'p.unit', 'p.commitment', isMachines.as('isMachines')])
    .where('s.order_id', '=', orderId)
    .where('s.position', '=', position)
    .executeTakeFirst();
}
export type SubscriptionRecord = NonNullable<Awaited<ReturnType<typeof loadSubscription>>>;

export function loadLots(db: Db, subscriptionId: number) {
  return db
    .selectFrom('seat_lots')
    .select(['quantity', 'added_at as addedAt'])
    .where('subscription_id', '=', subscriptionId)
    .orderBy('added_at')
    .execute();
}

/** What the provider asks for a product today. */
export async function loadListPrice(
  db: Db,
  productId: number,
  currency: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('prices')
    .select('price_minor')
    .where('product_id', '=', productId)
    .where('currency', '=', currency)
    .executeTakeFirst();
  return row?.price_minor;
}
