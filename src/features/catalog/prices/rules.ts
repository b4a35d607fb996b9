/** What the rows of a price list say, and what they would change. */
import type { Json } from '../../../chat/place.ts';
import { fold, plain } from '../../packages/cells.ts';
import { MOST_MARKUP_BP, MOST_MINOR, parseAmount, parseCurrency } from '../rules.ts';

export const COLUMNS = [
  'sku',
  'product',
  'category',
  'group',
  'offering',
  'unit',
  'commitment',
  'price',
  'currency',
] as const;
export type Column = (typeof COLUMNS)[number];

/** The names of a column; the first is the one we write. */
export const TITLES: Readonly<Record<Column, readonly [string, ...string[]]>> = {
  sku: ['SKU', 'Code', 'Product code', 'Article', 'Article number', 'Item number', 'Part number'],
  product: ['Product', 'Product name', 'Name', 'Title'],
  category: ['Category', 'Product category'],
  group: ['Product group', 'Group', 'Productgroup'],
  offering: ['Offering', 'Service'],
  unit: ['Unit', 'Unit of measure', 'UoM', 'Per'],
  commitment: ['Commitment', 'Term'],
  price: ['Price', 'List price', 'Unit price', 'Price per unit', 'Amount', 'Price per month'],
  currency: ['Currency', 'Currency code'],
};

export type Columns = { readonly [column in Column]?: number };
export type Header =
  | { readonly kind: 'columns'; readonly columns: Columns; readonly leftOut: readonly string[] }
  | { readonly kind: 'missing'; readonly titles: readonly string[] }
  | { readonly kind: 'twice'; readonly title: string };

const NAMED = new Map(COLUMNS.flatMap((column) => TITLES[column].map((title) => [fold(title), column])));

/** Which column holds what. Columns count from 0. */
export function readHeader(cells: readonly string[]): Header {
  const columns: { [column in Column]?: number } = {};
  const leftOut: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const title = plain(cell);
    const column = NAMED.get(fold(title));
    if (column === undefined) {
      if (title !== '') leftOut.push(title);
    } else if (columns[column] !== undefined) return { kind: 'twice', title };
    else columns[column] = index;
  }
  const missing = (['sku', 'price'] as const).filter((column) => columns[column] === undefined);
  return missing.length > 0
    ? { kind: 'missing', titles: missing.map((column) => TITLES[column][0]) }
    : { kind: 'columns', columns, leftOut };
}

type Commitment = 'monthly' | 'yearly';

/** A product as it is now, at its price in one currency. */
export type Known = {
  readonly id: number;
  readonly sku: string | null;
  readonly name: string;
  readonly unit: string;
  readonly commitment: Commitment;
  readonly forSale: boolean;
  readonly groupId: number | null;
  readonly group: string | null;
  readonly category: string | null;
  readonly offeringId: number | null;
  readonly prices: Readonly<Record<string, number>>;
};

/** What a price list is held against. */
export type World = {
  readonly products: readonly Known[];
  readonly offerings: readonly { readonly id: number; readonly name: string }[];
  /** Of a row that names none. */
  readonly currency: string;
  /** By how much markups can multiply a price, by currency. */
  readonly factors: Readonly<Record<string, number>>;
};

/** What a row asks for; nothing where a cell is empty or has no column. */
export type Wanted = {
  readonly product: number | null;
  readonly sku: string;
  readonly name: string;
  readonly offeringId: number;
  readonly category: string;
  readonly group: string;
  readonly unit: string;
  readonly commitment: Commitment;
  readonly currency: string;
  readonly minor: number;
};
export type Problem = { readonly column: Column; readonly title: string; readonly sentence: string };
export type PricedRow = { readonly wanted: Wanted; readonly before: number | undefined };
export type Checker = (
  cells: readonly string[],
  row: number,
) => PricedRow | { readonly problems: readonly Problem[] };

const LONGEST: Readonly<Record<'sku' | 'product' | 'category' | 'group' | 'unit', number>> = {
  sku: 60,
  product: 200,
  category: 100,
  group: 100,
  unit: 40,
};

