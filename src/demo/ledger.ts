/** What the built-in provider has of the demo data: Contoso's tenant and its subscriptions. */
import type { Db } from '../db/index.ts';

const DOMAIN = 'contoso.onmicrosoft.com';
const ACCOUNT = 'ten-contoso';
/** What somebody bought or ordered at the vendor itself: our books know nothing of it, so that there is something to find. */
const MORE_UNITS: Readonly<Record<string, number>> = { 'sub-contoso-10023-1': 2 };
const UNKNOWN = { id: 'sub-contoso-trial', sku: 'O365-E5', quantity: 4 };
/** Where the demo stands in time: what runs on from month to month was renewed until then. */
const TODAY = new Date('2026-11-21T00:00:00Z');

export async function addToLedger(db: Db): Promise<void> {
  await db
    .insertInto('ledger_accounts')
    .values({ id: ACCOUNT, role: 'User', user_name: `admin@${DOMAIN}`, company: 'Contoso', parent_id: null })
    .execute();
  await db
    .insertInto('ledger_tenants')
    .values({
      domain: DOMAIN,
      account_id: ACCOUNT,
      admin_user_name: `admin@${DOMAIN}`,
      alternative_email: 'carla@contoso.example',
      credentials_given_at: null,
    })
    .execute();
  for (const subscription of await subscriptionsOf(db)) await addSubscription(db, subscription);
  await addAssignments(db);
  await addAtVendor(db, UNKNOWN);
}

const subscriptionsOf = (db: Db) =>
  db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('customer_prices as price', (join) =>
      join
        .onRef('price.product_id', '=', 'p.id')
        .onRef('price.organization_id', '=', 'sub.organization_id')
        .onRef('price.currency', '=', 'sub.currency'),
    )
    .select(['sub.id', 'sub.status', 's.units', 's.position', 'o.number', 'o.created_at', 'p.sku'])
    .select(['p.name', 'p.commitment', 'price.purchase_minor'])
    .orderBy('sub.id')
    .execute();

type Subscription = Awaited<ReturnType<typeof subscriptionsOf>>[number];

/** The vendor knows who has the units. */
async function addAssignments(db: Db): Promise<void> {
  await db
    .insertInto('ledger_assignments')
    .columns(['subscription_id', 'user_name', 'units'])
    .expression(
      db
        .selectFrom('associations as a')
        .innerJoin('users as u', 'u.id', 'a.user_id')
        .innerJoin('subscriptions as sub', 'sub.service_id', 'a.service_id')
        .select(({ ref }) => [
          ref('sub.provider_subscription').$notNull().as('subscription_id'),
          'u.email',
          'a.units',
        ])
        .where('sub.provider_subscription', 'is not', null),
    )
    .execute();
  await db
    .insertInto('assignments_told')
    .columns(['service_id', 'revision'])
    .expression(db.selectFrom('services').select(['id', 'revision']))
    .execute();
}

async function addSubscription(db: Db, of: Subscription): Promise<void> {
  const provider_subscription = `sub-contoso-${of.number}-${of.position}`;
  await db
    .updateTable('subscriptions')
    .set({
      provider_subscription,
      purchase_minor: of.purchase_minor,
      started_at: of.created_at,
      renews_at: renewal(of.created_at, of.commitment === 'yearly' ? 12 : 1),
    })
    .where('id', '=', of.id)
    .execute();
  await db
    .insertInto('seat_lots')
    .values({ subscription_id: of.id, quantity: of.units, added_at: of.created_at })
    .execute();
  await addAtVendor(db, {
    id: provider_subscription,
    sku: of.sku ?? of.name,
    quantity: of.units + (MORE_UNITS[provider_subscription] ?? 0),
    status: of.status === 'cancelled' ? 'deleted' : of.status,
  });
}

type AtVendor = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly status?: 'active' | 'suspended' | 'deleted';
};
async function addAtVendor(db: Db, { id, sku, quantity, status = 'active' }: AtVendor): Promise<void> {
  const of = { account_id: ACCOUNT, domain: DOMAIN, co_administrator_id: null, configuration: null };
  await db
    .insertInto('ledger_subscriptions')
    .values({ id, sku, quantity, status, ...of })
    .execute();
}

function renewal(start: Date, months: number): Date {
  const next = new Date(start);
  while (next <= TODAY) next.setUTCMonth(next.getUTCMonth() + months);
  return next;
}
