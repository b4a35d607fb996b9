/** Orders as they pile up over the years: each with a service that one user has a unit of. */
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../src/db/index.ts';

const FIRST_NUMBER = 1_000_000;
/** Every customer has this many orders; the one of the demo data gets them too. */
const A_CUSTOMER = 500;

/** Adds what is missing until there are `orders` of them, and has the database look at what it holds. */
export async function fillOrders(db: Db, orders: number, aCustomer = A_CUSTOMER): Promise<void> {
  // It is made faster at once than row by row.
  await sql`drop index orders_search`.execute(db);
  await inTransaction({ db }, async ({ db }) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from orders where number >= ${FIRST_NUMBER}`.execute(db);
    const from = rows[0]?.count ?? 0;
    await addCustomers(db, Math.ceil(orders / aCustomer));
    await addOrders(db, from, orders, aCustomer);
  });
  await sql`create index orders_search on orders using gin (trigrams(search))`.execute(db);
  await sql`analyze`.execute(db);
}

/** All orders are of the customer of the demo data; each is what an order can be. */
export async function fillOneCustomer(db: Db, orders: number): Promise<void> {
  await fillOrders(db, orders, orders);
  await sql`
    update orders set
      status = (array['Started', 'Completed', 'Completed', 'Completed', 'Draft', 'Completed with errors'])[1 + number % 6],
      description = case when number % 10 = 0 then 'Mailboxes for branch ' else 'Licences for team ' end || number % 97,
      created_by = 'Person ' || number % 31,
      note = case when number = ${FIRST_NUMBER + 501}::int then 'Look at only-this-one'
        when number % 20 = 0 then 'Ask again in month ' || number % 12 end
    where number >= ${FIRST_NUMBER}`.execute(db);
  await sql`
    insert into subscriptions (organization_id, service_id, quantity, status, admin_email, first_name, last_name,
      price_minor, currency)
    select o.organization_id, s.id, s.units, 'active', 'carla@contoso.example', 'Carla', 'Diaz', 199, 'EUR'
    from orders o join services s on s.order_id = o.id where o.number >= ${FIRST_NUMBER}`.execute(db);
  await sql`analyze`.execute(db);
}

async function addCustomers(db: Db, customers: number): Promise<void> {
  await sql`
    insert into organizations (kind, name, parent_id)
    select 'customer', 'Customer ' || n, (select id from organizations where kind = 'provider')
    from generate_series(1, ${customers}::int - 1) as n
    on conflict do nothing`.execute(db);
}

async function addOrders(db: Db, from: number, until: number, aCustomer: number): Promise<void> {
  const numbers = sql`generate_series(${from}::int, ${until}::int - 1) as n`;
  await sql`
    insert into orders (number, organization_id, name, description, status, created_by,
      created_by_organization_id, created_at, currency)
    select ${FIRST_NUMBER}::int + n, customer.id, 'Order', 'An order of old', 'Provisioning finished', 'Priya Raman',
      customer.id, timestamptz '2020-01-01' + n * interval '1 minute', 'EUR'
    from ${numbers}
    join (
      select id, row_number() over (order by id) - 1 as at from organizations where kind = 'customer'
    ) as customer on customer.at = n / ${aCustomer}::int`.execute(db);
  const added = sql`o.number >= ${FIRST_NUMBER + from} and o.number < ${FIRST_NUMBER + until}`;
  await sql`
    insert into services (order_id, position, product_id, units, associated)
    select o.id, 1, (select min(id) from products), 10, 1 from orders o where ${added}`.execute(db);
  await sql`
    insert into users (organization_id, email)
    select o.organization_id, 'user.' || o.number || '@old.example' from orders o where ${added}`.execute(db);
  await sql`
    insert into associations (service_id, user_id, units)
    select s.id, u.id, 1 from orders o
    join services s on s.order_id = o.id
    join users u on u.organization_id = o.organization_id and u.email = 'user.' || o.number || '@old.example'
    where ${added}`.execute(db);
}
