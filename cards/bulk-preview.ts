/** What a sheet would do, before anything is done. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton, putAwayButton } from './buttons.ts';
import { large, longest, many, messaging, office, once, webex } from './demo.ts';
import { callout, card, facts, section, subtle, text } from './elements.ts';
import { count, dateTime, list, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import type { ServiceUnits } from './units.ts';

export type BulkPreview = {
  readonly organization: string;
  readonly job: number;
  /** `Associate users with 10024/1 · Webex Suite` */
  readonly what: string;
  readonly file: string;
  /** Where the file has several. */
  readonly sheet?: string | undefined;
  readonly rows: number;
  readonly valid: number;
  readonly errors: readonly SheetProblem[];
  /** Of rows that are valid all the same. */
  readonly warnings: readonly SheetProblem[];
  /** How many rows name a user again, and the first such users with all that is theirs. */
  readonly duplicates: { readonly rows: number; readonly first: readonly RepeatedUser[] };
  /** Users that the organization does not have yet. */
  readonly newUsers: { readonly count: number; readonly first: readonly string[] };
  /** One a service; none where the kind of job needs no units. */
  readonly needs: readonly Need[];
  /** About the sheet as a whole: `3 hidden rows were read too.` */
  readonly notes: readonly string[];
  /** The first row, where it was a header and was skipped. */
  readonly header?: string | undefined;
  readonly batches: number;
  readonly sentBefore?: { readonly job: number; readonly at: string; readonly by: string } | undefined;
  /** Why an earlier run of this job was refused. */
  readonly changed?: string | undefined;
  readonly whole?: boolean | undefined;
  readonly unchanged?: boolean | undefined;
  /** The valid rows can be run. */
  readonly runnable: boolean;
  /** A mark of this very plan: what is run is what was shown. */
  readonly plan: string;
  readonly once: string;
};

export type SheetProblem = {
  /** `Units are not a whole number greater than zero` */
  readonly problem: string;
  readonly rows: number;
  /** The first of them: `B17: "two" is not a whole number greater than zero`. */
  readonly first: readonly string[];
};

type RepeatedUser = { readonly user: string; readonly units: number; readonly rows: number };
type Need = Pick<ServiceUnits, 'service' | 'product' | 'free'> & { readonly needed: number };

const [MOST_ROWS, MOST_CELLS, MOST_NAMED] = [6, 3, 3];
/** Of a cell, a header or a note: what a sheet holds may be long. */
const MOST_LETTERS = 140;
const PROBLEM_COLUMNS: readonly TableColumn[] = [
  { title: 'Problem', width: 6 },
  { title: 'Rows', width: 1.3, align: 'right' },
];
const NEED_COLUMNS: readonly TableColumn[] = [
  { title: 'Service', width: 5.4 },
  { title: 'Needed', width: 1.9, align: 'right' },
  { title: 'Free', width: 1.8, align: 'right' },
];

export function bulkPreviewCard(data: BulkPreview): Card {
  const { organization, what, changed, errors, warnings } = data;
  return card({
    organization,
    title: shortOf(data).length > 0 ? `${answer(data)}, but units are short` : answer(data),
    body: [
      changed === undefined ? undefined : callout(changed, 'warning'),
      text(what, { spacing: changed === undefined ? 'small' : 'medium' }),
      shortfall(data),
      sentBefore(data),
      summary(data),
      data.notes.length > 0 ? subtle(data.notes.map(cut).join(' '), 'medium') : undefined,
      ...listed('Units needed', NEED_COLUMNS, needRows(data)),
      ...listed('What is wrong', PROBLEM_COLUMNS, errors.map(problemRow)),
      ...listed('What to look at', PROBLEM_COLUMNS, warnings.map(problemRow)),
      subtle(next(data), 'medium'),
    ],
    actions: actions(data),
  });
}

function answer({ rows, valid }: BulkPreview): string {
  if (rows === 0) return 'The sheet has no rows';
  if (valid === 0)
    return rows === 1 ? 'The only row is not valid' : `None of the ${number(rows)} rows is valid`;
  if (valid === rows) return rows === 1 ? 'The only row is valid' : `All ${number(rows)} rows are valid`;
  return `${number(valid)} of ${count(rows, 'row')} ${valid === 1 ? 'is' : 'are'} valid`;
}

const missing = ({ needed, free }: Need) => Math.max(0, needed - free);

/** The services whose units do not suffice, the worst first. */
function shortOf({ valid, needs }: BulkPreview): Need[] {
  if (valid === 0) return [];
  return needs.filter((need) => missing(need) > 0).sort((a, b) => missing(b) - missing(a));
}

