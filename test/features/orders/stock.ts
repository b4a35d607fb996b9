/** Orders beside those of the demo data. */
import type { Db, Tables } from '../../../src/db/index.ts';

export const MESSAGING = 'UniversalMessaging Small Business Edition (1GB)';
export const OFFICE = 'Office 365 E3';
export const WEBEX = 'Webex Suite';

type Kind = Tables['requested_changes']['kind'];
type Order = {
  readonly number: number;
  readonly of: string;
  readonly status?: string;
  readonly changes?: readonly Kind[];
  /** Product and units of each service. */
  readonly services?: readonly (readonly [product: string, units: number])[];
  readonly at?: string;
  readonly by?: string;
  readonly note?: string;
};

export async function organizationId(db: Db, name: string): Promise<number> {
  const row = await db
    .selectFrom('organizations')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function addCustomer(db: Db, name: string, parent: string): Promise<void> {
  const parent_id = await organizationId(db, parent);
  await db.insertInto('organizations').values({ kind: 'customer', name, parent_id }).execute();
}

export async function addOrder(db: Db, order: Order): Promise<void> {
  const organization_id = await organizationId(db, order.of);
  const { id } = await db
    .insertInto('orders')
    .values({
      number: order.number,
      organization_id,
      name: `Order #${order.number}`,
      description: `Description of ${order.number}`,
      status: order.status ?? 'Completed',
      provider_status: null,
      error: null,
      created_by: order.by ?? 'Somebody Else',
      created_by_organization_id: organization_id,
      created_at: new Date(order.at ?? '2026-11-15T08:00:00Z'),
      note: order.note ?? null,
      payment_details: null,
      add_ons: null,
      cost_minor: null,
      currency: 'EUR',
      markup_bp: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addChanges(db, id, order.changes ?? ['new subscription']);
  await addServices(db, id, order.services ?? []);
}

async function addChanges(db: Db, order_id: number, kinds: readonly Kind[]): Promise<void> {
  const rows = kinds.map((kind) => ({ order_id, kind, product_id: null, quantity: null }));
  await db.insertInto('requested_changes').values(rows).execute();
}

async function addServices(
  db: Db,
  order_id: number,
  services: readonly (readonly [product: string, units: number])[],
): Promise<void> {
  const products = await db.selectFrom('products').select(['id', 'name']).execute();
  for (const [index, [name, units]] of services.entries()) {
    const product_id = products.find((product) => product.name === name)?.id ?? 0;
    await db
      .insertInto('services')
      .values({ order_id, position: index + 1, product_id, units })
      .execute();
  }
}
