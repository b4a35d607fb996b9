/** What a sheet would do, before anything is done. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { callout, card, facts, lead, section, subtle } from './elements.ts';
import { count, dateTime, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

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
  /** Rows that name a user a second time; their units are added up. */
  readonly duplicates: number;
  /** Users that the organization does not have yet. */
  readonly newUsers: number;
  readonly units?: { readonly needed: number; readonly free: number } | undefined;
  /** The first row, where it was a header and was skipped. */
  readonly header?: string | undefined;
  readonly batches: number;
  readonly sentBefore?: { readonly job: number; readonly at: string; readonly by: string } | undefined;
  /** The valid rows can be run. */
  readonly runnable: boolean;
  readonly once: string;
};

export type SheetProblem = {
  /** `Units are not a whole number greater than zero` */
  readonly problem: string;
  readonly rows: number;
  /** The first of them: `B17: "two" is not a whole number greater than zero`. */
  readonly first: readonly string[];
};

const MOST_PROBLEMS = 8;
const MOST_CELLS = 3;
const COLUMNS: readonly TableColumn[] = [
  { title: 'Problem', width: 6 },
  { title: 'Rows', width: 1, align: 'right' },
];

export function bulkPreviewCard(data: BulkPreview): Card {
  return card({
    organization: data.organization,
    title: answer(data),
    body: [
      lead(data.what),
      ...cautions(data),
      summary(data),
      ...problems('What is wrong', data.errors),
      ...problems('What to look at', data.warnings),
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

function cautions({ units, sentBefore }: BulkPreview): (Element | undefined)[] {
  return [
    units && units.needed > units.free ? shortfall(units.needed, units.free) : undefined,
    sentBefore &&
      callout(
        `${sentBefore.by} sent the same file on ${dateTime(sentBefore.at)}, as job ${sentBefore.job}. Running it again adds the units again.`,
        'warning',
      ),
  ];
}

function shortfall(needed: number, free: number): Element {
  const short = `${count(needed - free, 'unit')} short`;
  return callout(`${short}: the sheet needs ${number(needed)} and ${number(free)} are free.`, 'attention');
}

function summary(data: BulkPreview): Element | undefined {
  const { units, duplicates, newUsers, header, batches } = data;
  return facts([
    ['File', data.sheet === undefined ? data.file : `${data.file}, sheet “${data.sheet}”`],
    ['Units needed', units && `${number(units.needed)} of ${number(units.free)} free`],
    ['New users', newUsers > 0 ? `${number(newUsers)}, created with the job` : undefined],
    ['Repeated users', duplicates > 0 ? `${count(duplicates, 'row')}, units added up` : undefined],
    ['Header', header === undefined ? undefined : `${header} (row 1, skipped)`],
    ['Batches', batches > 1 ? number(batches) : undefined],
    ['Job', String(data.job)],
  ]);
}

function problems(title: string, all: readonly SheetProblem[]): (Element | undefined)[] {
  if (all.length === 0) return [];
  const hidden = all.length - MOST_PROBLEMS;
  return [
    section(title),
    table(COLUMNS, all.slice(0, MOST_PROBLEMS).map(problemRow)),
    hidden > 0 ? subtle(`And ${count(hidden, 'other kind')} of problem.`) : undefined,
  ];
}

function problemRow({ problem, rows, first }: SheetProblem): Cell[] {
  const cells = first.slice(0, MOST_CELLS).map(small);
  return [[problem, ...cells], number(rows)];
}

const isShort = ({ units }: BulkPreview) => units !== undefined && units.needed > units.free;

function next(data: BulkPreview): string {
  if (data.valid === 0) return 'Nothing has been changed. Mend the sheet and send it again.';
  if (isShort(data)) return 'Nothing has been changed. Release units first, or send a shorter sheet.';
  return 'Nothing has been changed yet.';
}

function actions(data: BulkPreview): (Action | undefined)[] {
  const { job, valid, runnable, once: token } = data;
  const run = actionButton(`Run ${count(valid, 'valid row')}`, 'bulk.run', { job, once: token }, 'positive');
  const short = isShort(data) && valid > 0;
  return [
    runnable && valid > 0 ? run : undefined,
    short ? commandButton('Release units', 'release') : undefined,
    short ? commandButton('Check again', `job ${job}`) : undefined,
    actionButton('Cancel', 'bulk.cancel', { job, once: token }),
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
  duplicates: 0,
  newUsers: 0,
  units: { needed: 1200, free: 2000 },
  batches: 1,
  runnable: true,
  once,
};
const units: SheetProblem = {
  problem: 'Units are not a whole number greater than zero',
  rows: 9,
  first: [
    'B17: "two" is not a whole number greater than zero',
    'B31: "0" is not a whole number greater than zero',
    'B204: "1,5" is not a whole number greater than zero',
  ],
};
const emails: SheetProblem = {
  problem: 'User name is not an e-mail address',
  rows: 3,
  first: ['A18: "erin at contoso" is not an e-mail address', 'A44: the cell is empty'],
};

export const samples: Record<string, Card> = {
  clean: bulkPreviewCard(good),
  mixed: bulkPreviewCard({
    ...good,
    sheet: 'November',
    valid: 988,
    errors: [units, emails],
    duplicates: 14,
    newUsers: 121,
    header: 'User name, Units',
    sentBefore: { job: 5, at: '2026-11-20T16:12:00Z', by: 'Alice Ahlberg' },
  }),
  short: bulkPreviewCard({ ...good, units: { needed: 2001, free: 2000 }, runnable: false }),
  nothing: bulkPreviewCard({
    ...good,
    rows: 2,
    valid: 0,
    errors: [emails],
    units: undefined,
    runnable: false,
  }),
  long: bulkPreviewCard({
    ...good,
    organization: longest.organization,
    what: `Associate users with ${longest.service} · ${longest.product}`,
    file: `${'königliche-fernmeldegesellschaft-'.repeat(4)}november.xls`,
    rows: 100_000,
    valid: 1,
    errors: many(11, () => ({ ...units, rows: 9_090, first: [longest.user, ...units.first] })),
    warnings: [
      { problem: 'A package with meetings has no preferred site', rows: 1, first: ['D2: the cell is empty'] },
    ],
    batches: 100,
  }),
};
