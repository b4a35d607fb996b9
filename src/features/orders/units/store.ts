/** The units of services: what a customer has of them, and who has them. */
import { sql } from 'kysely';
import { type Db, inScope, likeText, orderExistsFor, type Viewer } from '../../../db/index.ts';
import { hasUnits, type ServiceRecord, services } from '../store.ts';

export async function productsNamed(db: Db, text: string): Promise<number[]> {
  const rows = await db.selectFrom('products').select('id').where('name', 'ilike', likeText(text)).execute();
  return rows.map(({ id }) => id);
}

/** Products of machines, which have no units to give away. */
export async function productsWithoutUnits(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('products as p')
    .select('p.id')
    .where((eb) => eb.not(hasUnits('p.id')))
    .execute();
  return rows.map(({ id }) => id);
}

/** The services of one customer, or those of them that are of certain products, but for some. */
export type Owned = {
  readonly organizationId: number;
  readonly products: readonly number[] | undefined;
  readonly except: readonly number[];
};

/** How many they are and how many units they have, without looking at each. */
export async function sumServices(db: Db, viewer: Viewer, owned: Owned) {
  const { organizationId, products, except } = owned;
  const all = await db
    .selectFrom('tallies')
    .select([
      sql<number>`coalesce(sum(count), 0)::int`.as('count'),
      sql<number>`coalesce(sum(units), 0)::float8`.as('units'),
      sql<number>`coalesce(sum(associated), 0)::float8`.as('associated'),
      sql<number>`coalesce(sum(reserved), 0)::float8`.as('reserved'),
    ])
    .where('organization_id', '=', organizationId)
    .where('what', '=', 'services')
    .where(inScope('organization_id', viewer.scope))
    .$if(products !== undefined, (query) =>
      query.where('key', 'in', products?.length ? products.map(String) : ['']),
    )
    .$if(except.length > 0, (query) => query.where('key', 'not in', except.map(String)))
    .executeTakeFirstOrThrow();
  if (viewer.seesMarkup) return all;
  const hidden = await sumHidden(db, owned);
  return {
    count: all.count - hidden.count,
    units: all.units - hidden.units,
    associated: all.associated - hidden.associated,
    reserved: all.reserved - hidden.reserved,
  };
}

/** Of the orders that do not exist for who sees no markup. */
function sumHidden(db: Db, { organizationId, products, except }: Owned) {
  return db
    .selectFrom('orders as o')
    .innerJoin('services as s', 's.order_id', 'o.id')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`coalesce(sum(s.units), 0)::float8`.as('units'),
      sql<number>`coalesce(sum(s.associated), 0)::float8`.as('associated'),
      sql<number>`coalesce(sum(s.reserved), 0)::float8`.as('reserved'),
    ])
    .where('o.organization_id', '=', organizationId)
    .where('o.markup_only', '=', true)
    .$if(products !== undefined, (query) =>
      query.where('s.product_id', 'in', products?.length ? [...products] : [-1]),
    )
    .$if(except.length > 0, (query) => query.where('s.product_id', 'not in', [...except]))
    .executeTakeFirstOrThrow();
}

export function loadServicesPage(
  db: Db,
  viewer: Viewer,
  { organizationId, products, except }: Owned,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<ServiceRecord[]> {
  // The page first: else what is said of each is read for all there are.
  const page = db
    .selectFrom('services as s')
    .select('s.id')
    .where('s.organization_id', '=', organizationId)
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('s.order_id', viewer))
    .$if(products !== undefined, (query) =>
      query.where('s.product_id', 'in', products?.length ? [...products] : [-1]),
    )
    .$if(except.length > 0, (query) => query.where('s.product_id', 'not in', [...except]))
    .orderBy('s.order_id')
    .orderBy('s.position')
    .offset(offset)
    .limit(limit);
  return services(db).where('s.id', 'in', page).orderBy('s.order_id').orderBy('s.position').execute();
}

export async function countUsers(db: Db, serviceIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('associations')
    .select(['service_id', sql<number>`count(*)::int`.as('users')])
    .where('service_id', 'in', serviceIds.length > 0 ? [...serviceIds] : [-1])
    .groupBy('service_id')
    .execute();
  return new Map(rows.map((row) => [row.service_id, row.users]));
}

const associated = (db: Db, serviceId: number, text: string) =>
  db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .where('a.service_id', '=', serviceId)
    .$if(text !== '', (query) => query.where('u.email', 'ilike', likeText(text)));

/** The users of one service, or those with `text` in their names. */
export async function countUsersOf(db: Db, serviceId: number, text: string): Promise<number> {
  const row = await associated(db, serviceId, text)
    .select(sql<number>`count(*)::int`.as('users'))
    .executeTakeFirstOrThrow();
  return row.users;
}

export function loadUsersOf(
  db: Db,
  serviceId: number,
  text: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
) {
  return associated(db, serviceId, text)
    .select(['u.email', 'a.units'])
    .orderBy('u.email')
    .offset(offset)
    .limit(limit)
    .execute();
}
