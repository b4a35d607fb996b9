import { sql } from 'kysely';
import { billedOfDecrease, type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';
import type { OrderStatus } from '../orders/rules.ts';
import { type PlannedLine, UNDER_WAY } from './rules.ts';

/** Of two who work on an order, or mend it, one comes after the other. */
export async function lockOrder(db: Db, orderId: number): Promise<OrderStatus | undefined> {
  const row = await db
    .selectFrom('orders')
    .select('status')
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  return row?.status as OrderStatus | undefined;
}

/** The order of this number, where the viewer may see it. */
export async function findOrderId(db: Db, viewer: Viewer, number: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('orders as o')
    .select('o.id')
    .where('o.number', '=', number)
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .executeTakeFirst();
  return row?.id;
}

/** An order with all that carrying it out needs to know. */
export async function loadOrder(db: Db, orderId: number) {
  return db
    .selectFrom('orders as o')
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .innerJoin('organizations as parent', 'parent.id', 'customer.parent_id')
    .leftJoin('offerings as f', (join) =>
      join.on(
        'f.id',
        '=',
        sql<number>`coalesce(o.offering_id, (
          select g.offering_id from requested_changes c
          left join subscriptions sub on sub.id = c.subscription_id
          left join services s on s.id = sub.service_id
          join products p on p.id = coalesce(c.product_id, s.product_id)
          join product_groups g on g.id = p.product_group_id
          where c.order_id = o.id order by c.id limit 1))`,
      ),
    )
    .leftJoin('enabled_offerings as e', (join) =>
      join.onRef('e.organization_id', '=', 'o.organization_id').onRef('e.offering_id', '=', 'f.id'),
    )
    .leftJoin('enabled_offerings as pe', (join) =>
      join.onRef('pe.organization_id', '=', 'parent.id').onRef('pe.offering_id', '=', 'f.id'),
    )
    .select(['o.id', 'o.number', 'o.organization_id', 'o.description', 'o.status', 'o.error', 'o.currency'])
    .select(['o.purpose', 'o.end_customer', 'o.created_by', 'o.created_by_organization_id'])
    .select(['customer.name as customer', 'customer.contact_first_name', 'customer.contact_last_name'])
    .select(['customer.contact_email', 'parent.id as parent_id', 'parent.kind as parent_kind'])
    .select(['parent.name as parent', 'parent.contact_first_name as parent_first_name'])
    .select('parent.contact_last_name as parent_last_name')
    .select(({ fn }) => fn.coalesce('parent.contact_email', 'pe.contact_email').as('parent_email'))
    .select(['f.id as offering_id', 'f.name as offering', 'f.kind as offering_kind', 'f.vendor'])
    .select(['f.provider', 'f.needs_domain', 'f.domain_suffix', 'f.setup_url', 'f.portal_url'])
    .leftJoin('members as by', 'by.id', 'o.created_by_member')
    .select('by.email as created_by_email')
    .select(['e.contact_name as enabled_name', 'e.contact_email as enabled_email', 'e.domain'])
    .select(['e.is_migration'])
    .where('o.id', '=', orderId)
    .executeTakeFirst();
}
export type Order = NonNullable<Awaited<ReturnType<typeof loadOrder>>>;

export function loadLines(db: Db, orderId: number) {
  return db
    .selectFrom('requested_changes as c')
    .leftJoin('subscriptions as sub', 'sub.id', 'c.subscription_id')
    .leftJoin('services as s', 's.id', 'sub.service_id')
    .leftJoin('orders as of', 'of.id', 's.order_id')
    .leftJoin('products as p', (join) =>
      join.on('p.id', '=', sql<number>`coalesce(c.product_id, s.product_id)`),
    )
    .select(['c.id', 'c.kind', 'c.quantity', 'c.purchase_minor', 'c.price_minor', 'c.markup_bp'])
    .select(['c.configuration', 'c.error', 'p.id as product_id', 'p.name as product', 'p.sku'])
    .select(['p.provider', 'p.commitment', 'c.subscription_id', 'sub.provider_subscription', 's.units'])
    .select(['s.id as service_id', 's.position as service_position', 'of.number as service_order'])
    .select(['sub.status as subscription_status', billedOfDecrease.as('billed')])
    .where('c.order_id', '=', orderId)
    .orderBy('c.id')
    .execute();
}
export type Line = Awaited<ReturnType<typeof loadLines>>[number] & { readonly kind: PlannedLine['kind'] };

/**
 * Gives the lines of an order that was not priced here their prices: what was agreed for the whole order, where that is
 * one line, or else what the customer pays today.
 */
export async function priceLines(db: Db, orderId: number): Promise<void> {
  await sql`
    update requested_changes c set
      price_minor = case
        when o.cost_minor > 0 and o.cost_minor % c.quantity = 0
          and (select count(*) from requested_changes where order_id = o.id) = 1
        then (o.cost_minor / c.quantity)::integer else p.price_minor end,
      purchase_minor = coalesce(c.purchase_minor, p.purchase_minor)
    from orders o join customer_prices p on p.organization_id = o.organization_id
    where o.id = ${orderId} and c.order_id = o.id and p.product_id = c.product_id
      and c.kind = 'new subscription' and c.price_minor is null and c.quantity > 0`.execute(db);
}

/** What became of the question whether the order may go ahead, where somebody had to ask. */
export function loadApproval(db: Db, orderId: number) {
  return db
    .selectFrom('approvals')
    .select(['state', 'decided_by', 'reason', 'expires_at', 'told'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}
export type Approval = Awaited<ReturnType<typeof loadApproval>>;

/** What the customer has at the provider under this domain already. */
export async function hasTenant(db: Db, organizationId: number, domain: string): Promise<boolean> {
  const row = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('tenant_name', '=', domain)
    .where('provider_subscription', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function setStatus(
  db: Db,
  orderId: number,
  status: OrderStatus,
  said: { readonly vendor: string; readonly error?: string | undefined },
): Promise<void> {
  await db
    .updateTable('orders')
    .set({ status, provider_status: said.vendor, error: said.error ?? null })
    .where('id', '=', orderId)
    .execute();
}

export async function setPlaced(
  db: Db,
  orderId: number,
  { offeringId, now }: { readonly offeringId: number | null; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('orders')
    .set((eb) => ({
      placed_at: eb.fn.coalesce('placed_at', eb.val(now)),
      offering_id: eb.fn.coalesce('offering_id', eb.val(offeringId)),
    }))
    .where('id', '=', orderId)
    .execute();
}

export async function setLineError(db: Db, changeId: number, error: string | null): Promise<void> {
  await db.updateTable('requested_changes').set({ error }).where('id', '=', changeId).execute();
}

/** Keeps by how much a decrease that was carried out took the bill down. */
export async function setLineBilled(db: Db, changeId: number, billed: number): Promise<void> {
  await db.updateTable('requested_changes').set({ billed }).where('id', '=', changeId).execute();
}

/** Orders with steps to be taken that nobody has touched since then. */
export async function loadUnfinished(db: Db, before: Date | undefined): Promise<number[]> {
  const rows = await db
    .selectFrom('orders as o')
    .select('o.id')
    .where('o.status', 'in', [...UNDER_WAY])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('order_steps as s')
          .select('s.order_id')
          .whereRef('s.order_id', '=', 'o.id')
          .where('s.state', 'in', ['waiting', 'running']),
      ),
    )
    .$if(before !== undefined, (query) =>
      query.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('order_steps as s')
              .select('s.order_id')
              .whereRef('s.order_id', '=', 'o.id')
              .where((is) =>
                is.or([is('s.started_at', '>', before ?? null), is('s.finished_at', '>', before ?? null)]),
              ),
          ),
        ),
      ),
    )
    .orderBy('o.id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Is another order at this moment setting the quantity of the subscription? Locks the subscription. */
export async function isBusy(db: Db, subscriptionId: number, orderId: number): Promise<boolean> {
  await db
    .selectFrom('subscriptions')
    .select('id')
    .where('id', '=', subscriptionId)
    .forUpdate()
    .executeTakeFirst();
  const row = await db
    .selectFrom('order_steps')
    .select('order_id')
    .where('state', '=', 'running')
    .where('order_id', '<>', orderId)
    .where(sql<number>`(input ->> 'subscription')::integer`, '=', subscriptionId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function loadFree(
  db: Db,
  serviceId: number,
): Promise<{ readonly units: number; readonly free: number }> {
  return db
    .selectFrom('services')
    .select(['units', sql<number>`units - associated - reserved`.as('free')])
    .where('id', '=', serviceId)
    .executeTakeFirstOrThrow();
}

/** The address of the person who made an order, where the person is a member. */
export async function emailOf(db: Db, name: string, organizationId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('members')
    .select('email')
    .where('name', '=', name)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row?.email;
}

/** The products of an order's lines that it has brought services of. */
export async function loadBrought(db: Db, orderId: number): Promise<readonly number[]> {
  const rows = await db.selectFrom('services').select('product_id').where('order_id', '=', orderId).execute();
  return rows.map(({ product_id }) => product_id);
}

export async function saveContact(
  db: Db,
  organizationId: number,
  offeringId: number,
  contact: { readonly name: string; readonly email: string; readonly domain: string | null },
): Promise<void> {
  await db
    .updateTable('enabled_offerings')
    .set({ contact_name: contact.name, contact_email: contact.email, domain: contact.domain })
    .where('organization_id', '=', organizationId)
    .where('offering_id', '=', offeringId)
    .execute();
}

export async function saveEndCustomer(db: Db, orderId: number, endCustomer: object): Promise<void> {
  await db
    .updateTable('orders')
    .set({ end_customer: JSON.stringify(endCustomer) })
    .where('id', '=', orderId)
    .execute();
}
