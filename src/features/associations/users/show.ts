import type { LookUp } from '../../../bot/index.ts';
import { reach } from '../../organizations/view.ts';
import { shownUser } from '../replies.ts';
import { holdingsOf, usersFitting } from './store.ts';

const MOST_SERVICES = 3;

/** Users that somebody shows to others. */
export const lookUpUsers: LookUp = async (looking, typed, { skip, most }) => {
  const here = await reach(looking);
  if (here === undefined) return [];
  const users = (await usersFitting(looking.db, here.viewer, typed, skip + most)).slice(skip);
  const holdings = await holdingsOf(
    looking.db,
    here.viewer,
    users.map(({ id }) => id),
  );
  return users.map(({ id, email, name, organization }) => {
    const held = holdings.filter(({ userId }) => userId === id);
    return shownUser({
      organization,
      user: email,
      name: name?.trim() || undefined,
      units: held.reduce((sum, { units }) => sum + units, 0),
      services: held.length,
      first: held.slice(0, MOST_SERVICES).map(({ number, position, product, units }) => ({
        service: `${number}/${position}`,
        product,
        units,
      })),
    });
  });
};
