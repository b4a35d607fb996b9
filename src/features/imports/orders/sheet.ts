// The sheet of existing orders: several rows of one number are one order.
import type { Ctx } from '../../../bot/index.ts';
import type { Json } from '../../../chat/place.ts';
import type {
  Applied,
  BulkKind,
  DoneRow,
  JobInHand,
  RowRemark,
  RowResult,
  SheetPlan,
  SheetRefused,
  SheetRow,
  Target,
  ValidRow,
} from '../../bulk/kind.ts';
import { parseOrderNumber } from '../../orders/rules.ts';
import {
  type Column,
  cellsOf,
  countsOf,
  type Headed,
  knownColumns,
  notesOn,
  placed,
  readHeader,
} from '../header.ts';
import { columnsOf, IMPORT, keptOf, resultOf, WRONG_VALUE } from '../sheet.ts';
import { boughtIn, notEnabledInWords } from './not-enabled.ts';
import { decide, EXAMPLE_NUMBER } from './rules.ts';
import { isThere, loadWorld, type Saved, saveOrders, takeBackOrders } from './save.ts';
import { digestOf, loadNotEnabled } from './store.ts';
import { type Decision, type Field, type OrderEntry, type OrderField, STATUSES } from './types.ts';

const COLUMNS: readonly Column<Field>[] = [
  {
    field: 'number',
    title: 'Number',
    also: ['Order', 'Order number'],
    holds: 'With or without the prefix; the rows of one number are one order',
    needed: true,
  },
  {
    field: 'customer',
    title: 'Customer',
    also: ['Organization'],
    holds: 'Its name or external ID',
    needed: true,
  },
  { field: 'status', title: 'Status', also: ['Order status'], holds: STATUSES.join(', '), needed: true },
  {
    field: 'date',
    title: 'Date',
    also: ['Created', 'Created on', 'Order date'],
    holds: '2026-09-14, or a cell that is a date',
  },
  {
    field: 'product',
    title: 'Product or SKU',
    also: ['Product', 'SKU', 'Item'],
    holds: 'As it stands in the catalog',
  },
  { field: 'quantity', title: 'Quantity', also: ['Units'], holds: 'A whole number greater than zero' },
  {
    field: 'price',
    title: 'Price',
    also: ['Unit price'],
    holds: 'Of one unit and month; left empty: as of today',
  },
  { field: 'currency', title: 'Currency', holds: 'Three letters; left empty: that of the customer' },
  { field: 'position', title: 'Position', holds: 'Of the service that the row brings: 1, 2, …' },
  { field: 'requestedChange', title: 'Requested change', holds: 'Left empty: new subscription' },
  { field: 'name', title: 'Name', also: ['Order name'], holds: 'Left empty: after the date' },
  {
    field: 'description',
    title: 'Description',
    also: ['Subscription name'],
    holds: 'Left empty: the first product',
  },
  { field: 'vendorStatus', title: 'Vendor status', holds: 'The vendor’s own word, such as Fulfilled' },
  { field: 'error', title: 'Error', holds: 'What the vendor returned' },
  { field: 'createdBy', title: 'Created by', holds: 'The person' },
  {
    field: 'createdByOrganization',
    title: 'Created by organization',
    holds: 'The customer, its reseller or the provider',
  },
  { field: 'note', title: 'Note', holds: 'Any text' },
  { field: 'paymentDetails', title: 'Payment details', holds: 'Any text' },
  { field: 'markup', title: 'Markup', holds: 'Percent, such as 12.5' },
];
const LINE_FIELDS: readonly Field[] = ['requestedChange', 'product', 'quantity', 'price', 'position'];

/** Orders are found by their numbers. Completed ones bring services and subscriptions; nothing is carried out. */
export const orderSheet: BulkKind = {
  name: 'order import',
  word: 'orders',
  ...IMPORT,
  sheet: 'Orders',
  about: 'order',
  summary: 'Import existing orders',
  title: ({ customer }) => `Import of orders of ${customer}`,
  columns: columnsOf(COLUMNS),
  reads: (header) => knownColumns(header, COLUMNS),
  plan,
  basis: ({ db }) => digestOf(db),
  apply,
  takeBack,
  template: async () => EXAMPLE,
  isExample: true,
};

/** The rows of one order; the first of them speaks for all. */
type Gathered = {
  readonly rows: readonly SheetRow[];
  readonly entry: OrderEntry;
  readonly problems: readonly RowRemark[];
};
/** What the first row of an order keeps, and what the others do: which row that is. */
type Kept = { readonly entry: OrderEntry } | { readonly with: number };

