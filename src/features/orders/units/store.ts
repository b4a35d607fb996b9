/** The units of services: what a customer has of them, and who has them. */
import { sql } from 'kysely';
import { type Db, inScope, likeText, orderExistsFor, type Viewer } from '../../../db/index.ts';
import { type ServiceRecord, services } from '../store.ts';

export async function productsNamed(db: Db, text: string): Promise<number[]> {
  const rows = await db.selectFrom('products').select('id').where('name', 'ilike', likeText(text)).execute();
  return rows.map(({ id }) => id);
}

/** The services of one customer, or those of them that are of certain products. */
export type Owned = { readonly organizationId: number; readonly products: readonly number[] | undefined };

/** How many they are and how many units they have, without looking at each. */
export async function sumServices(db: Db, viewer: Viewer, { organizationId, products }: Owned) {
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
    .executeTakeFirstOrThrow();
  if (viewer.seesMarkup) return all;
  const hidden = await sumHidden(db, { organizationId, products });
  return {
    count: all.count - hidden.count,
    units: all.units - hidden.units,
    associated: all.associated - hidden.associated,
    reserved: all.reserved - hidden.reserved,
  };
}

/** Of the orders that do not exist for who sees no markup. */
function sumHidden(db: Db, { organizationId, products }: Owned) {
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
    .executeTakeFirstOrThrow();
}

export function loadServicesPage(
  db: Db,
  viewer: Viewer,
  { organizationId, products }: Owned,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<ServiceRecord[]> {
  return services(db)
    .where('s.organization_id', '=', organizationId)
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('s.order_id', viewer))
    .$if(products !== undefined, (query) =>
      query.where('s.product_id', 'in', products?.length ? [...products] : [-1]),
    )
    .orderBy('s.order_id')
    .orderBy('s.position')
    .offset(offset)
    .limit(limit)
    .execute();
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
