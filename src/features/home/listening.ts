// What people write to each other: the orders they name are shown to them, or to all where the channel belongs to the customer.
import type { OrderStatus } from '../../../cards/status.ts';
import {
  actorOf,
  boundCustomer,
  type Ctx,
  claim,
  findMember,
  type OnceKey,
  type Settings,
  unclaim,
} from '../../bot/index.ts';
import type { Home, Listening, Preview } from '../../chat/edge.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Db, inTransaction } from '../../db/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { viewerHere } from '../organizations/view.ts';
import { preview } from './replies.ts';
import { itemsOf, MOST_NUMBERS, numberOfPath, numbersIn } from './rules.ts';
import { areOff, loadItems, loadNumbered, loadUnits, type OrderRow } from './store.ts';

/** The same order is not shown once more before that: to the same person, or in the same conversation where all see it. */
const QUIET_SECONDS = 60 * 60;
const MOST_ITEMS = 3;

export type Ears = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly settings: Settings;
  /** The bot's own address. */
  readonly base: string | undefined;
  readonly clock: () => Date;
  readonly report: (fault: unknown, what: string) => void;
};

export function openListening(ears: Ears): Listening {
  const prefix = ears.settings.orderPrefix;
  return {
    numbersIn: (text) => few(numbersIn(prefix, text)),
    numbersOfLink(url) {
      const number = numberOfLink(ears, url);
      return number === undefined ? [] : [String(number)];
    },
    async previews(heard) {
      try {
        return await previewsFor(ears, heard);
      } catch (fault) {
        ears.report(fault, 'an order that was named was not shown');
        return [];
      }
    },
  };
}

export function numberOfLink(
  { base, settings }: Pick<Ears, 'base' | 'settings'>,
  url: string,
): number | undefined {
  if (base === undefined || !url.startsWith(`${base}/`)) return undefined;
  return numberOfPath(settings.orderPrefix, url.slice(base.length));
}

/** Who writes many of them writes a list. */
const few = (numbers: readonly number[]): string[] =>
  numbers.length > MOST_NUMBERS ? [] : numbers.map(String);

type Heard = Home & { readonly numbers: readonly string[] };

async function previewsFor(ears: Ears, { person, place, numbers }: Heard): Promise<Preview[]> {
  const { db, jobs, settings, clock } = ears;
  if (numbers.length > MOST_NUMBERS) return [];
  const member = await findMember(db, person);
  if (member === undefined) return [];
  if (await areOff(db, place.platform, { conversation: place.conversation, person: person.id })) return [];
  const ctx: Ctx = { db, jobs, settings, now: clock(), actor: actorOf(member, person) };
  const viewer = viewerHere({ member, place });
  const orders = await loadNumbered(db, viewer, numbers.map(Number));
  const owner = place.kind === 'personal' ? undefined : await boundCustomer(db, place);
  const found = orders.map((order) => ({ order, alone: owner?.id !== order.customerId }));
  const fresh = await notShownOfLate(ctx, { person, place }, found);
  const replies = await drawn(ctx, fresh);
  return fresh.flatMap(({ order, key }) => {
    const reply = replies.get(order.id);
    const notShown = () => giveBack(ears, key, person.id, ctx.now);
    return reply === undefined ? [] : [{ number: String(order.number), reply, notShown }];
  });
}

/** `alone`: it is for who named it. */
type Named = { readonly order: OrderRow; readonly alone: boolean };
type Fresh = Named & { readonly key: OnceKey };

/** Of these the ones that were not shown within the hour to whom they are for; from now on they were. */
function notShownOfLate(ctx: Ctx, { person, place }: Home, found: readonly Named[]): Promise<Fresh[]> {
  return inTransaction(ctx, async ({ db, now }) => {
    const fresh: Fresh[] = [];
    for (const { order, alone } of found) {
      const here = `named:${place.platform}:${place.conversation}:${order.number}`;
      const key = { key: alone ? `${here}:${person.id}` : here, seconds: QUIET_SECONDS };
      const earlier = await claim(db, [key], person.id, now);
      if (earlier === undefined) fresh.push({ order, alone, key });
    }
    return fresh;
  });
}

async function giveBack({ db, report }: Ears, key: OnceKey, person: string, at: Date): Promise<void> {
  await unclaim(db, key, person, at).catch((fault: unknown) =>
    report(fault, 'an order that could not be shown counts as shown'),
  );
}

export async function drawn(
  { db, settings }: Pick<Ctx, 'db' | 'settings'>,
  named: readonly Named[],
): Promise<ReadonlyMap<number, Reply>> {
  if (named.length === 0) return new Map();
  const ids = named.map(({ order }) => order.id);
  const [items, units] = [await loadItems(db, ids), await loadUnits(db, ids)];
  const replies = named.map(({ order, alone }) => {
    const reply = preview({
      organization: order.customer,
      number: `${settings.orderPrefix}${order.number}`,
      short: String(order.number),
      items: itemsOf(
        items.filter(({ orderId }) => orderId === order.id),
        MOST_ITEMS,
      ),
      status: order.status as OrderStatus,
      waits: order.waits,
      units: units.find(({ orderId }) => orderId === order.id),
      alone,
    });
    return [order.id, reply] as const;
  });
  return new Map(replies);
}