function shortfall(data: BulkPreview): Element | undefined {
  const [worst, ...others] = shortOf(data);
  if (worst === undefined) return undefined;
  if (others.length > 0) return callout(`${others.length + 1} services are short of units.`, 'attention');
  const { service, product, needed, free } = worst;
  const short = `${count(missing(worst), 'unit')}${data.needs.length > 1 ? ` of ${product} (${service})` : ''} short`;
  const rest = `the sheet needs ${number(needed)} and ${number(free)} ${free === 1 ? 'is' : 'are'} free.`;
  return callout(`${short}: ${rest}`, 'attention');
}

function sentBefore({ sentBefore: before }: BulkPreview): Element | undefined {
  if (before === undefined) return undefined;
  const sent = `${before.by} sent the same file on ${dateTime(before.at)}, as job ${before.job}.`;
  return callout(`${sent} What was done then would be done a second time.`, 'warning');
}

function summary(data: BulkPreview): Element | undefined {
  const { file, sheet, header, batches } = data;
  return facts([
    ['File', sheet === undefined ? file : `${file}, sheet “${sheet}”`],
    ['Units needed', unitsNeeded(data)],
    ['New users', newUsers(data)],
    ['Repeated users', repeatedUsers(data)],
    ['Header', header === undefined ? undefined : `${cut(header)} (row 1, skipped)`],
    ['Batches', batches > 1 ? `${number(batches)}, one after the other` : undefined],
    ['Job', String(data.job)],
  ]);
}

function unitsNeeded({ needs, what }: BulkPreview): string | undefined {
  const [only, ...others] = needs;
  if (only === undefined || only.needed === 0 || others.length > 0) return undefined;
  const units = `${number(only.needed)} of ${number(only.free)} free`;
  return what.includes(only.service) ? units : `${units} · ${only.product} · ${only.service}`;
}

function newUsers({ newUsers: { count: all, first } }: BulkPreview): string | undefined {
  if (all === 0) return undefined;
  const named = first.slice(0, MOST_NAMED);
  const hidden = all - named.length;
  const who = list(hidden > 0 ? [...named, `${number(hidden)} more`] : named);
  return `${number(all)}, created with the job: ${who}`;
}

function repeatedUsers({ duplicates: { rows, first } }: BulkPreview): string | undefined {
  if (rows === 0) return undefined;
  const named = first.slice(0, MOST_NAMED);
  const hidden = rows - named.reduce((sum, user) => sum + user.rows - 1, 0);
  const who = named.map((user) => {
    const units = user.units > 0 ? `${count(user.units, 'unit')} in ` : '';
    return `${user.user} (${units}${count(user.rows, 'row')})`;
  });
  return `${count(rows, 'row')}: ${list(hidden > 0 ? [...who, 'others'] : who)}`;
}

/** Those that are short first; a service on its own is told in one line. */
function needRows(data: BulkPreview): Cell[][] {
  if (data.needs.length < 2) return [];
  return [...new Set([...shortOf(data), ...data.needs])].map(needRow);
}

function needRow(need: Need): Cell[] {
  const short = { text: `${number(missing(need))} short`, size: 'small', color: 'attention' } as const;
  const free = number(need.free);
  return [[need.product, small(need.service)], number(need.needed), missing(need) > 0 ? [free, short] : free];
}

function listed(title: string, columns: readonly TableColumn[], rows: readonly Cell[][]) {
  if (rows.length === 0) return [];
  const hidden = rows.length - MOST_ROWS;
  const more = hidden > 0 ? [subtle(`And ${number(hidden)} more.`)] : [];
  return [section(title), table(columns, rows.slice(0, MOST_ROWS)), ...more];
}

function problemRow({ problem, rows, first }: SheetProblem): Cell[] {
  const cells = first.slice(0, MOST_CELLS).map((cell) => small(cut(cell)));
  return [[problem, ...cells], number(rows)];
}

