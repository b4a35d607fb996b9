import { type Asked, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { nearest } from '../../chat/words.ts';
import { noSuchCustomer, notYours, nowUsing, stillUsing, whichCustomer } from './replies.ts';
import { type Customer, loadCustomers, saveChosenCustomer } from './store.ts';
import { currentCustomer } from './view.ts';

/** `use contoso`: chooses the customer whose orders this person sees in this conversation. */
export async function useCustomer(asked: Asked, words: readonly string[]): Promise<Reply> {
  const customers = await loadCustomers(asked.db, scopeOf(asked.member.organization));
  const name = words.join(' ');
  if (name === '') {
    const current = await currentCustomer(asked);
    if (current === undefined) return whichCustomer(customers, '');
    return stillUsing(
      current,
      customers.filter(({ id }) => id !== current.id),
    );
  }
  const found = matching(name, customers);
  const [only, ...others] = found;
  if (only === undefined) return noSuchCustomer(name, suggestions(name, customers));
  if (others.length > 0) return whichCustomer(found, '');
  await choose(asked, only);
  return nowUsing(only);
}

/** The answer to "Which customer?": `<organization> <command to go on with>`. */
export async function chooseCustomer(asked: Asked, choice: string): Promise<Reply> {
  const [id = '', ...rest] = choice.split(' ');
  const customers = await loadCustomers(asked.db, scopeOf(asked.member.organization));
  const customer = customers.find((one) => String(one.id) === id);
  if (customer === undefined) return notYours();
  await choose(asked, customer);
  const reply = rest.length === 0 ? nowUsing(customer) : await asked.again(asked, rest.join(' '));
  return { ...reply, position: 'instead' };
}

function choose(asked: Asked, customer: Customer): Promise<void> {
  return saveChosenCustomer(asked.db, asked.place, asked.person, customer.id);
}

/** The whole name wins; else every name that holds what was typed. */
function matching(name: string, customers: readonly Customer[]): Customer[] {
  const typed = name.toLowerCase();
  const whole = customers.filter((customer) => customer.name.toLowerCase() === typed);
  return whole.length > 0
    ? whole
    : customers.filter((customer) => customer.name.toLowerCase().includes(typed));
}

function suggestions(name: string, customers: readonly Customer[]): Customer[] {
  const byName = new Map(customers.map((customer) => [customer.name.toLowerCase(), customer]));
  const near = nearest(name, [...byName.keys()], 3).flatMap((found) => byName.get(found) ?? []);
  return near.length > 0 ? near : [...customers];
}
