/** What belongs to an order beside its lines and services: steps, approval, invoices, addresses to go on to, prices. */
import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';

/** What a step says of its letter where it was not sent. */
const UNSENT = sql<boolean>`coalesce(result ->> 'sent' like 'no %', false)`;

export function loadSteps(db: Db, orderId: number) {
  return db
    .selectFrom('order_steps')
    .select(['title', 'state', 'error', 'started_at', 'finished_at'])
    .select(UNSENT.as('unsent'))
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
}

export function loadApproval(db: Db, orderId: number) {
  return db
    .selectFrom('approvals')
    .select(['state', 'requested_by', 'requested_at', 'expires_at', 'decided_by', 'decided_at', 'reason'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

export function loadInvoices(db: Db, orderId: number) {
  return db
    .selectFrom('invoices')
    .select(['number', 'currency', 'issued_at', 'due_at'])
    .select(sql<number>`amount_minor::float8`.as('amount_minor'))
    .where('order_id', '=', orderId)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
}

/** What runs on of an order, by service. */
export function loadSubscriptions(db: Db, orderId: number) {
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .select(['sub.admin_email', 'sub.first_name', 'sub.last_name', 'sub.tenant_name'])
    .select(['sub.price_minor', 'sub.currency', 'sub.configuration', 's.position'])
    .where('s.order_id', '=', orderId)
    .orderBy('s.position')
    .execute();
}
export type SubscriptionRecord = Awaited<ReturnType<typeof loadSubscriptions>>[number];

/** The offerings that an order is of: by itself, or by its services. */
export function loadOfferings(db: Db, orderId: number) {
  return db
    .selectFrom('offerings as f')
    .select(['f.name', 'f.setup_url', 'f.portal_url'])
    .where(
      sql<boolean>`f.id in (
        select offering_id from orders where id = ${orderId}
        union
        select g.offering_id from services s
        join products p on p.id = s.product_id
        join product_groups g on g.id = p.product_group_id
        where s.order_id = ${orderId})`,
    )
    .orderBy('f.name')
    .execute();
}

/** What a customer would pay for one unit and month, by product. */
export async function loadPrices(
  db: Db,
  organizationId: number,
  products: readonly number[],
): Promise<Map<number, { readonly minor: number; readonly currency: string }>> {
  if (products.length === 0) return new Map();
  const rows = await db
    .selectFrom('customer_prices')
    .select(['product_id', 'price_minor', 'currency'])
    .where('organization_id', '=', organizationId)
    .where('product_id', 'in', [...new Set(products)])
    .execute();
  return new Map(rows.map((row) => [row.product_id, { minor: row.price_minor, currency: row.currency }]));
}
