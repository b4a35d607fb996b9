/** What the tests of reconciliation count: four active subscriptions, three of them wrong, and one that is suspended. */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { Asked, Working } from '../../../src/bot/index.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { splitWords } from '../../../src/chat/words.ts';
import type { Db } from '../../../src/db/index.ts';
import { reconciliation } from '../../../src/features/reconciliation/index.ts';
import { contoso, ctxOf, fabrikam, furnish, type House, openHouse, subscribe } from './setup.ts';

/** When the run of November is due, in Berlin at six. */
export const DUE = '2026-11-25T05:00:00.000Z';

/** The ids of the subscriptions. */
export type Stock = Awaited<ReturnType<typeof stock>>;

export let db: Db;
export let ids: Stock;

/** Each test begins in a house with this stock in it, at `db`. */
export function withStock() {
  let house: House;
  before(async () => {
    house = await openHouse();
    db = house.db;
  });
  after(() => house.close());
  beforeEach(async () => {
    await furnish(db);
    ids = await stock(db);
  });
}

async function stock(db: Db) {
  const ofContoso = { of: contoso, order: 10023 } as const;
  const ofFabrikam = { of: fabrikam, order: 10028 } as const;
  return {
    messaging: await subscribe(db, { ...ofContoso, product: 'Messaging', quantity: 3, used: 3 }),
    office: await subscribe(db, {
      ...ofContoso,
      position: 2,
      product: 'Office 365 E3',
      quantity: 1,
      used: 2,
      priceMinor: 1260,
    }),
    webex: await subscribe(db, {
      ...ofContoso,
      position: 3,
      product: 'Webex Suite',
      quantity: 10,
      used: 2,
      priceMinor: 1000,
    }),
    suspended: await subscribe(db, {
      ...ofContoso,
      position: 4,
      product: 'Storage',
      quantity: 9,
      used: 1,
      status: 'suspended',
    }),
    fabrikam: await subscribe(db, {
      ...ofFabrikam,
      product: 'Webex Suite',
      quantity: 5,
      used: 0,
      priceMinor: 900,
      currency: 'USD',
    }),
  };
}

export async function say(asked: Asked, text: string): Promise<Reply> {
  const [command] = reconciliation.commands;
  assert.ok(command && 'read' in command);
  const carryOut = await command.read(asked, splitWords(text).slice(1), []);
  return carryOut(asked);
}

/** Has the work done that the clock asked for at `due`. */
export async function tick(db: Db, due = DUE, now = due): Promise<void> {
  await work(db, { due }, now);
  await workOff(db, now);
}

/** Has the work done that is left of all runs. */
export async function workOff(db: Db, now = DUE): Promise<void> {
  const left = await db
    .selectFrom('reconciliation_runs')
    .select('id')
    .where('finished_at', 'is', null)
    .orderBy('id')
    .execute();
  for (const { id } of left) await work(db, { run: id }, now);
}

export function workingAt(db: Db, now: string): Working {
  const providers = (): never => {
    throw new Error('reconciliation asks no provider');
  };
  return {
    ...ctxOf(db, now),
    post: () => Promise.reject(new Error('a feature never sends')),
    quiet: async () => undefined,
    clock: () => new Date(now),
    providers,
  };
}

async function work(db: Db, data: object, now: string): Promise<void> {
  const [queue] = reconciliation.work ?? [];
  assert.ok(queue);
  await queue.handle(workingAt(db, now), data, false);
}
