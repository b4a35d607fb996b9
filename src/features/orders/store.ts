import { sql } from 'kysely';
import { type Db, holdsText, inScope, isIn, likeText, orderExistsFor, type Viewer } from '../../db/index.ts';
import type { OrderStatus, Sort } from './rules.ts';
import { type Having, has, isOneOf } from './search/store.ts';

const visibleOrders = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('orders as o')
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));

/** Who imported it, where it was not made here. */
const importedBy = sql<string | null>`(
  select h.actor_name from history h where h.order_id = o.id and h.kind = 'import' order by h.id limit 1)`;

/** Somebody else has to approve it first. */
const waits = sql<boolean>`exists (select from approvals a where a.order_id = o.id and a.state = 'waiting')`;

/** Which orders of one customer are listed. */
export type Listed = {
  readonly organizationId: number;
  readonly statuses: readonly OrderStatus[];
  /** Nothing where all of them are. */
  readonly having: Having | undefined;
};
function listed(db: Db, viewer: Viewer, { organizationId, statuses, having }: Listed) {
  const query = visibleOrders(db, viewer)
    .where('o.organization_id', '=', organizationId)
    .where(isOneOf(statuses));
  return having === undefined ? query : query.where(has(having, holdsText));
}

/** How many are found, where it is no more than `most`: who finds that many looks for something else. */
export async function countFound(db: Db, viewer: Viewer, found: Listed, most: number): Promise<number> {
  const row = await db
    .selectFrom(
      listed(db, viewer, found)
        .select('o.id')
        .limit(most + 1)
        .as('found'),
    )
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** How many there are of these statuses, without looking at each. */
export async function countOrders(db: Db, viewer: Viewer, list: Omit<Listed, 'having'>): Promise<number> {
  const all = await db
    .selectFrom('tallies')
    .select(sql<number>`coalesce(sum(count), 0)::int`.as('total'))
    .where('organization_id', '=', list.organizationId)
    .where('what', '=', 'orders')
    .where('key', 'in', [...list.statuses])
    .where(inScope('organization_id', viewer.scope))
    .executeTakeFirstOrThrow();
  if (viewer.seesMarkup) return all.total;
  const hidden = await db
    .selectFrom('orders as o')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('o.organization_id', '=', list.organizationId)
    .where(isOneOf(list.statuses))
    .where('o.markup_only', '=', true)
    .executeTakeFirstOrThrow();
  return all.total - hidden.total;
}

export type Page = { readonly sort: Sort; readonly offset: number; readonly limit: number };

export async function loadOrders(db: Db, viewer: Viewer, found: Listed, page: Page) {
  const met = found.having?.common ? await metSoon(db, viewer, found, found.having, page) : undefined;
  const direction = page.sort === 'newest' ? 'desc' : 'asc';
  const orders = listed(db, viewer, met === undefined ? found : { ...found, having: undefined })
    .innerJoin('organizations as by', 'by.id', 'o.created_by_organization_id')
    .select(['o.id', 'o.number', 'o.created_by', 'by.name as created_by_organization', 'o.created_at'])
    .select(['o.status', 'o.note', 'o.description', 'o.provider_status', 'o.error'])
    .select([
      'o.cost_minor',
      'o.currency',
      'o.organization_id',
      importedBy.as('imported_by'),
      waits.as('waits'),
    ])
    .orderBy('o.created_at', direction)
    .orderBy('o.id', direction);
  return met === undefined
    ? orders.offset(page.offset).limit(page.limit).execute()
    : orders.where('o.id', 'in', met).execute();
}
export type ListedOrder = Awaited<ReturnType<typeof loadOrders>>[number];

/** So many of a list are gone through. */
const NEAR = 5_000;

/** What the index of texts finds is sorted, all of it, for one page. The list is: its first rows hold the page, or say no. */
async function metSoon(
  db: Db,
  viewer: Viewer,
  found: Listed,
  having: Having,
  { sort, offset, limit }: Page,
): Promise<number[] | undefined> {
  const direction = sort === 'newest' ? 'desc' : 'asc';
  const near = listed(db, viewer, { ...found, having: undefined })
    .select(['o.id', 'o.created_at', 'o.search', 'o.status', 'o.created_by_organization_id'])
    .orderBy('o.created_at', direction)
    .orderBy('o.id', direction)
    .limit(NEAR);
  const rows = await db
    .selectFrom(near.as('o'))
    .select('o.id')
    .where(has(having, isIn))
    .orderBy('o.created_at', direction)
    .orderBy('o.id', direction)
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.length === limit ? rows.map(({ id }) => id) : undefined;
}

export async function loadOrder(db: Db, viewer: Viewer, number: number) {
  return visibleOrders(db, viewer)
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .innerJoin('organizations as by', 'by.id', 'o.created_by_organization_id')
    .selectAll('o')
    .select(['customer.name as customer', 'by.name as created_by_organization'])
    .select([importedBy.as('imported_by'), waits.as('waits')])
    .where('o.number', '=', number)
    .executeTakeFirst();
}
export type OrderRecord = NonNullable<Awaited<ReturnType<typeof loadOrder>>>;

/** The lines of orders, as far as they are for the viewer's eyes. */
export function loadChanges(db: Db, orderIds: readonly number[], viewer: Viewer) {
  return db
    .selectFrom('requested_changes as c')
    .leftJoin('products as p', 'p.id', 'c.product_id')
    .leftJoin('subscriptions as sub', 'sub.id', 'c.subscription_id')
    .leftJoin('services as s', 's.id', 'sub.service_id')
    .leftJoin('orders as first', 'first.id', 's.order_id')
    .leftJoin('products as running', 'running.id', 's.product_id')
    .select(['c.order_id', 'c.kind', 'c.quantity', 'c.product_id', 'c.price_minor'])
    .select(['c.configuration', 'c.error', 'p.add_on_of'])
    .select(
      sql<number | null>`case when ${viewer.seesMarkup}::boolean then c.purchase_minor end`.as(
        'purchase_minor',
      ),
    )
    .select(sql<number | null>`case when ${viewer.seesMarkup}::boolean then c.markup_bp end`.as('markup_bp'))
    .select(sql<string | null>`coalesce(p.name, running.name)`.as('product'))
    .select([
      'sub.price_minor as running_price_minor',
      'first.number as of_order',
      's.position as of_position',
    ])
    .where('c.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .$if(!viewer.seesMarkup, (query) => query.where('c.kind', '<>', 'markup change'))
    .orderBy('c.id')
    .execute();
}
export type ChangeRecord = Awaited<ReturnType<typeof loadChanges>>[number];

/** Users keep what they have of it, and nobody gets more. */
export const isSuspended = sql<boolean>`exists (
  select from subscriptions held where held.service_id = s.id and held.status = 'suspended')`;

/** What is not active is not billed. */
const billed = sql<number | null>`(
  select held.quantity from subscriptions held where held.service_id = s.id and held.status = 'active')`;

const MACHINES = 'virtual machines';

/** How many machines a service is; nothing where it has units. */
const machines = sql<number | null>`case when f.kind = ${sql.lit(MACHINES)} then coalesce((
  select case when jsonb_typeof(held.configuration->'total'->'machines') = 'number'
    then (held.configuration->'total'->'machines')::int end
  from subscriptions held where held.service_id = s.id), 0) end`;

/** Of machines there are no units to give away. */
export const hasUnits = (productId: string) => sql<boolean>`${sql.ref(productId)} not in (
  select p.id from products p join product_groups g on g.id = p.product_group_id
  join offerings f on f.id = g.offering_id where f.kind = ${sql.lit(MACHINES)})`;

export const services = (db: Db) =>
  db
    .selectFrom('services as s')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('organizations as customer', 'customer.id', 'o.organization_id')
    .leftJoin('product_groups as g', 'g.id', 'p.product_group_id')
    .leftJoin('offerings as f', 'f.id', 'g.offering_id')
    .select(['customer.name as customer', 'f.domain_url'])
    .select(['s.id', 's.order_id', 'o.number', 's.position', 'p.name as product', 'p.max_units_per_user'])
    .select(['s.units', 's.associated', 's.reserved', 'o.organization_id'])
    .select([isSuspended.as('suspended'), billed.as('billed'), machines.as('machines')]);
export type ServiceRecord = Awaited<ReturnType<ReturnType<typeof services>['execute']>>[number];

/** A service as the rest of the bot speaks of it. */
export type FoundService = ServiceRecord & { readonly ref: string; readonly free: number };

/** Services to choose from. */
export type Choosable = {
  readonly services: readonly FoundService[];
  /** There are more of them. */
  readonly more: boolean;
};

export function loadServicesOf(db: Db, orderIds: readonly number[]): Promise<ServiceRecord[]> {
  return services(db)
    .where('s.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
}

export function loadService(
  db: Db,
  viewer: Viewer,
  number: number,
  position: number,
): Promise<ServiceRecord | undefined> {
  return services(db)
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .where('o.number', '=', number)
    .where('s.position', '=', position)
    .executeTakeFirst();
}

/** Which services are wanted: of products with this text in their names, of one order, with units that are left. */
export type WantedServices = {
  readonly text?: string;
  readonly order?: number | undefined;
  /** Free ones; free ones that can be given away; associated ones. Who has most of them comes first. */
  readonly units?: 'free' | 'open' | 'associated';
};
const FREE = sql<number>`s.units - s.associated - s.reserved`;

/** Of all orders that the viewer may see, and no more than `most`. */
export function loadServices(
  db: Db,
  viewer: Viewer,
  { text = '', order, units }: WantedServices,
  most: number,
): Promise<ServiceRecord[]> {
  const amount = units === 'associated' ? sql<number>`s.associated` : FREE;
  const found = db
    .selectFrom('services as s')
    .select('s.id')
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('s.order_id', viewer))
    .$if(text !== '', (query) =>
      query.where('s.product_id', 'in', (eb) =>
        eb.selectFrom('products').select('id').where('name', 'ilike', likeText(text)),
      ),
    )
    .$if(order !== undefined, (query) =>
      query.where('s.order_id', 'in', (eb) =>
        eb
          .selectFrom('orders')
          .select('id')
          .where('number', '=', order ?? 0),
      ),
    )
    .$if(units !== undefined, (query) =>
      query.where(amount, '>', 0).where(hasUnits('s.product_id')).orderBy(amount, 'desc'),
    )
    .$if(units === 'open', (query) => query.where((eb) => eb.not(isSuspended)))
    .orderBy('s.order_id')
    .orderBy('s.position')
    .limit(most);
  return services(db).where('s.id', 'in', found).orderBy('o.number').orderBy('s.position').execute();
}

export async function saveNote(db: Db, orderId: number, note: string | null): Promise<void> {
  await db.updateTable('orders').set({ note }).where('id', '=', orderId).execute();
}

/** Whether it was still the note `from`. */
export async function putNoteBack(
  db: Db,
  orderId: number,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const done = await db
    .updateTable('orders')
    .set({ note: to === '' ? null : to })
    .where('id', '=', orderId)
    .where(sql`coalesce(note, '')`, '=', from)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
