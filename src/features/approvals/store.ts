import { sql } from 'kysely';
import type { Role } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../db/index.ts';
import type { State } from './rules.ts';

const orders = (db: Db) =>
  db
    .selectFrom('orders as o')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .innerJoin('organizations as p', 'p.id', 'c.parent_id')
    .select(['o.id', 'o.number', 'o.status', 'o.description', 'o.purpose', 'o.end_customer as endCustomer'])
    .select(['o.organization_id as organizationId', 'c.name as customer', 'o.cost_minor as costMinor'])
    .select(['o.currency', 'p.id as parentId', 'p.kind as parentKind', 'p.name as parent']);
export type Order = Awaited<ReturnType<ReturnType<typeof orders>['execute']>>[number];

/** The order, kept from everybody else until the transaction ends: who asks, decides or changes it comes in turn. */
export const lockOrder = (db: Db, id: number): Promise<Order | undefined> =>
  orders(db).where('o.id', '=', id).forUpdate('o').executeTakeFirst();

const numbered = (db: Db, viewer: Viewer, number: number) =>
  orders(db)
    .where('o.number', '=', number)
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));

export const lockOrderNumbered = (db: Db, viewer: Viewer, number: number): Promise<Order | undefined> =>
  numbered(db, viewer, number).forUpdate('o').executeTakeFirst();

export const loadOrderNumbered = (db: Db, viewer: Viewer, number: number): Promise<Order | undefined> =>
  numbered(db, viewer, number).executeTakeFirst();

export const loadOrder = (db: Db, id: number): Promise<Order | undefined> =>
  orders(db).where('o.id', '=', id).executeTakeFirst();

/** What is asked for. A price that the order does not hold yet is that of today. */
export function loadLines(db: Db, orderIds: readonly number[]) {
  return db
    .selectFrom('requested_changes as r')
    .innerJoin('orders as o', 'o.id', 'r.order_id')
    .leftJoin('subscriptions as sub', 'sub.id', 'r.subscription_id')
    .leftJoin('services as s', 's.id', 'sub.service_id')
    .leftJoin('products as p', (join) =>
      join.on('p.id', '=', (eb) => eb.fn.coalesce('r.product_id', 's.product_id')),
    )
    .leftJoin('customer_prices as price', (join) =>
      join.onRef('price.product_id', '=', 'p.id').onRef('price.organization_id', '=', 'o.organization_id'),
    )
    .select(['r.id', 'r.order_id as orderId', 'r.kind', 'r.quantity', 'p.name as product'])
    .select(['r.subscription_id as subscriptionId', 'r.markup_bp as markupBp', 'r.configuration'])
    .select((eb) => [
      eb.fn.coalesce('r.price_minor', 'price.price_minor').as('priceMinor'),
      eb.fn.coalesce('r.purchase_minor', 'price.purchase_minor').as('purchaseMinor'),
    ])
    .where('r.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .orderBy('r.id')
    .execute();
}
export type Line = Awaited<ReturnType<typeof loadLines>>[number];

const approvals = (db: Db) =>
  db
    .selectFrom('approvals as a')
    .select(['a.order_id as orderId', 'a.state', 'a.requested_by as requestedBy', 'a.digest', 'a.place'])
    .select(['a.requested_by_email as requesterEmail', 'a.requested_by_member as requesterMember'])
    .select(['a.requested_at as requestedAt', 'a.expires_at as expiresAt', 'a.reason'])
    .select(['a.decided_by as decidedBy', 'a.decided_at as decidedAt']);
export type Approval = Awaited<ReturnType<ReturnType<typeof approvals>['execute']>>[number];

export const loadApproval = (db: Db, orderId: number): Promise<Approval | undefined> =>
  approvals(db).where('a.order_id', '=', orderId).executeTakeFirst();

/** Asks, or asks once more. */
export async function saveRequest(
  db: Db,
  orderId: number,
  request: {
    readonly by: string;
    readonly email: string | undefined;
    readonly memberId: number | null;
    readonly place: Place;
    readonly digest: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  const row = {
    requested_by: request.by,
    requested_by_email: request.email ?? null,
    requested_by_member: request.memberId,
    requested_at: request.at,
    expires_at: request.expiresAt,
    place: JSON.stringify(request.place),
    digest: request.digest,
    state: 'waiting' as const,
    decided_by: null,
    decided_by_email: null,
    decided_at: null,
    reason: null,
  };
  await db
    .insertInto('approvals')
    .values({ order_id: orderId, ...row })
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet(row))
    .execute();
}

/** How many heard of the request. */
export async function saveTold(db: Db, orderId: number, told: number): Promise<void> {
  await db.updateTable('approvals').set({ told }).where('order_id', '=', orderId).execute();
}

/** Ends the wait; false where it was over. */
export async function endWait(
  db: Db,
  orderId: number,
  end: {
    readonly state: Exclude<State, 'waiting'>;
    readonly by: string | null;
    readonly email: string | null;
    readonly at: Date;
    readonly reason: string | null;
  },
): Promise<boolean> {
  const row = await db
    .updateTable('approvals')
    .set({
      state: end.state,
      decided_by: end.by,
      decided_by_email: end.email,
      decided_at: end.at,
      reason: end.reason,
    })
    .where('order_id', '=', orderId)
    .where('state', '=', 'waiting')
    .returning('order_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** What it costs is not agreed any more: that is known anew when it is placed. */
export async function putBack(db: Db, orderId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set({ status: 'Draft', cost_minor: null })
    .where('id', '=', orderId)
    .execute();
}

const waiting = (db: Db, scope: Scope, now: Date) =>
  approvals(db)
    .innerJoin('orders as o', 'o.id', 'a.order_id')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .where('a.state', '=', 'waiting')
    .where('a.expires_at', '>', now)
    .where(inScope('o.organization_id', scope));

export async function countWaiting(db: Db, scope: Scope, now: Date): Promise<number> {
  const row = await waiting(db, scope, now)
    .clearSelect()
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

export function loadWaiting(db: Db, scope: Scope, now: Date, offset: number, limit: number) {
  return waiting(db, scope, now)
    .select(['o.number', 'o.cost_minor as costMinor', 'o.currency', 'c.name as customer'])
    .orderBy('a.requested_at', 'desc')
    .orderBy('a.order_id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
}

/** The orders of requests whose time is over. */
export async function loadOverdue(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('approvals')
    .select('order_id')
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', now)
    .orderBy('order_id')
    .execute();
  return rows.map(({ order_id }) => order_id);
}

/** Who may approve in an organization. */
export function loadApprovers(db: Db, organizationId: number, roles: readonly Role[]) {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organization_id', '=', organizationId)
    .where('role', 'in', [...roles])
    .orderBy('id')
    .execute();
}
