import type { Asked, Find, Looking } from '../../../bot/index.ts';
import type { Choice } from '../../../chat/card.ts';
import { reach } from '../../organizations/view.ts';
import { keyOfUser, parseUser, userOfKey } from '../rules.ts';
import { addressOfUser, type KnownUser, usersFitting } from './store.ts';

/** Users by any part of their name; an address that nobody has yet can be chosen as well. */
export const searchUsers: Find = async (looking, typed, most) => {
  const { choices, found } = await find(looking, typed, most);
  const address = parseUser(typed);
  if (found === undefined || address === undefined || found.some(({ email }) => email === address))
    return choices;
  const typedOne: Choice = { title: `${address} · not a user yet`, value: address };
  return [typedOne, ...choices].slice(0, most);
};

/** Users by any part of their name. */
export const searchKnownUsers: Find = async (looking, typed, most) =>
  (await find(looking, typed, most)).choices;

async function find(looking: Looking, typed: string, most: number) {
  const here = await reach(looking);
  if (here === undefined) return { choices: [], found: undefined };
  const found = await usersFitting(looking.db, here.viewer, typed, most);
  const people = Map.groupBy(found, ({ email }) => email);
  const choices = [...people.values()].map((same) => choiceOf(same, here.customer === undefined));
  return { choices, found };
}

/** One address may be a user of several customers. */
function choiceOf(same: readonly KnownUser[], named: boolean): Choice {
  const [first] = same;
  const customers = same.map(({ organization }) => organization).join(', ');
  const title = [first?.email, first?.name, named && customers].filter(Boolean).join(' · ');
  return { title, value: first?.email ?? '', ...(first && { key: keyOfUser(first.id) }) };
}

/** What was handed in for a user, with the address where it is the key of one. */
export async function withAddress<Values extends { readonly user: string }>(
  asked: Asked,
  values: Values,
): Promise<Values> {
  const id = userOfKey(values.user);
  const here = id === undefined ? undefined : await reach(asked);
  if (id === undefined || here === undefined) return values;
  return { ...values, user: (await addressOfUser(asked.db, here.viewer, id)) ?? '' };
}
