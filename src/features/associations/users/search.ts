import type { Find } from '../../../bot/index.ts';
import type { Choice } from '../../../chat/card.ts';
import { reach } from '../../organizations/view.ts';
import { parseUser } from '../rules.ts';
import { type KnownUser, usersFitting } from './store.ts';

/** Users by any part of their name; an address that nobody has yet can be chosen as well. */
export const searchUsers: Find = async (looking, typed, most) => {
  const here = await reach(looking);
  if (here === undefined) return [];
  const found = await usersFitting(looking.db, here.viewer, typed, most);
  const people = Map.groupBy(found, ({ email }) => email);
  const choices = [...people.values()].map((same) => choiceOf(same, here.customer === undefined));
  const address = parseUser(typed);
  if (address === undefined || found.some(({ email }) => email === address)) return choices;
  const typedOne: Choice = { title: `${address} · not a user yet`, value: address };
  return [typedOne, ...choices].slice(0, most);
};

/** One address may be a user of several customers. */
function choiceOf(same: readonly KnownUser[], named: boolean): Choice {
  const [first] = same;
  const customers = same.map(({ organization }) => organization).join(', ');
  const title = [first?.email, first?.name, named && customers].filter(Boolean).join(' · ');
  return { title, value: first?.email ?? '' };
}