async function plan(ctx: Ctx, _target: Target, rows: readonly SheetRow[]): Promise<SheetPlan | SheetRefused> {
  const sheet = readHeader(rows, COLUMNS);
  if (sheet.kind === 'refused') return sheet;
  const given = gathered(sheet, ctx.settings.orderPrefix);
  const isExample = ({ entry }: Gathered) => entry.number === EXAMPLE_NUMBER;
  const all = given.filter((one) => !isExample(one));
  const world = await loadWorld(
    ctx,
    all.map(({ entry }) => entry),
  );
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  const decisions: Exclude<Decision, { kind: 'refused' }>[] = [];
  for (const { rows: of, entry, problems: own } of all) {
    const decision = decide(entry, world);
    const [first] = of;
    if (first === undefined) continue;
    if (decision.kind === 'refused' || own.length > 0) {
      problems.push(
        ...own,
        ...(decision.kind === 'refused' ? decision.problems : []).map(remarkIn(sheet, of)),
      );
      const named = new Set(problems.map(({ number }) => number));
      const others = of.filter(({ number }) => !named.has(number));
      problems.push(
        ...others.map(({ number }) => ({
          number,
          title: PART,
          sentence: `Row ${number}: another row of order ${entry.number} can’t be used.`,
        })),
      );
      continue;
    }
    decisions.push(decision);
    const effect = JSON.stringify(decision);
    valid.push(
      ...of.map(({ number }, index) => ({
        number,
        subject: entry.number ?? '',
        units: 1,
        data: (index === 0 ? { entry } : { with: first.number }) as unknown as Json,
        effect: index === 0 ? effect : '',
      })),
    );
  }
  return {
    kind: 'plan',
    valid: valid.toSorted((a, b) => a.number - b.number),
    problems,
    warnings: [],
    header: sheet.header,
    notes: [
      `Orders: ${countsOf(decisions.map(({ kind }) => kind))}`,
      ...notEnabledInWords(await loadNotEnabled(ctx.db, boughtIn(decisions))),
      ...notesOn(sheet),
    ],
    // The row that the template brings along, left where it is.
    leftOut: given.filter(isExample).flatMap(({ rows: of }) => of.map(({ number }) => number)),
    unchanged: decisions.length > 0 && decisions.every(({ kind }) => kind === 'same'),
    newUsers: [],
    needs: [],
    basis: await digestOf(ctx.db),
  };
}
const PART = 'Part of an order that can’t be used';

/** Orders in the order of their first rows. What stands only in a later row counts too; two rows may not disagree. */
function gathered({ rows, places }: Headed<Field>, prefix: string): Gathered[] {
  const cells = rows.map((row) => ({ row, cells: cellsOf(row, places) }));
  const keyOf = (number = '', row: number) =>
    parseOrderNumber(prefix, number) ?? (number.toLowerCase() || `row ${row}`);
  return [...Map.groupBy(cells, ({ row, cells: { number } }) => keyOf(number, row.number)).values()].map(
    (of) => {
      const said: { [field in OrderField]?: string } = {};
      const problems: RowRemark[] = [];
      for (const { row, cells: found } of of) {
        for (const [field, text] of Object.entries(found) as [Field, string][]) {
          if (LINE_FIELDS.includes(field)) continue;
          const before = said[field as OrderField];
          if (before === undefined || field === 'number') said[field as OrderField] ??= text;
          else if (before !== text) {
            const sentence = `“${text}” is not what an earlier row of the order says: “${before}”.`;
            problems.push({
              number: row.number,
              title: 'Rows of one order disagree',
              sentence: placed(places, field, row.number, sentence),
            });
          }
        }
      }
      const lines = of.map(({ cells: { requestedChange, product, quantity, price, position } }) => ({
        requestedChange,
        product,
        quantity,
        price,
        position,
      }));
      const empty = lines.length === 1 && Object.values(lines[0] ?? {}).every((text) => text === undefined);
      return { rows: of.map(({ row }) => row), entry: { ...said, lines: empty ? [] : lines }, problems };
    },
  );
}

const remarkIn =
  ({ places }: Headed<Field>, rows: readonly SheetRow[]) =>
  ({
    field,
    line = 0,
    sentence,
  }: {
    readonly field: Field;
    readonly line?: number;
    readonly sentence: string;
  }): RowRemark => {
    const number = rows[line]?.number ?? 0;
    return { number, title: WRONG_VALUE, sentence: placed(places, field, number, sentence) };
  };

async function apply(ctx: Ctx, _job: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const first = rows.flatMap(({ number, data }) => {
    const kept = data as unknown as Kept;
    return 'entry' in kept ? [{ number, entry: kept.entry }] : [];
  });
  const outcomes = await saveOrders(
    ctx,
    first.map(({ entry }) => entry),
  );
  const results = new Map(
    first.map(({ number }, index): [number, RowResult] => [
      number,
      resultOf(number, outcomes[index], ({ problems }) => problems.map(({ sentence }) => sentence)),
    ]),
  );
  const leaders = new Map(results);
  const others: RowResult[] = [];
  for (const { number, subject, data } of rows) {
    const kept = data as unknown as Kept;
    if ('entry' in kept) continue;
    const leader = leaders.get(kept.with) ?? (await earlier(ctx, number, kept.with, subject));
    leaders.set(kept.with, leader);
    if (leader.status !== 'done') others.push({ ...leader, number });
  }
  return { results: [...results.values(), ...others], used: new Map() };
}

/** What became of an order whose first row was in an earlier batch. */
async function earlier(ctx: Ctx, number: number, first: number, order: string): Promise<RowResult> {
  if (await isThere(ctx, order)) return { number, status: 'done' };
  return { number, status: 'failed', reason: `The order could not be imported: see row ${first}.` };
}

async function takeBack(ctx: Ctx, _of: JobInHand, rows: readonly DoneRow[]): Promise<RowResult[]> {
  const saved = rows.flatMap(({ number, data }) => {
    const one = data as unknown as Partial<Saved>;
    return one.after === undefined ? [] : [{ number, saved: one as Saved }];
  });
  const reasons = await takeBackOrders(
    ctx,
    saved.map((one) => one.saved),
  );
  return keptOf(saved, reasons);
}

const example: { readonly [field in Field]?: string } = {
  number: EXAMPLE_NUMBER,
  customer: 'Contoso',
  status: 'Completed',
  date: '2026-09-14',
  product: 'Office 365 E3',
  quantity: '5',
  price: '24.50',
  currency: 'EUR',
  requestedChange: 'new subscription',
  vendorStatus: 'Fulfilled',
  createdBy: 'Carla Diaz',
  createdByOrganization: 'Contoso',
};
const EXAMPLE = [COLUMNS.map(({ title }) => title), COLUMNS.map(({ field }) => example[field] ?? '')];
