// The billing material of a run: a workbook and a CSV of its lines, made whenever they are asked for.
import { Buffer } from 'node:buffer';
import { dateTime } from '../../../cards/format.ts';
import type { Settings } from '../../bot/index.ts';
import type { Db } from '../../db/index.ts';
import { type ColumnOut, type RowOut, writeCsv, writeWorkbook } from '../../sheets/index.ts';
import { type BillingLine, billingLines } from './lines/store.ts';
import { nameOf, type Report } from './replies.ts';
import type { Read } from './report.ts';
import { driftOf, type Format, type Group, type Run } from './rules.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV = 'text/csv; charset=utf-8';
/** A larger one takes minutes to write, and to open. */
export const MOST_IN_WORKBOOK = 200_000;
const CSV_AT_ONCE = 5_000;

/** Of one run, where its number is given; else of the month. */
export const workbookName = (period: string, run: number | undefined, format: Format): string =>
  `reconciliation-${period}${run === undefined ? '' : `-run-${run}`}.${format}`;

export const linesIn = ({ summary, others = [] }: Pick<Report, 'summary' | 'others'>): number =>
  others.reduce((sum, { changed }) => sum + changed, summary.checked + summary.leftOut);

/** Each unit price is what the customer pays: nothing in it tells of markup. */
const COLUMNS = [
  'Customer',
  'Reseller',
  'Order',
  'Service',
  'Product',
  'Before',
  'Counted',
  'After',
  'Unit price',
  'Change in units',
  'Change in money',
  'Amount a month',
  'Currency',
  'Remark',
  'Run',
] as const;
const AMOUNT = COLUMNS.indexOf('Amount a month');
const SUBSCRIPTIONS = COLUMNS.map((header): ColumnOut => ({ header }));

type Prefix = Pick<Settings, 'orderPrefix'>;

export function workbookOf(db: Db, run: Run, read: Read, settings: Prefix): Promise<Uint8Array> {
  return writeWorkbook([
    { name: 'Summary', columns: SUMMARY_COLUMNS, rows: summaryRows(run, read) },
    { name: 'Subscriptions', columns: SUBSCRIPTIONS, rows: lineRows(db, run, read, settings) },
    ...(othersIn(read).length === 0
      ? []
      : [{ name: 'Other runs', columns: SUBSCRIPTIONS, rows: otherRows(db, read, settings) }]),
  ]);
}

const othersIn = ({ report }: Read) => report.others ?? [];

/** The same lines for another program: those of the run, then what the other runs of the month changed. */
export async function csvOf(db: Db, run: Run, read: Read, settings: Prefix): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let rows: (readonly (string | number)[])[] = [COLUMNS];
  const write = () => {
    if (rows.length === 0) return;
    const bytes = writeCsv(rows);
    // The mark stands at the beginning of the file only.
    parts.push(parts.length === 0 ? bytes : bytes.subarray(3));
    rows = [];
  };
  for (const lines of [lineRows(db, run, read, settings), otherRows(db, read, settings)])
    for await (const row of lines) {
      rows.push(row);
      if (rows.length === CSV_AT_ONCE) write();
    }
  write();
  return Buffer.concat(parts);
}

async function* lineRows(
  db: Db,
  run: Run,
  { scopes }: Read,
  settings: Prefix,
): AsyncGenerator<(string | number)[]> {
  for await (const line of billingLines(db, run.id, scopes)) yield rowOf(line, settings);
}

/** What the other runs of the month changed. What a subscription costs a month stands in the line of the run itself. */
async function* otherRows(db: Db, read: Read, settings: Prefix): AsyncGenerator<(string | number)[]> {
  for (const { id } of othersIn(read).toReversed())
    for await (const line of billingLines(db, id, read.scopes, { changedOnly: true }))
      yield rowOf(line, settings).with(AMOUNT, '');
}

function rowOf(line: BillingLine, { orderPrefix }: Prefix): (string | number)[] {
  const { customer, reseller, service, product, before, counted, after, priceMinor, currency } = line;
  const amount = (minor: number) => inCurrency(minor, currency);
  return [
    ...[customer, reseller ?? '', `${orderPrefix}${service.split('/')[0]}`, service, product],
    ...[before, counted, after, amount(priceMinor), driftOf(line)],
    ...[amount(driftOf(line) * priceMinor), amount(after * priceMinor), currency, remarkOf(line), line.run],
  ];
}

function remarkOf({ leftOut, before, after }: BillingLine): string {
  if (leftOut) return 'Left out: it was changing just then';
  return before === after ? '' : after > before ? 'Increase' : 'Decrease';
}

const SUMMARY_COLUMNS: readonly ColumnOut[] = [
  { width: 36 },
  { width: 28 },
  ...Array.from({ length: 6 }, () => ({ width: 18 })),
];

function* summaryRows(run: Run, read: Read): Generator<RowOut> {
  const { report, groups } = read;
  const { summary, organization, period, at, by = '' } = report;
  yield ['Reconciliation', period];
  yield ['Of', nameOf(organization)];
  yield ['Run', run.id];
  yield ['At', dateTime(at.toISOString())];
  yield ['By', by];
  yield ['Kind', run.scheduled ? 'Scheduled' : 'Asked for'];
  yield ['Subscriptions checked', summary.checked];
  yield ['Subscriptions changed', summary.changed];
  yield ['Left out, changing just then', summary.leftOut];
  yield ['Units', summary.drift];
  for (const { minor, currency } of summary.money) {
    yield [`Money a month, ${currency}`, inCurrency(minor, currency)];
  }
  yield [];
  yield ['Customer', 'Reseller', 'Checked', 'Left out', 'Changed', 'Units', 'Money a month', 'Currency'];
  for (const group of groups.toSorted(byName)) yield groupRow(group);
  yield* otherRunRows(read);
}

function* otherRunRows(read: Read): Generator<RowOut> {
  if (othersIn(read).length === 0) return;
  yield [];
  yield ['Other runs of the month', 'Of', 'Run', 'By', 'Changed', 'Units', 'Money a month', 'Currency'];
  for (const { id, at, by, organization, changed, drift, money } of othersIn(read).toReversed()) {
    const [first, ...more] = money;
    const amount = first === undefined ? [] : [inCurrency(first.minor, first.currency), first.currency];
    yield [dateTime(at.toISOString()), organization ?? '', id, by, changed, drift, ...amount];
    for (const { minor, currency } of more)
      yield ['', '', id, '', '', '', inCurrency(minor, currency), currency];
  }
}

const byName = (a: Group, b: Group): number =>
  a.organization.localeCompare(b.organization) || a.currency.localeCompare(b.currency);

const groupRow = (group: Group): RowOut => [
  ...[group.organization, group.reseller ?? '', group.checked, group.leftOut, group.changed, group.drift],
  ...[inCurrency(group.minor, group.currency), group.currency],
];

const digits = new Map<string, number>();

/** `(1260, 'EUR')` -> `12.6` */
function inCurrency(minor: number, currency: string): number {
  let places = digits.get(currency);
  if (places === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    places = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, places);
  }
  return minor / 10 ** places;
}
