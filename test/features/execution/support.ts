/** Orders that are placed, and what they came to. */
import type { Edge } from '../../../src/chat/edge.ts';
import { type Db, inTransaction, type Tables } from '../../../src/db/index.ts';
import { startExecution } from '../../../src/features/execution/start.ts';
import type { Engine } from '../../support/database.ts';
import { channel, openTalk, type Talk, type Vendor } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

export type House = Talk & {
  readonly vendor: Vendor;
  /** The order has come to an end, for the first time or after so many retries. */
  ended(order: number, round?: number): Promise<string>;
  /** The letter to this address whose text holds this. */
  letter(to: string, part: string): Promise<string>;
};

/** Letters are seen among the posts. */
const NO_WHERE: Edge = {
  platform: 'mail',
  post: async (place) => ({ place, message: 'letter' }),
  update: async (sent) => sent,
};

/** A bot with a vendor that can be told what to refuse, mail, and a channel that hears of orders. */
export async function openHouse(engine: Engine): Promise<House> {
  const vendor: Vendor = { seconds: 0, fail: undefined };
  const talk = await openTalk(engine, undefined, vendor, async () => NO_WHERE);
  await talk.as('priya', channel('orders')).say('notify here orders');
  await addCustomer(talk.db, 'Adatum', 'Northwind Partners');
  return {
    ...talk,
    vendor,
    async ended(order, round = 0) {
      const { id } = await orderOf(talk.db, order);
      const post = await talk.waitForPost(({ key }) => key.startsWith(`order ${id} ended ${round} `));
      return post.reply.text;
    },
    async letter(to, part) {
      const post = await talk.waitForPost(
        ({ place, reply }) =>
          place.platform === 'mail' && place.conversation === to && reply.text.includes(part),
      );
      return post.reply.text;
    },
  };
}

const idOf = async (db: Db, table: 'products' | 'offerings', name: string) =>
  (await db.selectFrom(table).select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;

export async function enable(
  db: Db,
  of: string,
  offering: string,
  contact: { readonly email: string; readonly domain?: string; readonly isMigration?: boolean },
): Promise<void> {
  const organization_id = await organizationId(db, of);
  const details = {
    address_1: 'Street 1',
    city: 'Umeå',
    postal_code: '90325',
    country: 'SE',
    phone: '+4690123456',
    contact_first_name: 'Dana',
    contact_last_name: 'Dahl',
    contact_email: 'dana@adatum.example',
  };
  await db.updateTable('organizations').set(details).where('id', '=', organization_id).execute();
  await db
    .insertInto('enabled_offerings')
    .values({
      organization_id,
      offering_id: await idOf(db, 'offerings', offering),
      contact_name: 'Dana van Dahl',
      contact_email: contact.email,
      mpn_id: null,
      domain: contact.domain ?? null,
      is_migration: contact.isMigration ?? false,
      confirmed_by: 'Nora Lindgren',
      confirmed_at: new Date('2026-11-20T08:00:00Z'),
    })
    .execute();
}

export type TestLine = {
  readonly kind?: Tables['requested_changes']['kind'];
  readonly product?: string;
  readonly quantity?: number;
  /** `10023/1` */
  readonly service?: string;
  readonly price?: number;
  readonly configuration?: object;
};
type TestOrder = {
  readonly of: string;
  readonly offering: string;
  readonly lines: readonly TestLine[];
  readonly endCustomer?: object;
};

/** Places an order, as the basket does. Gives its number. */
export async function place(talk: Pick<Talk, 'ctx'>, order: TestOrder): Promise<number> {
  return inTransaction(talk.ctx(), async (ctx) => {
    const { db } = ctx;
    const { id, number } = await db
      .insertInto('orders')
      .values((eb) => ({
        number: eb.fn<number>('nextval', [eb.val('order_numbers')]),
        organization_id: eb.selectFrom('organizations').select('id').where('name', '=', order.of),
        name: 'Order #21-11-2026',
        description: `${order.offering} for ${order.of}`,
        status: 'Started',
        provider_status: null,
        error: null,
        created_by: 'Nora Lindgren',
        created_by_organization_id: eb
          .selectFrom('organizations')
          .select('id')
          .where('name', '=', 'Northwind Partners'),
        created_at: ctx.now,
        note: null,
        payment_details: null,
        add_ons: null,
        cost_minor: null,
        currency: 'EUR',
        markup_bp: 1500,
        end_customer: order.endCustomer === undefined ? null : JSON.stringify(order.endCustomer),
        purpose: order.endCustomer === undefined ? null : 'resale',
      }))
      .returning(['id', 'number'])
      .executeTakeFirstOrThrow();
    await db
      .updateTable('orders')
      .set({ offering_id: await idOf(db, 'offerings', order.offering) })
      .where('id', '=', id)
      .execute();
    for (const line of order.lines) await addLine(db, id, line);
    await startExecution(ctx, id);
    return Number(number);
  });
}

async function addLine(db: Db, order_id: number, line: TestLine): Promise<void> {
  const subscription = line.service === undefined ? undefined : await subscriptionOf(db, line.service);
  await db
    .insertInto('requested_changes')
    .values({
      order_id,
      kind: line.kind ?? 'new subscription',
      product_id: line.product === undefined ? null : await idOf(db, 'products', line.product),
      quantity: line.quantity ?? null,
      subscription_id: subscription?.id ?? null,
      price_minor: line.price ?? 2100,
      purchase_minor: 1900,
      configuration: line.configuration === undefined ? null : JSON.stringify(line.configuration),
    })
    .execute();
}

export const orderOf = (db: Db, number: number) =>
  db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

export async function subscriptionOf(db: Db, ref: string) {
  const [order, position] = ref.split('/').map(Number);
  return db
    .selectFrom('subscriptions as sub')
    .innerJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .selectAll('sub')
    .select(['s.units', 's.reserved', 's.associated'])
    .where('o.number', '=', order ?? 0)
    .where('s.position', '=', position ?? 0)
    .executeTakeFirstOrThrow();
}

/** The quantity and the status of a subscription at the vendor. */
export async function atVendor(db: Db, ref: string): Promise<string> {
  const { provider_subscription } = await subscriptionOf(db, ref);
  const row = await db
    .selectFrom('ledger_subscriptions')
    .select(['quantity', 'status'])
    .where('id', '=', provider_subscription ?? '')
    .executeTakeFirst();
  return row === undefined ? 'unknown' : `${row.quantity} ${row.status}`;
}

export async function lotsOf(db: Db, ref: string): Promise<number[]> {
  const { id } = await subscriptionOf(db, ref);
  const rows = await db
    .selectFrom('seat_lots')
    .select('quantity')
    .where('subscription_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ quantity }) => quantity);
}

/** `done: Invoice` */
export async function stepsOf(db: Db, number: number): Promise<string[]> {
  const { id } = await orderOf(db, number);
  const rows = await db
    .selectFrom('order_steps')
    .select(['state', 'title'])
    .where('order_id', '=', id)
    .orderBy('position')
    .execute();
  return rows.map(({ state, title }) => `${state}: ${title}`);
}

export async function invoicesOf(db: Db, number: number) {
  const { id } = await orderOf(db, number);
  const rows = await db.selectFrom('invoices').selectAll().where('order_id', '=', id).orderBy('id').execute();
  return rows.map(({ number: name, amount_minor, issued_at, due_at }) => ({
    number: name,
    amount: Number(amount_minor),
    days: Math.round((due_at.getTime() - issued_at.getTime()) / 86_400_000),
  }));
}
