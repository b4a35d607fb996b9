/** A row with something in it. `number` is what the spreadsheet program shows; cells start at column A. */
export type Row = { readonly number: number; readonly cells: readonly string[] };

/** Rows on their way out of the reader's thread: a copy of one text costs a fraction of that of a thousand lists. */
export type RowChunk = {
  /** All cells, row after row. */
  readonly cells: string;
  /** The number of each row and how many of the cells are its own. */
  readonly rows: Uint32Array<ArrayBuffer>;
};

/** No cell holds it: it is among what is taken out of texts. */
const BETWEEN = '\0';

export function packed(cells: readonly string[], rows: readonly number[]): RowChunk {
  return { cells: cells.join(BETWEEN), rows: Uint32Array.from(rows) };
}

export function unpacked({ cells, rows }: RowChunk): Row[] {
  const all = cells.split(BETWEEN);
  const found: Row[] = [];
  let begun = 0;
  for (let at = 0; at < rows.length; at += 2) {
    const count = rows[at + 1] ?? 0;
    found.push({ number: rows[at] ?? 0, cells: all.slice(begun, begun + count) });
    begun += count;
  }
  return found;
}
