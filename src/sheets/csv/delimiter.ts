import { splitRows } from './split.ts';

/** Where two fit alike, the earlier is meant: a comma is often part of a number or a name. */
const candidates = ['\t', ';', ','] as const;
type Delimiter = (typeof candidates)[number];

const SAMPLE_ROWS = 200;
const SAMPLE_TEXT = 256 * 1024;
const SAMPLE_COLUMNS = 100;

type Fit = { readonly delimiter: Delimiter; readonly addresses: number; readonly regular: number };

/** The delimiter under which the most e-mail addresses stand alone in their cell; else the most regular one. */
export function delimiterOf(text: string): Delimiter {
  const sample = text.slice(0, SAMPLE_TEXT);
  const fits = candidates.map((delimiter) => fit(sample, delimiter));
  return fits.reduce((best, other) => (isBetter(other, best) ? other : best)).delimiter;
}

function isBetter(one: Fit, other: Fit): boolean {
  if (one.addresses !== other.addresses) return one.addresses > other.addresses;
  return one.regular > other.regular;
}

const ADDRESS = /^\s*[^@\s,;<>"]+@[^@\s,;<>"]+\s*$/;

function fit(text: string, delimiter: Delimiter): Fit {
  const rows = sampleOf(text, delimiter);
  const addresses = rows.flat().filter((field) => ADDRESS.test(field)).length;
  return { delimiter, addresses, regular: rowsOfCommonWidth(rows) };
}

/** The first rows with something in them; the text may break off within one. */
function sampleOf(text: string, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  splitRows(text, {
    delimiter,
    columns: SAMPLE_COLUMNS,
    longest: SAMPLE_TEXT,
    take(_, fields) {
      if (fields.length > 1 || fields[0] !== '') rows.push([...fields]);
      return rows.length < SAMPLE_ROWS;
    },
    openQuote: () => undefined,
  });
  return rows;
}

/** How many rows are split into the same number of cells, where that is more than one. */
function rowsOfCommonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) {
    if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
