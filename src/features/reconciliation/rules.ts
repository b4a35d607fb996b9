import { type Actor, type Organization, SELLERS } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';

/** Who may reconcile: the provider, and a reseller for its own customers. */
export const RECONCILERS = SELLERS;

/** One active subscription: what is recorded, and what was counted. */
export type Line = {
  readonly subscriptionId: number;
  readonly organization: { readonly id: number; readonly name: string };
  /** `10023/3` */
  readonly service: string;
  readonly product: string;
  readonly before: number;
  readonly counted: number;
  /** What is recorded now, or would be: what was counted, unless it was left out. */
  readonly after: number;
  /** Of one unit and month. */
  readonly priceMinor: number;
  readonly currency: string;
};

export type Amount = { readonly minor: number; readonly currency: string };

type Sums = {
  readonly checked: number;
  readonly changed: number;
  /** Units recorded now less units recorded before. */
  readonly drift: number;
  /** What that is a month, one amount a currency; currencies in which nothing changes are left out. */
  readonly money: readonly Amount[];
};

export type OrganizationSums = Sums & { readonly organization: string };

export type Summary = Sums & {
  /** Subscriptions that are changing just now, beside those that were checked. */
  readonly leftOut: number;
  /** Units of yearly commitments that are billed no more: what they cost at the vendor goes on. */
  readonly bound: number;
  /** The largest of the lines that differ, the largest difference first. */
  readonly differences: readonly Line[];
  /** The organizations with a difference, the largest first. */
  readonly organizations: readonly OrganizationSums[];
};

/** What was counted; `mark` is of exactly these changes at these prices, and of what was left out. */
export type Counted = { readonly summary: Summary; readonly mark: string };

/** The lines of one organization in one currency, summed up. */
export type Group = {
  readonly id: number;
  readonly organization: string;
  readonly resellerId: number | null;
  readonly reseller: string | null;
  readonly currency: string;
  readonly checked: number;
  readonly leftOut: number;
  readonly changed: number;
  readonly drift: number;
  readonly bound: number;
  readonly minor: number;
};

export type Run = {
  readonly id: number;
  readonly period: string;
  readonly at: Date;
  /** Whose subscriptions it covers, by the name of then. */
  readonly organization: Organization;
  readonly scheduled: boolean;
  readonly actor: Actor;
  readonly memberId: number | null;
  readonly place: Place | undefined;
  readonly checked: number;
  readonly toChange: number;
  readonly done: number;
  /** The last subscription that was gone through. */
  readonly through: number;
  readonly changed: number;
  readonly leftOut: number;
  readonly appliedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** Another run of the same month that changed something, and what, of that part which the reader sees. */
export type OtherRun = Sums & {
  readonly id: number;
  readonly at: Date;
  readonly by: string;
  /** Whose it was, where it was of a part of what the reader asks about. */
  readonly organization: string | undefined;
};

export const whoRan = ({ actor }: Pick<Run, 'actor'>): string =>
  actor.kind === 'person' ? actor.name : 'the schedule';

export type Format = 'xlsx' | 'csv';

export type Wish =
  | { readonly kind: 'menu' }
  /** `of`: the name of an organization, or nothing. */
  | { readonly kind: 'preview' | 'now'; readonly of: string }
  /** `run`: the number of one run; else all of the month is meant. */
  | { readonly kind: 'past'; readonly period: string; readonly run?: number; readonly of: string }
  | {
      readonly kind: 'export';
      readonly period: string;
      readonly run?: number;
      readonly of: string;
      readonly formats: readonly Format[];
    }
  | { readonly kind: 'no such month'; readonly typed: string }
  | {
      readonly kind: 'no such format';
      readonly typed: string;
      readonly period: string;
      readonly run?: number;
    }
  | { readonly kind: 'unclear'; readonly typed: string };

const EXPORT = ['export', 'workbook'];
/** As many digits as a number of a run can have. */
const RUN_NUMBER = /^#?\d{1,9}$/;

/** What the words after `reconcile` ask for. */
export function understand(words: readonly string[]): Wish {
  const [first = '', ...rest] = words;
  const word = first.toLowerCase();
  if (word === '') return { kind: 'menu' };
  if (word === 'preview' || word === 'now') return { kind: word, of: rest.join(' ') };
  const [, year = '', month = ''] = /^(\d{4})[-/.](\d{1,2})$/.exec(word) ?? [];
  if (year === '') return { kind: 'unclear', typed: words.join(' ') };
  if (Number(month) < 1 || Number(month) > 12) return { kind: 'no such month', typed: first };
  const period = `${year}-${month.padStart(2, '0')}`;
  const [second = '', third = ''] = rest;
  return second.toLowerCase() === 'run' && RUN_NUMBER.test(third)
    ? ofPast({ period, run: Number(third.replace('#', '')) }, rest.slice(2))
    : ofPast({ period }, rest);
}

function ofPast(which: { readonly period: string; readonly run?: number }, words: readonly string[]): Wish {
  const [next = '', ...names] = words;
  const exportOf = (formats: readonly Format[], of: readonly string[]): Wish => ({
    kind: 'export',
    ...which,
    of: of.join(' '),
    formats,
  });
  if (next.toLowerCase() === 'csv') return exportOf(['csv'], names);
  if (!EXPORT.includes(next.toLowerCase())) return { kind: 'past', ...which, of: words.join(' ') };
  const [only = '', ...more] = names;
  if (more.length === 0 && OTHER_FORMAT.test(only)) return { kind: 'no such format', typed: only, ...which };
  const { formats, of } = formatsIn(names);
  return exportOf(formats.length === 0 ? ['xlsx', 'csv'] : formats, of);
}

const FORMAT: Readonly<Record<string, Format>> = { xlsx: 'xlsx', excel: 'xlsx', csv: 'csv' };
/** Files of another kind that somebody may expect; as the whole of a name they are none. */
const OTHER_FORMAT = /^\.?(?:pdf|xls|xlsm|ods|numbers|docx?|odt|json|xml|html?|txt|tsv|zip)$/i;

/** `csv and xlsx contoso`: the formats that are named first, and the name after them. */
function formatsIn(words: readonly string[]): { formats: readonly Format[]; of: readonly string[] } {
  const formats: Format[] = [];
  for (const [index, word] of words.entries()) {
    const format = FORMAT[word.toLowerCase()];
    if (format !== undefined && !formats.includes(format)) formats.push(format);
    else if (format === undefined && !(formats.length > 0 && /^(?:and|\+)$/i.test(word)))
      return { formats, of: words.slice(index) };
  }
  return { formats, of: [] };
}

/** The year and month of a moment, as the calendar of that time zone has it: `2026-11`. */
export function periodOf(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}`;
}

/** The period after this one: `2027-01` after `2026-12`. */
export function periodAfter(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return month === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${period.slice(0, 5)}${String(month + 1).padStart(2, '0')}`;
}

