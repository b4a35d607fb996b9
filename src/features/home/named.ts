import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { viewerHere } from '../organizations/view.ts';
import { noNumber, whichOrder } from './replies.ts';
import { bareNumbersIn, numbersIn } from './rules.ts';
import { loadNumbered, type OrderRow } from './store.ts';

/** More numbers than that are a list of something else. */
const MOST_ASKED = 50;
const MOST_CHOICES = 20;

/** The orders that a message names: the one there is, or which of them. */
export async function findInMessage(asked: Asked, message: string): Promise<Reply> {
  const [first, ...more] = await namedIn(asked, message);
  if (first === undefined) return noNumber();
  if (more.length === 0) return asked.again(asked, `order ${first.number}`);
  return whichOrder([first, ...more].slice(0, MOST_CHOICES).map(choiceOf), 1 + more.length);
}

/** Orders that this person may see here: those with the prefix in front first, then what may be any number. */
async function namedIn({ db, settings, member, place }: Asked, text: string): Promise<OrderRow[]> {
  const numbers = [...new Set([...numbersIn(settings.orderPrefix, text), ...bareNumbersIn(text)])];
  return loadNumbered(db, viewerHere({ member, place }), numbers.slice(0, MOST_ASKED));
}

const choiceOf = ({ number, customer, status, waits }: OrderRow) => ({
  title: `${number} · ${customer} · ${waits ? 'Waits for approval' : status}`,
  value: `order ${number}`,
});
