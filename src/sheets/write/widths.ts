import type { CellOut, ColumnOut, RowOut } from './sheet-out.ts';

const SAMPLE = 200;
const NARROWEST = 8;
const WIDEST = 60;
const PADDING = 2;

/** The width of each column in characters: as asked for, else what the header and the first rows need. */
export function widths(columns: readonly ColumnOut[], rows: readonly RowOut[]): number[] {
  const sample = rows.slice(0, SAMPLE);
  const count = Math.max(columns.length, ...sample.map((row) => row.length));
  return Array.from({ length: count }, (_, at) => {
    const { header = '', width } = columns[at] ?? {};
    if (width !== undefined) return width;
    const longest = Math.max(header.length, ...sample.map((row) => lengthOf(row[at])));
    return Math.min(Math.max(longest + PADDING, NARROWEST), WIDEST);
  });
}

function lengthOf(cell: CellOut | undefined): number {
  if (cell === undefined) return 0;
  const text = typeof cell === 'object' ? cell.text : String(cell);
  return Math.max(...text.split('\n').map((line) => line.length));
}
