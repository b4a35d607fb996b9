import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { viewerHere } from '../organizations/view.ts';
import { noNumber, whichOrder } from './replies.ts';
import { bareNumbersIn, numbersIn } from './rules.ts';
import { loadNumbered, type OrderRow } from './store.ts';

const MOST_CHOICES = 20;

/** The orders that a message names: the one there is, or which of them. */
export async function findInMessage(asked: Asked, message: string): Promise<Reply> {
  const [first, ...more] = await namedIn(asked, message);
  if (first === undefined) return noNumber();
  if (more.length === 0) return asked.again(asked, `order ${first.number}`);
  return whichOrder([first, ...more].map(choiceOf));
}

/** Orders that this person may see here: those with the prefix in front count before what may be any number. */
async function namedIn({ db, settings, member, place }: Asked, text: string): Promise<OrderRow[]> {
  const viewer = viewerHere({ member, place });
  const named = await loadNumbered(db, viewer, numbersIn(settings.orderPrefix, text).slice(0, MOST_CHOICES));
  return named.length > 0 ? named : loadNumbered(db, viewer, bareNumbersIn(text).slice(0, MOST_CHOICES));
}

const choiceOf = ({ number, customer, status, waits }: OrderRow) => ({
  title: `${number} · ${customer} · ${waits ? 'Waits for approval' : status}`,
  value: `order ${number}`,
});
