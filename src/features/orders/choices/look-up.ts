import type { LookUp } from '../../../bot/index.ts';
import { reach } from '../../organizations/view.ts';
import { shownService } from '../replies.ts';
import { wordsOf } from './rules.ts';
import { servicesFitting } from './store.ts';

/** Services that somebody shows to others. */
export const lookUpServices: LookUp = async (looking, typed, { skip, most }) => {
  const here = await reach(looking);
  if (here === undefined) return [];
  const words = wordsOf(looking.settings.orderPrefix, typed);
  if (words.length === 0 && typed !== '') return [];
  const found = await servicesFitting(looking.db, here.viewer, { words, units: 'any' }, skip + most);
  return found
    .slice(skip)
    .map(({ number, position, customer, ...of }) =>
      shownService({ ...of, organization: customer, service: `${number}/${position}` }),
    );
};
