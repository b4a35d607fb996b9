/** What an order is called, which status is in which view, and how words become a search. */
import type { OrderStatus } from '../../../cards/status.ts';

export { PAGE_SIZE, pageOf } from '../../bot/index.ts';
export type { OrderStatus };

/** Orders that can still change. */
export const RECENT: readonly OrderStatus[] = [
  'Started',
  'Provisioning started',
  'Provisioning finished',
  'Provisioning failed',
  'Deleted',
];

/** Orders that are processed, by the part of them that is asked for. */
export const HISTORICAL = {
  active: ['In progress', 'Completed', 'Completed with errors'],
  draft: ['Draft'],
  all: ['Draft', 'In progress', 'Completed', 'Completed with errors'],
} as const satisfies Record<string, readonly OrderStatus[]>;
export type Filter = keyof typeof HISTORICAL;

export type Sort = 'newest' | 'oldest';

export type Search = {
  readonly view: 'recent' | 'historical';
  readonly filter: Filter;
  /** By the date of the order. */
  readonly sort: Sort;
  readonly text: string;
};

export const statusesOf = ({ view, filter }: Pick<Search, 'view' | 'filter'>): readonly OrderStatus[] =>
  view === 'recent' ? RECENT : HISTORICAL[filter];

/** Longer than anything that is found. */
const LONGEST_SEARCH = 100;

/**
 * `historical draft e3` -> the historical drafts that have to do with "e3". A filter alone means the historical
 * ones. The words that choose stand in front, in any order; each counts once.
 */
export function parseSearch(words: readonly string[]): Search {
  const rest = [...words];
  const sort = take(rest, SORTS);
  const view = take(rest, ['recent', 'historical']);
  const filter = view === 'recent' ? undefined : take(rest, ['active', 'draft', 'all']);
  return {
    view: view ?? (filter === undefined ? 'recent' : (take(rest, ['historical']) ?? 'historical')),
    filter: filter ?? 'all',
    sort: sort ?? take(rest, SORTS) ?? 'newest',
    text: [...rest.join(' ')].slice(0, LONGEST_SEARCH).join(''),
  };
}

const SORTS: readonly Sort[] = ['newest', 'oldest'];

function take<W extends string>(words: string[], of: readonly W[]): W | undefined {
  const found = of.find((word) => word === words[0]?.toLowerCase());
  if (found !== undefined) words.shift();
  return found;
}

/**
 * What a text says of an order's number. With the prefix, or its end, in front the number begins with the digits;
 * part of the prefix alone is in every number.
 */
export function numberIn(prefix: string, text: string): { begins: string } | 'any' | undefined {
  const [, letters = '', digits = ''] = /^(\D*)(\d*)$/.exec(text.toLowerCase()) ?? [];
  if (letters === '') return undefined;
  if (digits === '') return prefix.toLowerCase().includes(letters) ? 'any' : undefined;
  return prefix.toLowerCase().endsWith(letters) ? { begins: digits } : undefined;
}

/** Of these statuses those with `text` in their name. */
export const statusesWith = (text: string, of: readonly OrderStatus[]): OrderStatus[] =>
  of.filter((status) => status.toLowerCase().includes(text.toLowerCase()));

/** `10023`, `HAMARACLOUD10023` and `hamaracloud10023` are the same order. */
export function parseOrderNumber(prefix: string, word: string): number | undefined {
  const digits = word.toLowerCase().startsWith(prefix.toLowerCase()) ? word.slice(prefix.length) : word;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

export type ServiceRef = { readonly number: number; readonly position: number };

/** `10023/1` */
export function parseServiceRef(prefix: string, word: string): ServiceRef | undefined {
  const [order = '', place = '', ...more] = word.split('/');
  const number = parseOrderNumber(prefix, order);
  if (number === undefined || more.length > 0 || !/^\d{1,4}$/.test(place)) return undefined;
  return { number, position: Number(place) };
}

/** Imports whose requester is not known. */
const BOT = 'bot';

export type Origin = {
  readonly created_by: string;
  readonly created_by_organization: string;
  readonly imported_by: string | null;
};

/** Who created an order, and who brought it here. One that came without a name was created by nobody we know. */
export function originOf(order: Origin) {
  const { created_by: person, created_by_organization: organization, imported_by: by } = order;
  if (by === null) return { createdBy: { person, organization } };
  return {
    ...(person !== by && person !== BOT && { createdBy: { person, organization } }),
    imported: { by: by === BOT ? undefined : by },
  };
}

/** `new subscription` -> `New subscription` */
export const changeTitle = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1);

/** Some reasons are our own: what is missing here, or that nobody answers. */
export const isOurs = (reason: string): boolean =>
  /^(?:The vendor (?:does not know|can’t be reached)|The contact person has no|Only [\d,]+ units? of it )/.test(
    reason,
  );

/** Why an order failed, and whose words that is. */
export const saidOf = (reason: string): string => (isOurs(reason) ? reason : `The vendor says: ${reason}`);

type Begun = {
  readonly status: string;
  readonly byMember: number | null;
  readonly by: string;
  readonly byOrganization: string;
};

/** Who began an order that is not placed yet, as this member is told: the customer sees what its seller has begun as well. */
export function begunIn(
  { status, byMember, by, byOrganization }: Begun,
  memberId: number | null,
): string | undefined {
  if (status !== 'Started' && status !== 'Draft') return undefined;
  return `begun by ${memberId !== null && byMember === memberId ? 'you' : `${by}, ${byOrganization}`}`;
}
