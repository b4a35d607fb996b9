// What people write to each other: the orders they name are shown to them, or to all where the channel belongs to the customer.
import type { OrderStatus } from '../../../cards/status.ts';
import { actorOf, boundCustomer, type Ctx, claim, findMember, type Settings } from '../../bot/index.ts';
import type { Home, Listening, Preview } from '../../chat/edge.ts';
import { type Db, inTransaction } from '../../db/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { viewerHere } from '../organizations/view.ts';
import { preview } from './replies.ts';
import { itemsOf, MOST_NUMBERS, numberOfPath, numbersIn } from './rules.ts';
import { areOff, loadItems, loadNumbered, loadUnits, type OrderRow } from './store.ts';

/** The same order is not shown once more in the same conversation before that. */
const QUIET_SECONDS = 60 * 60;
const MOST_ITEMS = 3;

type Ears = {
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
      if (ears.base === undefined || !url.startsWith(`${ears.base}/`)) return [];
      const number = numberOfPath(prefix, url.slice(ears.base.length));
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

/** Who writes many of them writes a list. */
const few = (numbers: readonly number[]): string[] =>
  numbers.length > MOST_NUMBERS ? [] : numbers.map(String);

type Heard = Home & { readonly numbers: readonly string[] };

async function previewsFor(
  { db, jobs, settings, clock }: Ears,
  { person, place, numbers }: Heard,
): Promise<Preview[]> {
  const member = await findMember(db, person);
  if (member === undefined) return [];
  if (await areOff(db, place.platform, { conversation: place.conversation, person: person.id })) return [];
  const ctx: Ctx = { db, jobs, settings, now: clock(), actor: actorOf(member, person) };
  const viewer = viewerHere({ member, place });
  const found = await loadNumbered(db, viewer, numbers.map(Number));
  const fresh = await notShownOfLate(ctx, { person, place }, found);
  return drawn(ctx, { person, place }, fresh);
}

/** Of these the ones that were not shown here within the hour; from now on they were. */
function notShownOfLate(ctx: Ctx, { person, place }: Home, orders: readonly OrderRow[]): Promise<OrderRow[]> {
  return inTransaction(ctx, async ({ db, now }) => {
    const fresh: OrderRow[] = [];
    for (const order of orders) {
      const key = `named:${place.platform}:${place.conversation}:${order.number}`;
      const earlier = await claim(db, [{ key, seconds: QUIET_SECONDS }], person.id, now);
      if (earlier === undefined) fresh.push(order);
    }
    return fresh;
  });
}

async function drawn(
  { db, settings }: Ctx,
  { place }: Home,
  orders: readonly OrderRow[],
): Promise<Preview[]> {
  if (orders.length === 0) return [];
  const ids = orders.map(({ id }) => id);
  const [items, units] = [await loadItems(db, ids), await loadUnits(db, ids)];
  const owner = place.kind === 'personal' ? undefined : await boundCustomer(db, place);
  return orders.map((order) => {
    const alone = owner?.id !== order.customerId;
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
    return { number: String(order.number), reply };
  });
}
