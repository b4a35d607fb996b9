import { type Asked, newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { viewerHere } from '../organizations/view.ts';
import { noOrder, orderForm, WHICH_ORDER } from './replies.ts';
import { parseOrderNumber } from './rules.ts';
import { loadOrder } from './store.ts';

type Wish = { readonly show: 'order' | 'services'; readonly order: string };

/** A command without the order that it needs. */
export const askForOrder = (show: Wish['show']): Reply => orderForm({ show, order: '', once: newOnce() });

/** The form that was sent: the order, as if its command had been typed, or the form with what is wrong. */
export async function openOrder(asked: Asked, wish: Wish): Promise<Reply> {
  const order = wish.order.trim();
  const error = await problemWithOrder(asked, order);
  if (error !== undefined) return orderForm({ ...wish, order, error, once: newOnce() });
  return { ...(await asked.again(asked, `${wish.show} ${order}`)), position: 'instead' };
}

/** What is wrong with what was typed for an order; nothing where it is one that can be seen here. */
export async function problemWithOrder(asked: Asked, word: string): Promise<string | undefined> {
  if (word === '') return WHICH_ORDER;
  const number = parseOrderNumber(asked.settings.orderPrefix, word);
  const order = number && (await loadOrder(asked.db, viewerHere(asked), number));
  return order ? undefined : noOrder(word);
}
