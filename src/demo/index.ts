// The demo data: fixed, so that documentation and checks can name it.
import { type Db, inTransaction } from '../db/index.ts';
import { addCatalog, enableOfferings } from './catalog.ts';
import { addToLedger } from './ledger.ts';
import { ASSOCIATIONS, type DemoOrder, MESSAGING, ORDERS, PRICES } from './orders.ts';
import { ADDRESSES, DOMAINS } from './organizations.ts';

const day = (date: string) => new Date(`${date}T09:30:00Z`);

/** Fills an empty database; one that holds organizations is left alone. */
export async function addDemoData(db: Db): Promise<void> {
  await inTransaction({ db }, async ({ db }) => {
    const some = await db.selectFrom('organizations').select('id').limit(1).executeTakeFirst();
    if (some !== undefined) return;
    const organizations = await addOrganizations(db);
    if (organizations === undefined) return;
    await addMembers(db, organizations);
    const products = await addProducts(db);
    await addCatalog(db);
    await enableOfferings(db, organizations);
    await addOrders(db, organizations, products);
    await addSubscriptions(db, organizations);
    await addToLedger(db);
  });
}

type Ids = Readonly<Record<string, number>>;

async function addOrganizations(db: Db) {
  const add = async (kind: 'reseller' | 'customer', name: string, parent_id: number) => {
    const row = await db
      .insertInto('organizations')
      .values({ kind, name, parent_id, ...ADDRESSES[name] })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };
  const provider = await addProvider(db, 'HamaraCloud');
  if (provider === undefined) return undefined;
  const northwind = await add('reseller', 'Northwind Partners', provider);
  const contoso = await add('customer', 'Contoso', northwind);
  const fabrikam = await add('customer', 'Fabrikam', provider);
  const domains = DOMAINS.map(([domain, of]) => ({ domain, organization_id: { contoso, fabrikam }[of] }));
  await db.insertInto('domains').values(domains).execute();
  return { provider, northwind, contoso, fabrikam };
}
type Organizations = NonNullable<Awaited<ReturnType<typeof addOrganizations>>>;

