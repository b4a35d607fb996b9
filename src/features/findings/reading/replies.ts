import type { Wrong } from './rules.ts';

// Why a vendor can't be read. What its software says of it goes to the log: it may name addresses and keys.
export const NOT_REACHED = 'It could not be reached.';
export const NO_LIST = 'It gave no list of its subscriptions; the log of the bot says why.';
export const NOT_COMPARED = 'What it has could not be compared; the log of the bot says why.';
export const BEGUN_TOO_OFTEN = 'It took so long that it was begun anew again and again.';
export const notGoingOn = (after: string): string =>
  `It gave the same subscriptions twice, after “${short(after)}”.`;
/** In the vendor's own words. */
export const refusedBy = (reason: string): string => {
  const said = [...reason].slice(0, LONGEST_REASON).join('');
  return /[.!?…]$/.test(said) ? said : `${said}.`;
};
export const wrongRow = ({ subscription, part }: Wrong): string =>
  subscription === undefined
    ? 'It gave a subscription without a name.'
    : `It gave “${short(subscription)}” with ${WRONG[part] ?? 'something'} that can’t be right.`;
const WRONG: Readonly<Record<string, string>> = {
  sku: 'an article number',
  quantity: 'a quantity',
  status: 'a status',
  domain: 'a domain',
  assignments: 'users or units',
};

const LONGEST_REASON = 200;
const LONGEST_NAME = 80;
const short = (name: string): string => [...name].slice(0, LONGEST_NAME).join('');

/** Of a vendor that could not be read. */
export const notRead = (provider: string, reason: string): string =>
  `The vendor “${provider}” can’t be read. ${reason}`;

type Unread = { readonly provider: string; readonly reason: string };

// Which vendors the provider has, and what is wrong with them, is its own business.
const told = (unread: readonly Unread[], isProvider: boolean, after: string): string[] => {
  if (unread.length === 0) return [];
  return isProvider
    ? unread.map(({ provider, reason }) => `${notRead(provider, reason)}${after && ` ${after}`}`)
    : [`Some vendors could not be read.${after && ` ${after}`}`];
};
export const couldNotRead = (unread: readonly Unread[], isProvider: boolean): string[] =>
  told(unread, isProvider, '');
export const tryingAgain = (unread: readonly Unread[], isProvider: boolean): string[] =>
  told(unread, isProvider, 'It is tried again.');
export const findingsStay = (unread: readonly Unread[], isProvider: boolean): string[] =>
  told(
    unread,
    isProvider,
    isProvider ? 'Its findings are those of the reading before.' : 'What was found before stays.',
  );