/** Names all that a preview shows: the same again only where a run would do exactly that. */
export const planOf = (
  period: string,
  { id }: Pick<Organization, 'id'>,
  { mark }: Pick<Counted, 'mark'>,
): string => `${period}:${id}:${mark}`;

export const driftOf = ({ before, after }: Pick<Line, 'before' | 'after'>): number => after - before;

export const moneyOf = (line: Line): Amount => ({
  minor: driftOf(line) * line.priceMinor,
  currency: line.currency,
});

/** Sums of all, and of each organization, from the groups that the database has summed up. */
export function summarize(groups: readonly Group[], differences: readonly Line[]): Summary {
  const organizations = [...Map.groupBy(groups, ({ id }) => id).values()]
    .map((own) => ({ organization: own[0]?.organization ?? '', ...sumsOf(own) }))
    .filter(({ changed }) => changed > 0)
    .sort((a, b) => Math.abs(b.drift) - Math.abs(a.drift) || a.organization.localeCompare(b.organization));
  return {
    ...sumsOf(groups),
    leftOut: sumOf(groups, 'leftOut'),
    bound: sumOf(groups, 'bound'),
    differences,
    organizations,
  };
}

/** What is summed up, in one currency. */
export type Summand = Pick<Group, 'currency' | 'checked' | 'changed' | 'drift' | 'minor'>;

export function sumsOf(groups: readonly Summand[]): Sums {
  const money = [...Map.groupBy(groups, ({ currency }) => currency)]
    .map(([currency, own]) => ({ minor: sumOf(own, 'minor'), currency }))
    .filter(({ minor }) => minor !== 0)
    .sort((a, b) => a.currency.localeCompare(b.currency));
  return {
    checked: sumOf(groups, 'checked'),
    changed: sumOf(groups, 'changed'),
    drift: sumOf(groups, 'drift'),
    money,
  };
}

const sumOf = <What extends string>(groups: readonly Record<What, number>[], what: What): number =>
  groups.reduce((sum, group) => sum + group[what], 0);

/** What of a run a reader of this organization is told of: the run’s own organization, or the reader’s part of it. */
export const readAs = (run: Organization, reader: Organization): Organization =>
  run.kind === 'provider' || (run.kind === 'reseller' && reader.kind === 'customer') ? reader : run;

/** The name that an organization had when the lines were written. */
export function nameThen(groups: readonly Group[], { id, name }: Organization): string {
  const own = groups.find((group) => group.id === id)?.organization;
  return own ?? groups.find(({ resellerId }) => resellerId === id)?.reseller ?? name;
}

/** Was the run of this time missed? What was due before the schedule was in force was never to be done. */
export const wasMissed = (due: Date, known: { inForceSince: Date; alreadyRun: boolean }): boolean =>
  !known.alreadyRun && known.inForceSince < due;