/** Nothing where another copy of the bot, started at the same time, is the one that fills the database. */
async function addProvider(db: Db, name: string): Promise<number | undefined> {
  const row = await db
    .insertInto('organizations')
    .values({ kind: 'provider', name, parent_id: null, ...ADDRESSES[name] })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

async function addMembers(db: Db, { provider, northwind, contoso }: Organizations): Promise<void> {
  await db
    .insertInto('members')
    .values([
      {
        organization_id: provider,
        role: 'provider admin',
        name: 'Priya Raman',
        email: 'priya@hamaracloud.example',
      },
      {
        organization_id: provider,
        role: 'account manager',
        name: 'Arjun Mehta',
        email: 'arjun@hamaracloud.example',
      },
      {
        organization_id: northwind,
        role: 'reseller admin',
        name: 'Nora Lindgren',
        email: 'nora@northwind.example',
      },
      {
        organization_id: contoso,
        role: 'customer admin',
        name: 'Carla Diaz',
        email: 'carla@contoso.example',
      },
      { organization_id: contoso, role: 'customer', name: 'Chris Young', email: 'chris@contoso.example' },
    ])
    .execute();
}

async function addProducts(db: Db): Promise<Ids> {
  const rows = await db
    .insertInto('products')
    .values([
      { name: MESSAGING, provider: 'ledger', max_units_per_user: null },
      { name: 'Office 365 E3', provider: 'ledger', max_units_per_user: 1 },
      {
        name: 'Webex Suite',
        provider: 'ledger',
        max_units_per_user: 1,
        is_package: true,
        has_calling: true,
        has_meetings: true,
      },
    ])
    .returning(['id', 'name'])
    .execute();
  return Object.fromEntries(rows.map(({ id, name }) => [name, id]));
}

async function addOrders(db: Db, organizations: Organizations, products: Ids): Promise<void> {
  for (const order of ORDERS) {
    const id = await addOrder(db, organizations, order);
    const lines = order.items.map(([product, units]) => ({ product_id: products[product] ?? 0, units }));
    const changes = lines.map(({ product_id, units }) => ({ product_id, quantity: units }));
    await db
      .insertInto('requested_changes')
      .values(
        (changes.length > 0 ? changes : [{ product_id: null, quantity: null }]).map((change) => ({
          order_id: id,
          kind: order.change,
          ...change,
        })),
      )
      .execute();
    if (order.delivered) {
      const services = lines.map((line, index) => ({ order_id: id, position: index + 1, ...line }));
      await db.insertInto('services').values(services).execute();
    }
    if (order.number === 10023) await addAssociations(db, organizations.contoso, id);
  }
}

async function addOrder(db: Db, organizations: Organizations, order: DemoOrder): Promise<number> {
  const created = day(order.at);
  const row = await db
    .insertInto('orders')
    .values({
      number: order.number,
      organization_id: organizations[order.of],
      name: `Order #${order.at.split('-').reverse().join('-')}`,
      description: order.description,
      status: order.status,
      provider_status: order.vendor ?? null,
      error: order.error ?? null,
      created_by: order.by[0],
      created_by_organization_id: organizations[order.by[1]],
      created_by_member: db
        .selectFrom('members')
        .select('id')
        .where('name', '=', order.by[0])
        .where('organization_id', '=', organizations[order.by[1]]),
      created_at: created,
      note: order.note ?? null,
      payment_details: order.cost === undefined ? null : 'Invoice, 30 days',
      add_ons: null,
      cost_minor: order.cost ?? null,
      currency: 'EUR',
      markup_bp: order.markup === undefined ? null : order.markup * 100,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('history')
    .values({
      at: created,
      actor: JSON.stringify({ kind: 'job', name: 'demo data' }),
      actor_name: order.by[0],
      member_id: null,
      platform: null,
      conversation: null,
      organization_id: organizations[order.of],
      order_id: row.id,
      kind: order.change === 'markup change' ? 'markup change' : 'order',
      summary:
        order.change === 'markup change' ? 'Changed the markup' : `Created the order (${order.status})`,
      before: null,
      after: null,
      undo: null,
      undone_by: null,
    })
    .execute();
  return row.id;
}

async function addAssociations(db: Db, contoso: number, orderId: number): Promise<void> {
  const services = await db.selectFrom('services').selectAll().where('order_id', '=', orderId).execute();
  for (const [position, email, units] of ASSOCIATIONS) {
    const user = await db
      .insertInto('users')
      .values({ organization_id: contoso, email })
      .onConflict((conflict) => conflict.columns(['organization_id', 'email']).doUpdateSet({ email }))
      .returning('id')
      .executeTakeFirstOrThrow();
    const service = services.find((one) => one.position === position);
    if (service === undefined) throw new Error(`The demo order has no service ${position}.`);
    await db.insertInto('associations').values({ service_id: service.id, user_id: user.id, units }).execute();
    await db
      .updateTable('services')
      .set((eb) => ({ associated: eb('associated', '+', units) }))
      .where('id', '=', service.id)
      .execute();
  }
}

/** What runs on after the orders: one subscription a service. */
async function addSubscriptions(db: Db, { contoso }: Organizations): Promise<void> {
  const services = await db
    .selectFrom('services as s')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['s.id', 's.units', 'p.name'])
    .execute();
  await db
    .insertInto('subscriptions')
    .values(
      services.map(({ id, units, name }) => ({
        organization_id: contoso,
        service_id: id,
        quantity: units,
        status: 'active' as const,
        admin_email: 'carla@contoso.example',
        first_name: 'Carla',
        last_name: 'Diaz',
        tenant_name: 'contoso.onmicrosoft.com',
        price_minor: PRICES[name] ?? 0,
        currency: 'EUR',
      })),
    )
    .execute();
}
