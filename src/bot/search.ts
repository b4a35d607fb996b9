import { BOUNDS, type Within } from '../chat/card.ts';
import type { Query, Search } from '../chat/edge.ts';
import { cleanText } from './clean.ts';
import { finding, type Shelves, wordsIn } from './finding.ts';
import { findMember } from './who.ts';

/** No platform shows more: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const MOST_CHOICES = 100;

/** Finds choices for what somebody types. Who they are and what they may see is looked up each time. */
export function openSearch(house: Shelves): Search {
  return (query) => finding(house, `search ${query.dataset}`, () => find(house, query), []);
}

async function find({ db, settings, registry }: Shelves, query: Query) {
  const { person, place, dataset, words, within = {}, customer, most } = query;
  const search = registry.search(dataset);
  const member = search && (await findMember(db, person));
  if (search === undefined || member === undefined) return [];
  const limit = Math.min(Math.max(Math.floor(most) || 1, 1), MOST_CHOICES);
  const found = await search(
    { db, settings, person, place, member, ...(customer !== undefined && { forCustomer: customer }) },
    wordsIn(words),
    limit,
    boundsIn(within),
  );
  return found.slice(0, limit);
}

/** Longer than any address. */
const LONGEST_BOUND = 300;

const boundsIn = (within: Within): Within =>
  Object.fromEntries(
    BOUNDS.map((bound) => [bound, cleanText(within[bound] ?? '').trim()]).filter(
      ([, value = '']) => value !== '' && value.length <= LONGEST_BOUND,
    ),
  );
