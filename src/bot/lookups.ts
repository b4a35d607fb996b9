import type { Found, Lookups, Wanted } from '../chat/edge.ts';
import { finding, type Shelves, wordsIn } from './finding.ts';
import { findMember } from './who.ts';

/** No platform shows more at once: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search */
const MOST_AT_ONCE = 25;
/** Who goes further types a word more. */
const MOST_SKIPPED = 100;

/** Finds what somebody wants to show to others. Who they are and what they may see is looked up each time. */
export function openLookUp(house: Shelves): Lookups['find'] {
  return (wanted) => finding(house, `look up ${wanted.topic}`, () => find(house, wanted), 'failed');
}

async function find(
  { db, settings, registry }: Shelves,
  { person, place, topic, words, skip, most }: Wanted,
): Promise<readonly Found[] | 'stranger'> {
  const lookUp = registry.lookUp(topic);
  const member = await findMember(db, person);
  if (member === undefined) return 'stranger';
  if (lookUp === undefined || skip >= MOST_SKIPPED) return [];
  const page = { skip: wholeIn(skip, 0, MOST_SKIPPED), most: wholeIn(most, 1, MOST_AT_ONCE) };
  const found = await lookUp({ db, settings, person, place, member }, wordsIn(words), page);
  return found.slice(0, page.most);
}

const wholeIn = (value: number, least: number, most: number): number =>
  Math.min(Math.max(Math.floor(value) || least, least), most);
