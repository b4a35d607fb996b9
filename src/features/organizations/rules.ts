import { nearest } from '../../chat/words.ts';
import type { Customer } from './store.ts';

/** The whole name wins; else every name that holds what was typed. */
export function matching(name: string, customers: readonly Customer[]): Customer[] {
  const typed = name.toLowerCase();
  const whole = customers.filter((customer) => customer.name.toLowerCase() === typed);
  return whole.length > 0
    ? whole
    : customers.filter((customer) => customer.name.toLowerCase().includes(typed));
}

/** The customers whose names come nearest, or else all. */
export function suggestions(name: string, customers: readonly Customer[]): Customer[] {
  const byName = new Map(customers.map((customer) => [customer.name.toLowerCase(), customer]));
  const near = nearest(name, [...byName.keys()], 3).flatMap((found) => byName.get(found) ?? []);
  return near.length > 0 ? near : [...customers];
}
