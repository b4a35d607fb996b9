/** More subscriptions than are changed at once. */
import { sql } from 'kysely';
import type { Db } from '../../../src/db/index.ts';

export const MANY = 2_100;

/** So many subscriptions of Contoso, of which three are recorded and one is used. */
export async function subscribeMany(db: Db): Promise<void> {
  await sql`
    with made as (
      insert into orders (number, organization_id, name, description, status, created_by,
        created_by_organization_id, created_at, currency)
      select 500000 + n, o.id, 'Order', 'Many', 'Completed', 'Priya Raman', o.id, timestamptz '2026-01-01', 'EUR'
      from organizations o, generate_series(1, ${MANY}::int) n where o.name = 'Contoso'
      returning id, organization_id),
    served as (
      insert into services (order_id, position, product_id, units, associated)
      select id, 1, (select min(id) from products), 3, 1 from made returning id, order_id)
    insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
      price_minor, currency)
    select made.organization_id, served.id, 3, 'active', 'carla@contoso.example', 'Carla', 'Diaz', 199, 'EUR'
    from made join served on served.order_id = made.id`.execute(db);
}

/** Quantities that are still wrong, and what history tells of: each change once. */
export const changes = async (db: Db) => {
  const { rows } = await sql<{ wrong: number; entries: number }>`
    select
      (select count(*)::int from subscriptions sub join services s on s.id = sub.service_id
        where sub.status = 'active' and sub.quantity <> s.associated) as wrong,
      (select count(*)::int from history where kind = 'reconciliation') as entries`.execute(db);
  return rows[0];
};
