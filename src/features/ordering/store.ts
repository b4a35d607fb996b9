import { sql } from 'kysely';
import type { Member } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import { billedOfDecrease, type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';
import type { OrderStatus } from '../orders/rules.ts';

/** An order that is begun and may still be changed. */
export type DraftOrder = {
  readonly id: number;
  readonly number: number;
  readonly organizationId: number;
  readonly offeringId: number | null;
  readonly status: 'Started' | 'Draft';
  readonly description: string;
  readonly purpose: 'resale' | 'own use' | null;
  readonly endCustomer: Json | null;
  readonly draft: Json | null;
  /** Who began it; nothing of one that is begun just now. */
  readonly begun?: { readonly by: string; readonly byMember: number | null; readonly byOrganization: string };
};

/** An order as it was found, whatever its status. */
export type LockedOrder = Omit<DraftOrder, 'status'> & {
  readonly status: OrderStatus;
  readonly customer: string;
  readonly currency: string;
  readonly payment: string | null;
  /** Somebody else has to approve it first. */
  readonly waits: boolean;
};

const WAITS = sql<boolean>`exists (select from approvals a where a.order_id = o.id and a.state = 'waiting')`;

const visible = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('orders as o')
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .select(['o.id', 'o.number', 'o.organization_id as organizationId', 'o.offering_id as offeringId'])
    .select(['o.status', 'o.description', 'o.purpose', 'o.end_customer as endCustomer', 'o.draft'])
    .select(['customer.name as customer', 'o.currency', 'o.payment_details as payment'])
    .select(WAITS.as('waits'))
    .select(
      sql<DraftOrder['begun']>`(
        select jsonb_build_object('by', o.created_by, 'byMember', o.created_by_member, 'byOrganization', name)
        from organizations where id = o.created_by_organization_id)`.as('begun'),
    )
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .orderBy('o.number');

const found = <T>(rows: Promise<T[]>) => rows as unknown as Promise<LockedOrder[]>;

/** Locks an order, and then reads it as it is. */
export async function lockOrder(
  db: Db,
  viewer: Viewer,
  by: { readonly id: number } | { readonly number: number },
): Promise<LockedOrder | undefined> {
  const [column, value] = 'id' in by ? (['o.id', by.id] as const) : (['o.number', by.number] as const);
  await db
    .selectFrom('orders as o')
    .select('o.id')
    .where(column, '=', value)
    .where(inScope('o.organization_id', viewer.scope))
    .forUpdate()
    .execute();
  const [order] = await found(visible(db, viewer).where(column, '=', value).execute());
  return order;
}

/** The orders of the basket. */
export const loadStarted = (db: Db, viewer: Viewer): Promise<LockedOrder[]> =>
  found(visible(db, viewer).where('o.status', '=', 'Started').where(WAITS, '=', false).execute());

/** Who refused an order when it was asked for last, and why. */
export function loadRefusal(db: Db, orderId: number) {
  return db
    .selectFrom('approvals')
    .select(['decided_by as by', 'reason'])
    .where('order_id', '=', orderId)
    .where('state', '=', 'refused')
    .executeTakeFirst();
}

/** Those that are saved for later. */
export const loadDrafts = (db: Db, viewer: Viewer): Promise<LockedOrder[]> =>
  found(visible(db, viewer).where('o.status', '=', 'Draft').execute());

export type OrderChange = {
  readonly draft?: Json | null;
  readonly description?: string;
  readonly purpose?: 'resale' | 'own use' | null;
  readonly endCustomer?: Json | null;
  readonly status?: 'Started' | 'Draft' | 'Deleted';
  readonly offeringId?: number | null;
  readonly payment?: string | null;
};

export async function updateDraft(db: Db, id: number, change: OrderChange): Promise<void> {
  const json = (value: Json | null) => (value === null ? null : JSON.stringify(value));
  const set = {
    ...(change.draft !== undefined && { draft: json(change.draft) }),
    ...(change.endCustomer !== undefined && { end_customer: json(change.endCustomer) }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.purpose !== undefined && { purpose: change.purpose }),
    ...(change.status !== undefined && { status: change.status }),
    ...(change.offeringId !== undefined && { offering_id: change.offeringId }),
    ...(change.payment !== undefined && { payment_details: change.payment }),
  };
  if (Object.keys(set).length > 0) await db.updateTable('orders').set(set).where('id', '=', id).execute();
}

/** The lines of orders, with what is known of the product and of the subscription that is changed. */
export function loadLines(db: Db, orderIds: readonly number[]) {
  return db
    .selectFrom('requested_changes as c')
    .leftJoin('subscriptions as sub', 'sub.id', 'c.subscription_id')
    .leftJoin('services as s', 's.id', 'sub.service_id')
    .leftJoin('orders as of', 'of.id', 's.order_id')
    .leftJoin('products as p', (join) =>
      join.on('p.id', '=', (eb) => eb.fn.coalesce('c.product_id', 's.product_id')),
    )
    .leftJoin('products as base', 'base.id', 'p.add_on_of')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as f', 'f.id', 'g.offering_id')
    .select(['c.id', 'c.order_id as orderId', 'c.kind', 'c.quantity', 'c.subscription_id as subscriptionId'])
    .select(['c.configuration', 'c.purchase_minor as purchaseMinor', 'c.price_minor as priceMinor'])
    .select(['c.markup_bp as markupBp', 'p.id as productId', 'p.name as product', 'p.unit', 'p.commitment'])
    .select(['f.id as offeringId', 'f.name as offering', 'f.kind as offeringKind'])
    .select([
      's.units as held',
      'sub.quantity as heldBilled',
      sql<number | null>`s.units - s.associated - s.reserved`.as('heldFree'),
      'of.number as ofOrder',
      's.position as ofPosition',
    ])
    .select(['sub.price_minor as heldPriceMinor', 'sub.purchase_minor as heldPurchaseMinor'])
    .select(billedOfDecrease.as('billed'))
    .select(['sub.currency as heldCurrency', 'p.add_on_of as addOnOf', 'base.name as addOnOfName'])
    .where('c.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .orderBy('c.id')
    .execute();
}
export type LineRecord = Awaited<ReturnType<typeof loadLines>>[number];

/** What products cost a customer now; only those that are for sale. */
export async function loadPrices(db: Db, organizationId: number, productIds: readonly number[]) {
  const rows = await db
    .selectFrom('customer_prices as price')
    .innerJoin('products as p', 'p.id', 'price.product_id')
    .select(['p.id', 'p.for_sale as forSale', 'price.purchase_minor as purchaseMinor'])
    .select(['price.price_minor as priceMinor', 'price.currency'])
    .where('price.organization_id', '=', organizationId)
    .where('p.id', 'in', productIds.length > 0 ? [...productIds] : [-1])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function savePrice(
  db: Db,
  lineId: number,
  { purchaseMinor, priceMinor }: { readonly purchaseMinor: number | null; readonly priceMinor: number },
): Promise<void> {
  await db
    .updateTable('requested_changes')
    .set({ purchase_minor: purchaseMinor, price_minor: priceMinor })
    .where('id', '=', lineId)
    .execute();
}

export async function saveLineSubscription(db: Db, lineId: number, subscription_id: number): Promise<void> {
  await db.updateTable('requested_changes').set({ subscription_id }).where('id', '=', lineId).execute();
}

/** What it costs is kept with the order from here on. */
export async function savePlaced(
  db: Db,
  id: number,
  cost: { readonly costMinor: number; readonly currency: string | undefined; readonly at: Date | null },
): Promise<void> {
  await db
    .updateTable('orders')
    .set({
      cost_minor: cost.costMinor,
      placed_at: cost.at,
      markup_bp: sql<number>`(select markup_bp from organizations where id = orders.organization_id)`,
      ...(cost.currency !== undefined && { currency: cost.currency }),
    })
    .where('id', '=', id)
    .execute();
}

/** A product by part of its name or by its SKU, in the offerings that an organization has, and in those that it has not. */
export function findProducts(db: Db, organizationId: number, text: string) {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('products as p')
    .innerJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .innerJoin('offerings as f', 'f.id', 'g.offering_id')
    .leftJoin('enabled_offerings as e', (join) =>
      join.onRef('e.offering_id', '=', 'f.id').on('e.organization_id', '=', organizationId),
    )
    .leftJoin('products as base', 'base.id', 'p.add_on_of')
    .select(['p.id', 'p.name', 'p.sku', 'g.category', 'g.name as group'])
    .select(['p.add_on_of as addOnOf', 'base.name as addOnOfName'])
    .select(['f.id as offeringId', 'f.name as offering', 'f.kind'])
    .select(sql<boolean>`e.offering_id is not null`.as('enabled'))
    .where('p.for_sale', '=', true)
    .where('p.resource', 'is', null)
    .where((eb) => eb.or([eb('p.name', 'ilike', like), eb('p.sku', 'ilike', like)]))
    .orderBy('p.name')
    .execute();
}
export type FoundProduct = Awaited<ReturnType<typeof findProducts>>[number];

/** Products of which the customer has a subscription that runs. */
export async function loadSubscribed(db: Db, organizationId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .select('s.product_id')
    .distinct()
    .where('sub.organization_id', '=', organizationId)
    .where('sub.status', '=', 'active')
    .execute();
  return rows.map(({ product_id }) => product_id);
}

type BegunBy = {
  readonly organizationId: number;
  readonly offeringId: number;
  readonly by: Pick<Member, 'id' | 'name'>;
};

/** Whoever is no member, such as the admin of the local console, is known by name alone. */
const isBegunBy = ({ id, name }: BegunBy['by']) =>
  id === null
    ? sql<boolean>`(o.created_by_member is null and o.created_by = ${name})`
    : sql<boolean>`o.created_by_member = ${id}`;

/** The order of the basket that somebody has begun with what is new of an offering. */
export function findStartedFor(db: Db, of: BegunBy) {
  return db
    .selectFrom('orders as o')
    .select('o.id')
    .where('o.organization_id', '=', of.organizationId)
    .where('o.offering_id', '=', of.offeringId)
    .where(isBegunBy(of.by))
    .where('o.status', '=', 'Started')
    .where(WAITS, '=', false)
    .where(
      sql<boolean>`not exists (
        select from requested_changes c where c.order_id = o.id and c.kind <> 'new subscription')`,
    )
    .orderBy('o.id', 'desc')
    .executeTakeFirst();
}

/** Of machines, what is chosen stands in the draft alone until it is bought. */
const NOTHING_CHOSEN = sql<boolean>`(o.draft->>'kind' is distinct from 'machines' or
  o.draft @> '{"machines": [], "extraStorageGb": 0, "vpn": 0, "ipv4": 0}' and o.draft->'machines' = '[]')`;

/** An empty order of the same kind that somebody has begun: it is taken instead of another one. */
export function findEmpty(db: Db, of: BegunBy) {
  return db
    .selectFrom('orders as o')
    .innerJoin('offerings as f', 'f.id', 'o.offering_id')
    .select(['o.id', 'o.number', 'o.offering_id as offeringId'])
    .where('o.organization_id', '=', of.organizationId)
    .where('f.kind', '=', (eb) => eb.selectFrom('offerings').select('kind').where('id', '=', of.offeringId))
    .where(isBegunBy(of.by))
    .where('o.status', '=', 'Started')
    .where(NOTHING_CHOSEN)
    .where(sql<boolean>`not exists (select from requested_changes c where c.order_id = o.id)`)
    .orderBy('o.id', 'desc')
    .forUpdate('o')
    .executeTakeFirst();
}

export function loadOffering(db: Db, id: number) {
  return db.selectFrom('offerings').select(['id', 'name', 'kind']).where('id', '=', id).executeTakeFirst();
}

/** Who sells to a customer: its reseller, or the provider. */
export function loadSeller(db: Db, customerId: number) {
  return db
    .selectFrom('organizations as c')
    .innerJoin('organizations as seller', 'seller.id', 'c.parent_id')
    .select(['seller.id', 'seller.name'])
    .where('c.id', '=', customerId)
    .executeTakeFirst();
}
