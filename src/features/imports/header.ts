/** Sheets with a header: which column holds what, whatever the order in which they stand. */
import { number } from '../../../cards/format.ts';
import type { SheetRow } from '../bulk/kind.ts';

export type Column<F extends string> = {
  readonly field: F;
  readonly title: string;
  /** Other names under which it is found. */
  readonly also?: readonly string[];
  readonly holds: string;
  readonly needed?: true;
};

export type Headed<F extends string> = {
  readonly kind: 'headed';
  readonly header: SheetRow;
  readonly rows: readonly SheetRow[];
  /** In which column a field stands, from 0 on. */
  readonly places: ReadonlyMap<F, number>;
  /** Titles that stand for nothing here. */
  readonly leftOut: readonly string[];
};

/** Titles are the same without regard to case, blanks and signs. */
const fold = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

export function readHeader<F extends string>(
  rows: readonly SheetRow[],
  columns: readonly Column<F>[],
): Headed<F> | { readonly kind: 'refused'; readonly sentence: string } {
  const [header, ...others] = rows;
  const titles = header?.cells.map(fold) ?? [];
  const places = new Map<F, number>();
  for (const { field, title, also = [] } of columns) {
    const names = [title, ...also].map(fold);
    const at = titles.findIndex((one) => names.includes(one));
    if (at >= 0) places.set(field, at);
  }
  const missing = columns.filter(({ field, needed }) => needed && !places.has(field));
  if (header === undefined || missing.length > 0) {
    const names = missing.map(({ title }) => `“${title}”`).join(', ');
    return { kind: 'refused', sentence: `The first row has to name the columns; ${names} is missing.` };
  }
  const known = new Set(places.values());
  const leftOut = header.cells.filter((title, index) => title.trim() !== '' && !known.has(index));
  return { kind: 'headed', header, rows: others, places, leftOut };
}

/** How many columns of a header are known here; none where a needed one is missing. */
export function knownColumns(header: readonly string[], columns: readonly Column<string>[]): number {
  const sheet = readHeader([{ number: 1, cells: header }], columns);
  return sheet.kind === 'headed' ? sheet.places.size : 0;
}

/** What a row says of each field; nothing where its cell is empty. */
export function cellsOf<F extends string>(
  row: SheetRow,
  places: ReadonlyMap<F, number>,
): Partial<Record<F, string>> {
  const found: Partial<Record<F, string>> = {};
  for (const [field, at] of places) {
    const text = row.cells[at]?.trim() ?? '';
    if (text !== '') found[field] = text;
  }
  return found;
}

export const notesOn = ({ leftOut }: Pick<Headed<string>, 'leftOut'>): string[] =>
  leftOut.length > 0 ? [`Columns left out: ${leftOut.join(', ')}.`] : [];

/** `12 are new, 3 change, 2 are the same as here.` */
export function countsOf(states: readonly ('new' | 'changed' | 'same')[]): string {
  const of = (state: string) => states.filter((one) => one === state).length;
  const is = (many: number) => (many === 1 ? 'is' : 'are');
  const [made, changed, same] = [of('new'), of('changed'), of('same')];
  return `${number(made)} ${is(made)} new, ${number(changed)} ${changed === 1 ? 'changes' : 'change'}, ${number(same)} ${is(same)} the same as here.`;
}

/** A sentence about a cell begins with its place; of what has no column, with the row. */
export function placed<F extends string>(
  places: ReadonlyMap<F, number>,
  field: F,
  row: number,
  sentence: string,
): string {
  const at = places.get(field);
  return at === undefined ? `Row ${row}: ${sentence}` : `${letterOf(at)}${row}: ${sentence}`;
}

/** `0` -> `A`, `26` -> `AA` */
const letterOf = (at: number): string =>
  (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
