// The price list: a sheet that an admin of the provider attaches. All of it counts, or nothing.
import type { Asked, Ctx } from '../../../bot/index.ts';
import type {
  BulkKind,
  RowRemark,
  SheetPlan,
  SheetRefused,
  SheetRow,
  Target,
  ValidRow,
} from '../../bulk/kind.ts';
import { cellName } from '../../packages/cells.ts';
import { decimalsOf } from '../rules.ts';
import { applyPrices, takeBackPrices } from './apply.ts';
import { headerMissing, headerTwice, notesOf, onlyInPrivateSheet } from './replies.ts';
import {
  asJson,
  type Column,
  type Columns,
  changesOf,
  type PricedRow,
  readHeader,
  rowChecker,
  TITLES,
} from './rules.ts';
import {
  loadCurrency,
  loadDigest,
  loadFactors,
  loadKnown,
  loadOfferingNames,
  loadPriceList,
} from './store.ts';

type MaybeAsked = Ctx & Partial<Pick<Asked, 'place'>>;

export const priceList: BulkKind = {
  name: 'prices',
  word: 'prices',
  works: 'on the provider',
  sheet: 'Price list',
  whole: true,
  about: 'product',
  takesUnits: false,
  summary: 'Import the price list',
  title: () => 'Price list',
  did: 'priced',
  columns: [
    { column: 'one', name: 'SKU', holds: 'The code of the product; one that is not known yet is added' },
    { column: 'one', name: 'Price', holds: 'For one unit and month: 22.50 or 22,50' },
    {
      column: 'for new products',
      name: 'Product, Category, Product group, Offering',
      holds: 'Where it stands in the catalog',
    },
    {
      column: 'if wanted',
      name: 'Unit, Commitment, Currency',
      holds: 'Such as user; monthly or yearly; EUR. Left empty, they stay as they are',
    },
  ],
  reads: knownColumns,
  plan,
  apply: applyPrices,
  takeBack: takeBackPrices,
  basis: ({ db }) => loadDigest(db),
  template,
};

async function plan(
  ctx: MaybeAsked,
  _target: Target,
  rows: readonly SheetRow[],
): Promise<SheetPlan | SheetRefused> {
  if (ctx.place !== undefined && ctx.place.kind !== 'personal')
    return { kind: 'refused', sentence: onlyInPrivateSheet() };
  const [first, ...rest] = rows;
  const header = readHeader(first?.cells ?? []);
  if (first === undefined || header.kind === 'missing')
    return { kind: 'refused', sentence: headerMissing(header.kind === 'missing' ? header.titles : ['SKU']) };
  if (header.kind === 'twice') return { kind: 'refused', sentence: headerTwice(header.title) };
  const { db } = ctx;
  const currency = await loadCurrency(db);
  const basis = await loadDigest(db);
  const world = {
    currency,
    products: await loadKnown(db),
    offerings: await loadOfferingNames(db),
    factors: await loadFactors(db),
  };
  const check = rowChecker(header.columns, world);
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  const priced: PricedRow[] = [];
  for (const { number, cells } of rest) {
    const row = check(cells, number);
    if ('problems' in row) {
      problems.push(...row.problems.map((one) => remark(one, header.columns, number)));
      continue;
    }
    priced.push(row);
    valid.push(validRow(row, number, currency));
  }
  const notes = notesOf(changesOf(priced), header.leftOut, problems.length > 0);
  return {
    kind: 'plan',
    valid,
    problems,
    warnings: [],
    header: first,
    notes,
    newUsers: [],
    needs: [],
    basis,
  };
}

function knownColumns(cells: readonly string[]): number {
  const header = readHeader(cells);
  return header.kind === 'columns' ? Object.keys(header.columns).length : 0;
}

function validRow({ wanted, before }: PricedRow, number: number, usual: string): ValidRow {
  const subject = wanted.currency === usual ? wanted.sku : `${wanted.sku} ${wanted.currency}`;
  return { number, subject, units: 1, data: asJson(wanted), effect: `${before ?? 'new'} ${wanted.minor}` };
}

function remark(
  { column, title, sentence }: { column: Column; title: string; sentence: string },
  columns: Columns,
  row: number,
): RowRemark {
  const index = columns[column];
  const where = index === undefined ? `Row ${row}, column “${TITLES[column][0]}”` : cellName(index, row);
  return { number: row, title, sentence: `${where}: ${sentence}` };
}

/** The price list as it is, to be changed and sent back; where others read along only its columns. */
async function template(ctx: MaybeAsked): Promise<readonly (readonly string[])[]> {
  const columns = [
    'sku',
    'product',
    'category',
    'group',
    'offering',
    'unit',
    'commitment',
    'price',
    'currency',
  ];
  const header = columns.map((column) => TITLES[column as Column][0]);
  if (ctx.place !== undefined && ctx.place.kind !== 'personal') return [header];
  const list = await loadPriceList(ctx.db);
  return [
    header,
    ...list.map(({ sku, name, category, group, offering, unit, commitment, minor, currency }) => {
      const decimals = decimalsOf(currency);
      const price = (minor / 10 ** decimals).toFixed(decimals);
      return [sku ?? '', name, category, group, offering, unit, commitment, price, currency];
    }),
  ];
}
