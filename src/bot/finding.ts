// What every search has in common, for choices of an input and for what is shown to others.
import { randomBytes } from 'node:crypto';
import { cleanText } from './clean.ts';
import type { House } from './dispatch.ts';

export type Shelves = Pick<
  House,
  'db' | 'settings' | 'registry' | 'traffic' | 'clock' | 'observe' | 'logFault'
>;

/** Counts and measures a search. Never rejects: a fault is logged under a reference, and `otherwise` is what was found. */
export async function finding<Result, Otherwise>(
  house: Shelves,
  what: string,
  find: () => Promise<Result>,
  otherwise: Otherwise,
): Promise<Result | Otherwise> {
  const leave = house.traffic.enter();
  const began = house.clock().getTime();
  const seconds = () => (house.clock().getTime() - began) / 1000;
  try {
    const found = await find();
    house.observe(what, 'answered', seconds());
    return found;
  } catch (fault) {
    house.logFault(fault, randomBytes(3).toString('hex').toUpperCase(), what);
    house.observe(what, 'fault', seconds());
    return otherwise;
  } finally {
    leave();
  }
}

/** Longer than anything that is found. */
const LONGEST_WORDS = 100;

export const wordsIn = (typed: string): string =>
  [...cleanText(typed).replace(/\s+/g, ' ').trim()].slice(0, LONGEST_WORDS).join('');
