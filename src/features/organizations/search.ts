import { type Find, scopeOf } from '../../bot/index.ts';
import { loadCustomersWith } from './store.ts';
import { boundHere } from './view.ts';

/** Customers by a part of their name; in a channel that belongs to one there is no choice. */
export const searchCustomers: Find = async (looking, typed, most) => {
  if ((await boundHere(looking)) !== undefined) return [];
  const found = await loadCustomersWith(looking.db, scopeOf(looking.member.organization), typed, most);
  return found.map(({ id, name }) => ({ title: name, value: String(id) }));
};
