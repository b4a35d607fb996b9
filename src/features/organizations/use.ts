import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { notYours, nowUsing, stillUsing, whichCustomer } from './replies.ts';
import { type Customer, saveChosenCustomer } from './store.ts';
import { currentCustomer, customerNamed, customersOf } from './view.ts';

/** `use contoso`: chooses the customer whose orders this person sees in this conversation. */
export async function useCustomer(asked: Asked, words: readonly string[]): Promise<Reply> {
  const name = words.join(' ');
  if (name === '') {
    const customers = await customersOf(asked);
    const current = await currentCustomer(asked);
    if (current === undefined) return whichCustomer(customers, '');
    return stillUsing(
      current,
      customers.filter(({ id }) => id !== current.id),
    );
  }
  const named = await customerNamed(asked, name);
  if (named.kind === 'unclear') return named.reply;
  await choose(asked, named.customer);
  return nowUsing(named.customer);
}

/** The answer to "Which customer?": `<organization> <command to go on with>`. */
export async function chooseCustomer(asked: Asked, choice: string): Promise<Reply> {
  const [id = '', ...rest] = choice.split(' ');
  const customers = await customersOf(asked);
  const customer = customers.find((one) => String(one.id) === id);
  if (customer === undefined) return notYours();
  await choose(asked, customer);
  const reply = rest.length === 0 ? nowUsing(customer) : await asked.again(asked, rest.join(' '));
  return { ...reply, position: 'instead' };
}

function choose(asked: Asked, customer: Customer): Promise<void> {
  return saveChosenCustomer(asked.db, asked.place, asked.person, customer.id);
}
