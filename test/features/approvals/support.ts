/** Orders that wait for approval, in the order in which they are asked for. */
import { randomUUID } from 'node:crypto';
import { type Asked, findMember } from '../../../src/bot/index.ts';
import type { Person, Place } from '../../../src/chat/place.ts';
import { inTransaction } from '../../../src/db/index.ts';
import { askApproval } from '../../../src/features/approvals/ask.ts';
import { PEOPLE, type Talk } from '../../support/talk.ts';
import { OFFICE, organizationId, WEBEX } from '../orders/stock.ts';

export type Pending = { readonly id: number; readonly number: number; readonly word: string };
export type Waiting = Pending & { readonly expiresAt: Date; readonly told: number; readonly by: string };

type Wanted = {
  readonly of?: string;
  readonly by?: keyof typeof PEOPLE;
  readonly place?: Place;
  readonly items?: readonly (readonly [product: string, units: number, purchase: number, price: number])[];
};

export const personal = (who: string): Place => ({
  platform: 'test',
  conversation: `personal:${who}`,
  kind: 'personal',
  name: who,
});

/** An order as it is in the basket: 5 × Office and 2 × Webex, 142.50 a month for the customer, 120.00 for its reseller. */
export async function addStarted(talk: Talk, { of = 'Contoso', items }: Wanted = {}): Promise<Pending> {
  const { db } = talk;
  const organization_id = await organizationId(db, of);
  const { last } = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirstOrThrow();
  const number = Number(last) + 1;
  const { id } = await db
    .insertInto('orders')
    .values({
      number,
      organization_id,
      name: `Order #${number}`,
      description: 'For the new branch',
      status: 'Started',
      provider_status: null,
      error: null,
      created_by: 'Carla Diaz',
      created_by_organization_id: organization_id,
      created_at: talk.ctx().now,
      note: null,
      payment_details: null,
      add_ons: null,
      cost_minor: 14_250,
      currency: 'EUR',
      markup_bp: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const products = await db.selectFrom('products').select(['id', 'name']).execute();
  const lines = items ?? [
    [OFFICE, 5, 2000, 2350],
    [WEBEX, 2, 1000, 1250],
  ];
  await db
    .insertInto('requested_changes')
    .values(
      lines.map(([name, quantity, purchase_minor, price_minor]) => ({
        order_id: id,
        kind: 'new subscription' as const,
        product_id: products.find((product) => product.name === name)?.id ?? null,
        quantity,
        purchase_minor,
        price_minor,
      })),
    )
    .execute();
  return { id, number, word: String(number) };
}

/** The same, placed by somebody who may not decide on it themselves. */
export async function addWaiting(talk: Talk, wanted: Wanted = {}): Promise<Waiting> {
  const order = await addStarted(talk, wanted);
  return { ...order, ...(await askFor(talk, order, wanted)) };
}

export async function askFor(talk: Talk, { id }: Pending, { by = 'carla', place }: Wanted = {}) {
  const asked = await askedBy(talk, by, place ?? personal(by));
  return inTransaction(asked, (inside) => askApproval(inside, id));
}

export async function askedBy(talk: Talk, who: keyof typeof PEOPLE, place: Place): Promise<Asked> {
  const person: Person = { platform: 'test', id: who, name: who, email: PEOPLE[who] };
  const member = await findMember(talk.db, person);
  if (member === undefined) throw new Error(`${who} is no member.`);
  return {
    ...talk.ctx(),
    actor: { kind: 'person', name: member.name, memberId: member.id, role: member.role, email: PEOPLE[who] },
    person,
    place,
    member,
    text: randomUUID(),
    again: async () => {
      throw new Error('Nothing is asked again.');
    },
  };
}

export async function statusOf({ db }: Pick<Talk, 'db'>, { id }: Pending): Promise<string> {
  const row = await db.selectFrom('orders').select('status').where('id', '=', id).executeTakeFirstOrThrow();
  return row.status;
}

export async function stateOf({ db }: Pick<Talk, 'db'>, { id }: Pending): Promise<string> {
  const row = await db
    .selectFrom('approvals')
    .select('state')
    .where('order_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.state;
}

/** What was written down of the approval of an order. */
export async function historyOf({ db }: Pick<Talk, 'db'>, { id }: Pending): Promise<string[]> {
  const rows = await db
    .selectFrom('history')
    .select(['actor_name', 'summary'])
    .where('order_id', '=', id)
    .where('kind', '=', 'approval')
    .orderBy('id')
    .execute();
  return rows.map(({ actor_name, summary }) => `${actor_name}: ${summary}`);
}
