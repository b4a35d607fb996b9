import { randomBytes } from 'node:crypto';
import { BOUNDS, type Within } from '../chat/card.ts';
import type { Query, Search } from '../chat/edge.ts';
import { cleanText } from './clean.ts';
import type { House } from './dispatch.ts';
import { findMember } from './who.ts';

type Shelves = Pick<House, 'db' | 'settings' | 'registry' | 'traffic' | 'clock' | 'observe' | 'logFault'>;

/** Longer than anything that is found. */
const LONGEST_WORDS = 100;
/** No platform shows more: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const MOST_CHOICES = 100;

/** Finds choices for what somebody types. Who they are and what they may see is looked up each time. */
export function openSearch(house: Shelves): Search {
  return async (query) => {
    const what = `search ${query.dataset}`;
    const leave = house.traffic.enter();
    const began = house.clock().getTime();
    const seconds = () => (house.clock().getTime() - began) / 1000;
    try {
      const choices = await find(house, query);
      house.observe(what, 'answered', seconds());
      return choices;
    } catch (fault) {
      house.logFault(fault, randomBytes(3).toString('hex').toUpperCase(), what);
      house.observe(what, 'fault', seconds());
      return [];
    } finally {
      leave();
    }
  };
}

async function find({ db, settings, registry }: Shelves, query: Query) {
  const { person, place, dataset, words, within = {}, most } = query;
  const search = registry.search(dataset);
  const member = search && (await findMember(db, person));
  if (search === undefined || member === undefined) return [];
  const limit = Math.min(Math.max(Math.floor(most) || 1, 1), MOST_CHOICES);
  const found = await search(
    { db, settings, person, place, member },
    wordsIn(words),
    limit,
    boundsIn(within),
  );
  return found.slice(0, limit);
}

const wordsIn = (typed: string): string =>
  [...cleanText(typed).replace(/\s+/g, ' ').trim()].slice(0, LONGEST_WORDS).join('');

/** Longer than any address. */
const LONGEST_BOUND = 300;

const boundsIn = (within: Within): Within =>
  Object.fromEntries(
    BOUNDS.map((bound) => [bound, cleanText(within[bound] ?? '').trim()]).filter(
      ([, value = '']) => value !== '' && value.length <= LONGEST_BOUND,
    ),
  );
