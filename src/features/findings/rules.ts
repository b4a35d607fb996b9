/** What a finding is about, how large it is, and which are asked for. */
import { nearest } from '../../chat/words.ts';
import { parseServiceRef } from '../orders/rules.ts';

/** In the order in which they are told: what costs money or stops somebody's work before what can wait. */
export const KINDS = [
  'quantity',
  'assignments',
  'over-assigned',
  'units',
  'status',
  'product',
  'missing',
  'unknown',
  'idle',
] as const;
export type Kind = (typeof KINDS)[number];

export type FindingAnswer = 'accepted' | 'released' | 'ordered' | 'snoozed';

/** `users` and `seats` are what others call it. */
const SAID: Readonly<Record<string, Kind>> = {
  ...(Object.fromEntries(KINDS.map((kind) => [kind, kind])) as Record<Kind, Kind>),
  quantities: 'quantity',
  drift: 'quantity',
  assignment: 'assignments',
  users: 'assignments',
  'over-assignment': 'over-assigned',
  overassigned: 'over-assigned',
  unit: 'units',
  statuses: 'status',
  products: 'product',
};

export type Wanted = {
  readonly kind: Kind | undefined;
  readonly service: { readonly number: number; readonly position: number } | undefined;
  /** Each of them has to be found. */
  readonly texts: readonly string[];
};

const MOST_WORDS = 8;

/** `findings contoso idle`, `findings 10023/1`: a kind, a service, and words that are looked for. */
export function understand(prefix: string, words: readonly string[]): Wanted {
  const texts: string[] = [];
  let kind: Kind | undefined;
  let service: Wanted['service'];
  for (const word of words.slice(0, MOST_WORDS)) {
    const said = SAID[word.toLowerCase()];
    const ref = parseServiceRef(prefix, word);
    if (said !== undefined && kind === undefined) kind = said;
    else if (ref !== undefined && service === undefined) service = ref;
    else texts.push(withoutPrefix(prefix, word));
  }
  return { kind, service, texts };
}

/** The number of an order as the books have it. */
const withoutPrefix = (prefix: string, word: string): string =>
  word.toLowerCase().startsWith(prefix.toLowerCase()) && /^\d+$/.test(word.slice(prefix.length))
    ? word.slice(prefix.length)
    : word;

/** The kind that somebody who found nothing may have meant. */
export const kindMeant = (words: readonly string[]): Kind | undefined =>
  words.flatMap((word) => nearest(word, KINDS, 1) as Kind[])[0];

/** What a finding keeps beside its kind, as it was stored. */
export type Numbers = Readonly<Record<string, unknown>>;
export const numberIn = (numbers: Numbers, name: string): number => {
  const value = numbers[name];
  return typeof value === 'number' ? value : 0;
};
export const textIn = (numbers: Numbers, name: string): string => {
  const value = numbers[name];
  return typeof value === 'string' ? value : '';
};

/** Answers after which it can be asked again; what was done by the others is done. */
export const REOPENABLE: readonly FindingAnswer[] = ['accepted', 'snoozed'];

/** The name of the message that tells how far a reading is. */
export const readingTrack = (wish: number): string => `reading:${wish}`;

export type ReadingOutcome = {
  readonly open: number;
  readonly fresh: number;
  readonly leftOut?: number;
  readonly failed: readonly { readonly provider: string; readonly reason: string }[];
};