function cut(content: string): string {
  const letters = [...content];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('').trimEnd()}…` : content;
}

function next(data: BulkPreview): string {
  const { rows, valid, runnable, unchanged } = data;
  if (valid === 0)
    return `Nothing has been changed. ${rows === 0 ? 'Fill in' : 'Mend'} the sheet and send it again.`;
  if (unchanged) return 'There is nothing to run: what is valid is here already, just so.';
  if (shortOf(data).length > 0)
    return 'Nothing has been changed. Release units first, or send a shorter sheet.';
  if (!runnable) return `Nothing has been changed.${data.whole ? ' All of it is run, or nothing.' : ''}`;
  if (valid === rows) return 'Nothing has been changed yet.';
  const others = rows - valid === 1 ? 'the other row' : `the other ${number(rows - valid)}`;
  return `Nothing has been changed yet. Run what is valid, or mend ${others} and send the sheet again.`;
}

function actions(data: BulkPreview): (Action | undefined)[] {
  const { job, rows, valid, plan, errors, warnings, once: token } = data;
  const run = (title: string, all: boolean, style?: 'positive') =>
    actionButton(title, 'bulk.run', { job, plan, all, once: token }, style);
  const runs = data.runnable && valid > 0;
  const short = shortOf(data).length > 0;
  return [
    runs ? run(`Run ${count(valid, 'valid row')}`, data.whole ?? false, 'positive') : undefined,
    runs && valid < rows ? run('Run only if all are valid', true) : undefined,
    short ? commandButton('Release units', 'release') : undefined,
    short ? commandButton('Check again', `job ${job}`) : undefined,
    errors.length + warnings.length > 0 ? commandButton('All problems', `job ${job} problems`) : undefined,
    putAwayButton(job, token),
  ];
}

const good: BulkPreview = {
  organization: 'Contoso',
  job: 7,
  what: 'Associate users with 10024/1 · UniversalMessaging Small Business Edition (1GB)',
  file: 'november.xlsx',
  rows: 1000,
  valid: 1000,
  errors: [],
  warnings: [],
  duplicates: { rows: 0, first: [] },
  newUsers: { count: 0, first: [] },
  needs: [{ ...large, needed: 1200, free: 2000 }],
  notes: [],
  batches: 1,
  runnable: true,
  plan: 'pX7mVd0Qk3sYtRz1aB9LuE',
  once,
};
const cells = [17, 31, 204].map((row) => `B${row}: "two" is not a whole number greater than zero`);
const units = { problem: 'Units are not a whole number greater than zero', rows: 9, first: cells };
const empty = ['A18: "erin at contoso" is not an e-mail address', 'A44: the cell is empty'];
const emails = { problem: 'User name is not an e-mail address', rows: 3, first: empty };
const names = ['dave', 'erin', 'frank'].map((name) => `${name}@contoso.example`);
const mixed: BulkPreview = {
  ...good,
  sheet: 'November',
  valid: 988,
  errors: [units, emails],
  duplicates: { rows: 14, first: names.slice(1).map((user) => ({ user, units: 3, rows: 2 })) },
  newUsers: { count: 121, first: names },
  notes: ['Columns left out: User Status, Last Access.', '3 hidden rows were read too.'],
  header: 'User name, Units',
};
const needs = [
  { ...webex, needed: 41, free: 60 },
  { ...office, needed: 3 },
  { ...messaging, needed: 9 },
];
const packages: BulkPreview = {
  ...mixed,
  what: 'Change packages: add and remove',
  file: 'webex-users.xlsx',
  errors: [{ ...emails, rows: 12 }],
  warnings: [{ problem: 'Meetings without a preferred site', rows: 12, first: ['F2: the cell is empty'] }],
  needs,
  runnable: false,
};
const sent = { job: 5, at: '2026-11-20T16:12:00Z', by: 'Alice Ahlberg' };
const changed = 'Since the preview, 2 rows are no longer valid. Nothing was run; this is the plan now.';

export const samples: Record<string, Card> = {
  clean: bulkPreviewCard(good),
  mixed: bulkPreviewCard({ ...mixed, sentBefore: sent }),
  changed: bulkPreviewCard({ ...mixed, valid: 986, changed }),
  short: bulkPreviewCard({ ...good, needs: [{ ...large, needed: 2001, free: 2000 }], runnable: false }),
  packages: bulkPreviewCard({ ...packages, needs: needs.slice(0, 2), runnable: true }),
  shortOfOne: bulkPreviewCard(packages),
  release: bulkPreviewCard({ ...good, what: 'Release units of 10024/1', rows: 1, valid: 1, needs: [] }),
  nothing: bulkPreviewCard({ ...good, rows: 3, valid: 0, errors: [emails], needs: [], runnable: false }),
  whole: bulkPreviewCard({ ...mixed, what: 'Price list', needs: [], whole: true, runnable: false }),
  empty: bulkPreviewCard({ ...good, rows: 0, valid: 0, needs: [], runnable: false }),
  long: bulkPreviewCard({
    ...packages,
    organization: longest.organization,
    job: 123_456,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    file: `${'königliche-fernmeldegesellschaft-'.repeat(4)}november.xls`,
    sheet: longest.organization,
    rows: 100_000,
    valid: 1,
    errors: many(11, () => ({ ...units, rows: 9_090, first: [longest.user, ...cells] })),
    duplicates: { rows: 50_000, first: many(5, () => ({ user: longest.user, units: 99_999, rows: 9999 })) },
    newUsers: { count: 99_000, first: many(5, () => longest.user) },
    needs: many(15, (index) => ({ ...longest, needed: 100_000, free: index * 7000 })),
    notes: many(7, () => `Columns left out: ${many(60, (index) => `Package ${index}`).join(', ')}.`),
    header: many(200, (index) => `Package ${index}`).join(', '),
    sentBefore: { ...sent, by: longest.user },
    changed,
    batches: 100,
  }),
};