/** Checks row after row of one list: what stands in it twice is seen. */
export function rowChecker(columns: Columns, world: World): Checker {
  const bySku = new Map(world.products.flatMap((one) => (one.sku === null ? [] : [[fold(one.sku), one]])));
  const byName = new Map(world.products.map((one) => [fold(one.name), one]));
  const offerings = new Map(world.offerings.map((one) => [fold(one.name), one]));
  const seen = new Map<string, number>();
  const names = new Map<string, string>();

  return (cells, row) => {
    const problems: Problem[] = [];
    const wrong = (column: Column, title: string, sentence: string) => {
      problems.push({ column, title, sentence });
    };
    const at = (column: Column): string => {
      const index = columns[column];
      return index === undefined ? '' : plain(cells[index] ?? '');
    };
    for (const [column, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
      if ([...at(column)].length > most)
        wrong(column, `${TITLES[column][0]} is too long`, `the text is too long: ${most} letters fit.`);
    }

    const sku = at('sku');
    const unnamed = byName.get(fold(at('product')));
    const known = bySku.get(fold(sku)) ?? (unnamed?.sku === null ? unnamed : undefined);
    if (sku === '') wrong('sku', 'SKU is missing', 'the SKU is missing.');

    const currency = currencyOf(at('currency'), world.currency, wrong);
    const minor = priceOf(at('price'), currency ?? world.currency, world, wrong);
    const key = `${fold(sku)} ${currency}`;
    const earlier = seen.get(key);
    if (sku !== '' && earlier !== undefined)
      wrong('sku', 'SKU stands in the list twice', `${sku} is in row ${earlier} already.`);
    else seen.set(key, row);

    const name = at('product') || known?.name || '';
    if (name === '' && sku !== '')
      wrong('product', 'Product is missing', `${sku} is new, so it needs the name of the product.`);
    const other = byName.get(fold(name));
    if (other !== undefined && other.id !== known?.id)
      wrong(
        'product',
        'Product has another SKU',
        `“${name}” is the name of ${other.sku ?? 'another product'} already.`,
      );
    const first = names.get(fold(name));
    if (name !== '' && first !== undefined && first !== fold(sku))
      wrong('product', 'Product has two SKUs', `“${name}” stands in the list with another SKU already.`);
    names.set(fold(name), fold(sku));

    const offering = at('offering') === '' ? undefined : offerings.get(fold(at('offering')));
    if (at('offering') !== '' && offering === undefined)
      wrong('offering', 'Offering is unknown', `there is no offering “${at('offering')}”.`);
    const offeringId = offering?.id ?? known?.offeringId ?? undefined;
    const category = at('category') || known?.category || '';
    const group = at('group') || known?.group || '';
    if (sku !== '' && at('offering') === '' && offeringId === undefined)
      wrong('offering', 'Offering is missing', `${sku} is new, so it needs an offering.`);
    if (sku !== '' && category === '')
      wrong('category', 'Category is missing', `${sku} is new, so it needs a category.`);
    if (sku !== '' && group === '')
      wrong('group', 'Product group is missing', `${sku} is new, so it needs a product group.`);
    const commitment = commitmentOf(at('commitment'), known, wrong);

    if (problems.length > 0 || currency === undefined || minor === undefined || offeringId === undefined)
      return { problems };
    const unit = at('unit') || known?.unit || 'unit';
    return {
      wanted: {
        product: known?.id ?? null,
        ...{ sku: known?.sku ?? sku, name, offeringId, category, group, unit, commitment, currency, minor },
      },
      before: known?.forSale ? known.prices[currency] : undefined,
    };
  };
}

type Wrong = (column: Column, title: string, sentence: string) => void;

function currencyOf(typed: string, usual: string, wrong: Wrong): string | undefined {
  if (typed === '') return usual;
  const read = parseCurrency(typed);
  if ('value' in read) return read.value;
  wrong('currency', 'Currency is unknown', read.error);
  return undefined;
}

function priceOf(typed: string, currency: string, { factors }: World, wrong: Wrong): number | undefined {
  if (typed === '') {
    wrong('price', 'Price is missing', 'the price is missing.');
    return undefined;
  }
  const read = parseAmount(typed, currency);
  if ('error' in read) {
    wrong('price', 'Price is not an amount', read.error);
    return undefined;
  }
  if (!isAffordable(read.value, factors[currency] ?? 1)) {
    wrong('price', 'Price is too large', `“${typed}” is too large.`);
    return undefined;
  }
  return read.value;
}

/** With every markup there is, also on what is rounded up, the price still has to fit an amount. */
export const isAffordable = (minor: number, factor: number): boolean =>
  minor * factor < MOST_MINOR - 1 - MOST_MARKUP_BP / 10_000;

const COMMITMENTS: Readonly<Record<string, Commitment>> = {
  monthly: 'monthly',
  month: 'monthly',
  yearly: 'yearly',
  year: 'yearly',
  annual: 'yearly',
};

function commitmentOf(typed: string, known: Known | undefined, wrong: Wrong): Commitment {
  const usual = known?.commitment ?? 'monthly';
  if (typed === '') return usual;
  const read = COMMITMENTS[fold(typed)];
  if (read === undefined)
    wrong('commitment', 'Commitment is unknown', `“${typed}” is neither monthly nor yearly.`);
  return read ?? usual;
}

export type Changes = {
  readonly up: number;
  readonly down: number;
  readonly same: number;
  readonly added: readonly Wanted[];
  /** Those that change most in relation to what they were. */
  readonly largest: readonly { readonly wanted: Wanted; readonly before: number }[];
};

const MOST_SHOWN = 5;

export function changesOf(rows: readonly PricedRow[]): Changes {
  const known = rows.flatMap(({ wanted, before }) => (before === undefined ? [] : [{ wanted, before }]));
  const moved = known.filter(({ wanted, before }) => wanted.minor !== before);
  const part = ({ wanted, before }: (typeof known)[number]) =>
    before === 0 ? Number.POSITIVE_INFINITY : Math.abs(wanted.minor - before) / before;
  const up = moved.filter(({ wanted, before }) => wanted.minor > before).length;
  return {
    up,
    down: moved.length - up,
    same: known.length - moved.length,
    added: rows.flatMap(({ wanted, before }) => (before === undefined ? [wanted] : [])),
    largest: moved.toSorted((a, b) => part(b) - part(a)).slice(0, MOST_SHOWN),
  };
}

/** What is kept of a product, to see whether it is still so, and to put it back. */
export type Kept = {
  readonly name: string;
  readonly unit: string;
  readonly commitment: Commitment;
  readonly groupId: number | null;
  readonly forSale: boolean;
  readonly price: number | null;
};
export type Changed = {
  readonly product: number;
  readonly currency: string;
  readonly before: Kept | null;
  readonly after: Kept;
};

export const keptOf = (
  { name, unit, commitment, groupId, forSale, prices }: Known,
  currency: string,
): Kept => ({
  name,
  unit,
  commitment,
  groupId,
  forSale,
  price: prices[currency] ?? null,
});

export const isStill = (now: Kept, after: Kept): boolean =>
  now.name === after.name &&
  now.unit === after.unit &&
  now.commitment === after.commitment &&
  now.groupId === after.groupId &&
  now.forSale === after.forSale &&
  now.price === after.price;

export const asJson = (value: object): Json => value as Json;
