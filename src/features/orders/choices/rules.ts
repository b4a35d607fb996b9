/** How what is typed becomes a search for an order or a service, and what the choices are called. */
import { number } from '../../../../cards/format.ts';
import type { Choice } from '../../../chat/card.ts';
import { parseOrderNumber, parseServiceRef } from '../rules.ts';

export type Range = { readonly from: number; readonly to: number };
/** An order's number has at most nine digits. */
const MOST_DIGITS = 9;

/** All numbers that begin with these digits: an index of numbers knows them as ranges. */
export function rangesOf(digits: string): Range[] {
  const first = Number(digits);
  if (!/^[1-9]\d*$/.test(digits) || digits.length > MOST_DIGITS) return [];
  return Array.from({ length: MOST_DIGITS - digits.length + 1 }, (_, more) => ({
    from: first * 10 ** more,
    to: (first + 1) * 10 ** more - 1,
  }));
}

/** One typed word: it may name an order or a service by its number, and is a text in any case. */
export type Word = {
  readonly text: string;
  readonly ranges: readonly Range[];
  /** The number, where the word is one. */
  readonly exactly: number | undefined;
  /** Of `10023/1`: how the position begins. */
  readonly position: string | undefined;
};

/** So many words are looked at. */
const MOST_WORDS = 5;

export const wordsOf = (prefix: string, typed: string): Word[] =>
  typed
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS)
    .map((word) => wordOf(prefix, word));

function wordOf(prefix: string, word: string): Word {
  const [order = '', position] = word.split('/');
  const exactly = parseOrderNumber(prefix, order);
  const isService = position === '' || parseServiceRef(prefix, word) !== undefined;
  if (exactly === undefined || (position !== undefined && !isService))
    return { text: word, ranges: [], exactly: undefined, position: undefined };
  // With a position the number is whole.
  const ranges = position === undefined ? rangesOf(String(exactly)) : [{ from: exactly, to: exactly }];
  return { text: word, ranges, exactly, position };
}

/** Which services are looked for; the best are those with most units of the kind. */
export type Units = 'any' | 'free' | 'used';

export type ServiceLine = {
  readonly number: number;
  readonly position: number;
  readonly product: string;
  readonly units: number;
  readonly associated: number;
  readonly free: number;
  readonly suspended: boolean;
  readonly customer: string;
};

/** `10023/1 · Webex Suite · 7 free`, with the customer where several are searched. */
export function serviceChoice(of: ServiceLine, units: Units, named: boolean): Choice {
  const value = `${of.number}/${of.position}`;
  const counted = {
    any: `${number(of.free)} of ${number(of.units)} free`,
    free: `${number(of.free)} free`,
    used: `${number(of.associated)} associated`,
  }[units];
  const title = [value, of.product, counted, of.suspended && 'suspended', named && of.customer];
  return { title: title.filter(Boolean).join(' · '), value };
}

export type OrderLine = {
  readonly number: number;
  readonly status: string;
  readonly what: string | null;
  readonly customer: string;
};

/** `10023 · Completed · Contoso workplace` */
export function orderChoice({ number: order, status, what, customer }: OrderLine, named: boolean): Choice {
  const title = [String(order), status, what, named && customer].filter(Boolean).join(' · ');
  return { title, value: String(order) };
}
