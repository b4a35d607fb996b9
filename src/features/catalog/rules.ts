/** How amounts, percents and currencies are written, and what a markup makes of a price. */
import { number, percent } from '../../../cards/format.ts';
import type { Role } from '../../bot/index.ts';

export type Read<T> = { readonly value: T } | { readonly error: string };

/** What fits an amount in the database. */
export const MOST_MINOR = 2_147_483_647;
/** 10,000 percent. */
export const MOST_MARKUP_BP = 1_000_000;

/** Minor units of a price with a markup in hundredths of a percent: half a minor unit is rounded up. */
export function withMarkup(minor: number, markupBp: number): number {
  return Math.floor((minor * (10_000 + markupBp) + 5_000) / 10_000);
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

export function parseCurrency(typed: string): Read<string> {
  const value = typed.trim().toUpperCase();
  if (CURRENCIES.has(value)) return { value };
  return { error: `“${typed.trim()}” is not a currency. Write its three letters, such as EUR.` };
}

/** `2` for euros, `0` for yen. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** `22.5`, `22,50`, `1 234,50`, `1,234.50`, `€22.50` and `22.50 EUR` in minor units. */
export function parseAmount(typed: string, currency: string): Read<number> {
  const decimals = decimalsOf(currency);
  const plain = withoutCurrency(typed.trim(), currency)
    .trim()
    .replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  if (/^-/.test(plain)) return { error: `“${typed.trim()}” is below zero.` };
  const parts = /^[\d.,]*\d[\d.,]*$/.test(plain) ? splitAmount(plain, decimals) : undefined;
  if (parts === undefined)
    return { error: `“${typed.trim()}” is not an amount. Write it like 22.50 or 22,50.` };
  if (parts === 'ambiguous')
    return { error: `“${typed.trim()}” can be read in two ways. Write it like 1234.00 or 1.23.` };
  const [whole, part] = parts;
  if (part.length > decimals)
    return { error: `“${typed.trim()}” has too many decimals: ${currency} has ${decimalWords(decimals)}.` };
  const value = Number(whole) * 10 ** decimals + Number(part.padEnd(decimals, '0') || '0');
  return value > MOST_MINOR ? { error: `“${typed.trim()}” is too large.` } : { value };
}

const decimalWords = (decimals: number) => (decimals === 0 ? 'none' : String(decimals));

function withoutCurrency(typed: string, currency: string): string {
  const code = typed.toUpperCase();
  if (code.startsWith(currency)) return typed.slice(currency.length);
  if (code.endsWith(currency)) return typed.slice(0, -currency.length);
  return typed.replace(/^\p{Sc}|\p{Sc}$/u, '');
}

/** The digits before and after the decimal mark, which is the last one where both marks are used. */
function splitAmount(
  plain: string,
  decimals: number,
): readonly [whole: string, part: string] | 'ambiguous' | undefined {
  const marks = [...plain.matchAll(/[.,]/g)].map(([mark]) => mark);
  const last = marks.at(-1);
  if (last === undefined) return [plain, ''];
  const at = plain.lastIndexOf(last);
  const [before, after] = [plain.slice(0, at), plain.slice(at + 1)];
  if (marks.length > 1 && marks.every((mark) => mark === last))
    return isGrouped(plain, last) ? [plain.replaceAll(last, ''), ''] : undefined;
  if (marks.length > 1) {
    const group = last === '.' ? ',' : '.';
    return isGrouped(before, group) ? [before.replaceAll(group, ''), after] : undefined;
  }
  if (before === '' || after === '') return undefined;
  const looksGrouped = after.length === 3 && decimals !== 3 && /^[1-9]\d{0,2}$/.test(before);
  return looksGrouped ? 'ambiguous' : [before, after];
}

const isGrouped = (digits: string, mark: string): boolean => {
  const [first = '', ...others] = digits.split(mark);
  return others.length > 0 && /^\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
};

/** `12.5`, `12,5` and `12.5 %` in hundredths of a percent. */
export function parsePercent(typed: string): Read<number> {
  const plain = typed.trim().replace(/\s*%$/, '');
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(plain);
  if (match === null) return { error: `“${typed.trim()}” is not a percent. Write it like 12.5.` };
  const [, whole = '', part = ''] = match;
  if (part.length > 2)
    return { error: `“${typed.trim()}” has too many decimals: a percent has two at most.` };
  const value = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return value > MOST_MARKUP_BP
    ? { error: `“${typed.trim()}” is too much: 10,000 % is the most.` }
    : { value };
}

/** Said of a markup that is seldom meant: one that more than doubles the price. */
export const remarkOnMarkup = (bp: number): string | undefined =>
  bp > 10_000
    ? `With a markup of ${percent(bp)} the price is ${times(bp)} times what is paid for it. Check that this is meant.`
    : undefined;
const times = (bp: number): string => number(Math.round((10_000 + bp) / 1_000) / 10);

/** Machines are one product, priced by what is configured; its own price comes on top. */
export const isConfigured = ({ resource, unit }: { resource: string | null; unit: string }): boolean =>
  resource === null && unit === 'configuration';

export const notPriced = (organization: string, currency: string): string =>
  `Nothing in the catalog has a price in ${currency} yet, the currency of ${organization}.`;

/** What mends it, for who reads it. */
export function pricedBy(role: Role, currency: string): string {
  switch (role) {
    case 'provider admin':
      return `Set prices in it, such as: price O365-E3 22.50 ${currency}. Or send a price list: bulk prices.`;
    case 'account manager':
    case 'reseller admin':
      return 'An admin of the provider can set prices in it.';
    case 'customer admin':
    case 'customer':
      return 'Ask your provider for prices in it.';
  }
}

/** The words of a search; each has to be found. */
export const searchWords = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);

/** Longer than anything that is found. */
const LONGEST_SEARCH = 100;
export const searchText = (text: string): string => [...text.trim()].slice(0, LONGEST_SEARCH).join('').trim();
