/** Orders of a customer at each point of their lives, and what runs on, with a word in all of it that is nowhere else. */
import type { Db } from '../../../src/db/index.ts';
import { OFFICE, organizationId } from '../orders/stock.ts';
import { FURNISHED_AT } from './furnish.ts';

/** The numbers of the orders of a customer: in the basket, waiting for approval, and failed. */
export type Ordered = {
  readonly draft: string;
  readonly machines: string;
  readonly waiting: string;
  readonly failed: string;
};

/** Orders at each point of their lives, from this number on. */
export async function order(db: Db, name: string, word: string, from: number): Promise<Ordered> {
  const add = orderOf(db, await organizationId(db, name), word);
  await add(from, 'Started', { kind: 'licences', at: 'basket' });
  const machines = await machinesOf(db, word);
  await add(from + 1, 'Started', machines);
  const waiting = await add(from + 2, 'Started', null);
  const failed = await add(from + 3, 'Provisioning failed', null);
  await db
    .insertInto('approvals')
    .values({
      order_id: waiting,
      requested_by: `${word} wisher`,
      requested_by_email: `wisher@${word}.example`,
      requested_at: FURNISHED_AT,
      expires_at: new Date('2027-11-20T08:00:00Z'),
      state: 'waiting',
      requested_by_member: null,
      place: null,
      decided_by: null,
      decided_by_email: null,
      decided_at: null,
      reason: null,
    })
    .execute();
  await db
    .insertInto('order_steps')
    .values({
      order_id: failed,
      position: 1,
      kind: 'tenant',
      title: `Tenant of ${word}`,
      state: 'failed',
      input: JSON.stringify({ round: 0, try: 0 }),
      result: null,
      error: `The vendor does not know ${word}`,
      started_at: FURNISHED_AT,
      finished_at: FURNISHED_AT,
    })
    .execute();
  const of = (ahead: number) => String(from + ahead);
  return { draft: of(0), machines: of(1), waiting: of(2), failed: of(3) };
}

/** Machines in the first region of the demo data, for an end customer. */
async function machinesOf(db: Db, word: string): Promise<object> {
  const region = await db.selectFrom('regions').select(['id', 'name']).executeTakeFirstOrThrow();
  const [profile, template] = await Promise.all([
    db
      .selectFrom('hardware_profiles')
      .select(['id', 'name'])
      .where('region_id', '=', region.id)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('machine_templates')
      .select(['id', 'name'])
      .where('region_id', '=', region.id)
      .executeTakeFirstOrThrow(),
  ]);
  return {
    kind: 'machines',
    region,
    machines: [{ profile, template: { ...template, name: `${word} template` }, quantity: 3 }],
    extraStorageGb: 7,
    vpn: 1,
    ipv4: 2,
  };
}

const orderOf =
  (db: Db, organization_id: number, word: string) =>
  async (number: number, status: string, draft: object | null): Promise<number> => {
    const isMachines = draft !== null && 'region' in draft;
    const offering = await db
      .selectFrom('offerings')
      .select('id')
      .where('name', '=', isMachines ? 'Azure Pack' : 'Microsoft O365')
      .executeTakeFirstOrThrow();
    const { id } = await db
      .insertInto('orders')
      .values({
        number,
        organization_id,
        name: `${word} order`,
        description: `For ${word}`,
        status,
        provider_status: null,
        error: status === 'Provisioning failed' ? `The vendor does not know ${word}` : null,
        created_by: `${word} wisher`,
        created_by_organization_id: organization_id,
        created_at: FURNISHED_AT,
        note: `Note on ${word}`,
        payment_details: `${word} pays`,
        add_ons: null,
        cost_minor: null,
        currency: 'EUR',
        markup_bp: 4100,
        offering_id: offering.id,
        purpose: isMachines ? 'resale' : null,
        end_customer: isMachines ? JSON.stringify({ company: word, email: `end@${word}.example` }) : null,
        draft: draft === null ? null : JSON.stringify(draft),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await addLine(db, id, isMachines ? 'Azure Pack virtual machines' : OFFICE, word);
    await db
      .insertInto('invoices')
      .values({
        number: `invoice-${word}-${number}`,
        order_id: id,
        organization_id,
        amount_minor: 8899,
        currency: 'EUR',
        lines: JSON.stringify([{ text: word, minor: 8899 }]),
        issued_at: FURNISHED_AT,
        due_at: FURNISHED_AT,
      })
      .execute();
    return id;
  };

async function addLine(db: Db, order_id: number, product: string, word: string): Promise<void> {
  const { id } = await db
    .selectFrom('products')
    .select('id')
    .where('name', '=', product)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('requested_changes')
    .values({
      order_id,
      kind: 'new subscription',
      product_id: id,
      quantity: 1,
      purchase_minor: 6137,
      price_minor: 8899,
      markup_bp: 4100,
      error: `Nothing for ${word}`,
    })
    .execute();
}

/** What the built-in provider knows of a customer, and what runs on with its lots. */
export async function furnishLedger(db: Db, name: string, word: string): Promise<void> {
  await db
    .insertInto('ledger_accounts')
    .values({
      id: `account-${word}`,
      role: 'User',
      user_name: `portal@${word}.example`,
      company: word,
      parent_id: null,
    })
    .execute();
  await db
    .insertInto('ledger_tenants')
    .values({
      domain: `${word}.onmicrosoft.com`,
      account_id: `account-${word}`,
      admin_user_name: `admin@${word}.onmicrosoft.com`,
      alternative_email: `sent@${word}.example`,
      credentials_given_at: null,
    })
    .execute();
  const organization = await organizationId(db, name);
  const running = await db
    .selectFrom('subscriptions')
    .select(['id', 'quantity'])
    .where('organization_id', '=', organization)
    .where('provider_subscription', 'is', null)
    .execute();
  for (const { id, quantity } of running) {
    const provider_subscription = `running-${word}-${id}`;
    await db
      .insertInto('ledger_subscriptions')
      .values({
        id: provider_subscription,
        account_id: `account-${word}`,
        domain: `${word}.onmicrosoft.com`,
        sku: 'O365-E3',
        quantity,
        status: 'active',
        co_administrator_id: null,
        configuration: null,
      })
      .execute();
    await db
      .insertInto('seat_lots')
      .values({ subscription_id: id, quantity, added_at: FURNISHED_AT })
      .execute();
    await db
      .updateTable('subscriptions')
      .set({ provider_subscription, co_administrator: `co@${word}.example`, started_at: FURNISHED_AT })
      .where('id', '=', id)
      .execute();
  }
}
