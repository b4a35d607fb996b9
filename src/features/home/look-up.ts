// Orders that somebody shows to others.
import { findMember, type LookUp } from '../../bot/index.ts';
import type { Found, Lookups } from '../../chat/edge.ts';
import { searchOrders } from '../orders/choices/search.ts';
import { boundHere, reach, viewerHere } from '../organizations/view.ts';
import { drawn, type Ears, numberOfLink } from './listening.ts';
import { areOff, loadNumbered, type OrderRow } from './store.ts';

/** Orders by their number, or by anything that they are found by. */
export const lookUpOrders: LookUp = async (looking, words, { skip, most }) => {
  const here = await reach(looking);
  if (here === undefined) return [];
  const choices = (await searchOrders(looking, words, skip + most)).slice(skip);
  const numbers = choices.map(({ value }) => Number(value));
  const orders = await loadNumbered(looking.db, here.viewer, numbers);
  const inOrder = orders.toSorted((a, b) => numbers.indexOf(a.number) - numbers.indexOf(b.number));
  return shown(looking, inOrder);
};

/** The order that a link leads to, where the place belongs to its customer, or nobody else reads there. */
export function openLinkLookUp(ears: Omit<Ears, 'jobs' | 'clock'>): Lookups['ofLink'] {
  return async ({ person, place, url }) => {
    try {
      const { db, settings } = ears;
      const number = numberOfLink(ears, url);
      const member = number === undefined ? undefined : await findMember(db, person);
      if (number === undefined || member === undefined) return undefined;
      if (await areOff(db, place.platform, { conversation: place.conversation, person: person.id }))
        return undefined;
      const [order] = await loadNumbered(db, viewerHere({ member, place }), [number]);
      if (order === undefined) return undefined;
      if (place.kind !== 'personal' && (await boundHere({ db, place }))?.id !== order.customerId)
        return undefined;
      return (await shown({ db, settings }, [order]))[0];
    } catch (fault) {
      ears.report(fault, 'an order that a link leads to was not shown');
      return undefined;
    }
  };
}

async function shown(ctx: Parameters<typeof drawn>[0], orders: readonly OrderRow[]): Promise<Found[]> {
  const replies = await drawn(
    ctx,
    orders.map((order) => ({ order, alone: false })),
  );
  return orders.flatMap(({ id, number, customer }) => {
    const reply = replies.get(id);
    if (reply?.card === undefined) return [];
    const title = `${ctx.settings.orderPrefix}${number} · ${customer}`;
    // The title says which one it is, and there is little room for a line.
    const detail = reply.text.replace(/^\S+ of [^:]*: /, '');
    return [{ title, detail, card: reply.card }];
  });
}
