/** A database of its own with a provider, a reseller, their customers and what they subscribed to. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Asked, Ctx, Member, Organization } from '../../../src/bot/index.ts';
import { type Db, migrate, openEmbedded } from '../../../src/db/index.ts';

export type House = { readonly db: Db; close(): Promise<void> };

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-test-'));
  const opened = await openEmbedded(folder);
  await migrate(opened.db);
  return {
    db: opened.db,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const provider: Organization = { id: 1, kind: 'provider', name: 'HamaraCloud' };
export const northwind: Organization = { id: 2, kind: 'reseller', name: 'Northwind Partners' };
export const contoso: Organization = { id: 3, kind: 'customer', name: 'Contoso' };
export const fabrikam: Organization = { id: 4, kind: 'customer', name: 'Fabrikam' };
export const litware: Organization = { id: 5, kind: 'reseller', name: 'Litware' };
const PARENTS = new Map([
  [northwind.name, provider],
  [litware.name, provider],
  [contoso.name, northwind],
  [fabrikam.name, provider],
]);

/** Empties the house and lets the organizations move in, in the order of their ids. */
export async function furnish(db: Db): Promise<void> {
  await sql`truncate organizations, products, deliveries restart identity cascade`.execute(db);
  for (const { kind, name } of [provider, northwind, contoso, fabrikam, litware]) {
    const parent_id = PARENTS.get(name)?.id ?? null;
    await db.insertInto('organizations').values({ kind, name, parent_id }).execute();
  }
}

type Subscribed = {
  readonly of: Organization;
  readonly order: number;
  readonly position?: number;
  readonly product: string;
  readonly quantity: number;
  readonly used: number;
  readonly status?: 'active' | 'suspended' | 'cancelled';
  readonly priceMinor?: number;
  readonly currency?: string;
  readonly tenant?: string;
};

/** One subscription with its order, service and product. Gives its id. */
export async function subscribe(db: Db, of: Subscribed): Promise<number> {
  const order_id = await orderOf(db, of);
  const product = await db
    .insertInto('products')
    .values({ name: of.product, provider: 'ledger', max_units_per_user: null })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ provider: 'ledger' }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const service = await db
    .insertInto('services')
    .values({ order_id, position: of.position ?? 1, product_id: product.id, units: 100, associated: of.used })
    .returning('id')
    .executeTakeFirstOrThrow();
  const subscription = await db
    .insertInto('subscriptions')
    .values({
      organization_id: of.of.id,
      service_id: service.id,
      quantity: of.quantity,
      status: of.status ?? 'active',
      admin_email: 'alice@contoso.example',
      first_name: 'Alice',
      last_name: 'Ahlberg',
      tenant_name: of.tenant ?? null,
      price_minor: of.priceMinor ?? 100,
      currency: of.currency ?? 'EUR',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return subscription.id;
}

async function orderOf(db: Db, { order, of }: Subscribed): Promise<number> {
  const row = await db
    .insertInto('orders')
    .values({
      number: order,
      organization_id: of.id,
      name: 'Order',
      description: '',
      status: 'Completed',
      provider_status: null,
      error: null,
      created_by: 'Nora',
      created_by_organization_id: of.id,
      created_at: new Date('2026-03-11T09:30:00Z'),
      note: null,
      payment_details: null,
      add_ons: null,
      cost_minor: null,
      currency: 'EUR',
      markup_bp: null,
    })
    .onConflict((conflict) => conflict.column('number').doUpdateSet({ name: 'Order' }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A channel that asked for notices of reconciliations on behalf of an organization. */
export async function bindChannel(db: Db, conversation: string, to: Organization): Promise<void> {
  const place = JSON.stringify({ platform: 'console', conversation, kind: 'channel', name: conversation });
  await db
    .insertInto('notice_channels')
    .values({
      platform: 'console',
      conversation,
      kind: 'reconciliation',
      place,
      organization_id: to.id,
      asked_by: 'Nora',
    })
    .execute();
}

export type Enqueued = { readonly queue: string; readonly data: object };

export function ctxOf(db: Db, now: string, enqueued: Enqueued[] = []): Ctx {
  return {
    db,
    now: new Date(now),
    jobs: {
      enqueue: async (_db, queue, data) => void enqueued.push({ queue, data }),
      work: async () => undefined,
      stop: async () => undefined,
    },
    settings: {
      orderPrefix: 'HAMARACLOUD',
      bulkBatchRows: 1000,
      bulkMaxFileMb: 25,
      approvalHours: 72,
      reconcileCron: '0 6 25 * *',
      reconcileTimezone: 'Europe/Berlin',
      mail: false,
    },
    actor: { kind: 'job', name: 'test' },
  };
}

const ROLE_OF = {
  provider: 'provider admin',
  reseller: 'reseller admin',
  customer: 'customer admin',
} as const;

/** Somebody of that organization, asking in a personal chat. */
export function askedBy(db: Db, organization: Organization, now: string): Asked {
  const role = ROLE_OF[organization.kind];
  const member: Member = { id: null, name: 'Paula', role, organization };
  return {
    ...ctxOf(db, now),
    actor: { kind: 'person', name: member.name, memberId: member.id, role },
    person: { platform: 'console', id: 'paula', name: 'Paula' },
    place: { platform: 'console', conversation: 'c1', kind: 'personal', name: '' },
    member,
    text: '',
    again: async () => {
      throw new Error('nothing is asked again here');
    },
  };
}
