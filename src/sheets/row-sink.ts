import { cellName, plainText } from './cells.ts';
import type { Limits } from './limits.ts';
import { cellTooLong, Refusal, tooManyRows, tooMuchText } from './sentences.ts';

/** A row with something in it. `number` is what the spreadsheet program shows; cells start at column A. */
export type Row = { readonly number: number; readonly cells: readonly string[] };

export type RowSink = {
  /** Takes one row as it was read, in the order of the sheet. */
  add(number: number, texts: readonly string[]): void;
  /** Hands on what is left. */
  flush(): void;
  /** Whether any row had something in it. */
  readonly filled: boolean;
  /** Whether something stood to the right of the columns kept. */
  readonly cutColumns: boolean;
};

const CHUNK = 1_000;

/** Where every reader puts its rows: cleans and counts them, refuses what is too much, hands them on in chunks. */
export function rowSink(limits: Limits, hand: (rows: Row[]) => void): RowSink {
  let chunk: Row[] = [];
  let rows = 0;
  let characters = 0;
  let cutColumns = false;

  function flush(): void {
    if (chunk.length > 0) hand(chunk);
    chunk = [];
  }

  function add(number: number, texts: readonly string[]): void {
    if (texts.length > limits.columns) cutColumns ||= texts.slice(limits.columns).some((text) => text !== '');
    const cells = plainCells(number, texts, limits);
    if (cells.length === 0) return;
    rows += 1;
    if (rows > limits.rows) throw new Refusal(tooManyRows(limits));
    for (const cell of cells) characters += cell.length;
    if (characters > limits.text) throw new Refusal(tooMuchText(limits));
    chunk.push({ number, cells });
    if (chunk.length === CHUNK) flush();
  }

  return {
    add,
    flush,
    get filled() {
      return rows > 0;
    },
    get cutColumns() {
      return cutColumns;
    },
  };
}

/** The cleaned cells up to the last one that is not empty. */
function plainCells(number: number, texts: readonly string[], limits: Limits): string[] {
  const cells: string[] = [];
  const width = Math.min(texts.length, limits.columns);
  let filled = 0;
  for (let column = 0; column < width; column += 1) {
    const text = texts[column] ?? '';
    if (text.length > limits.cellText) throw new Refusal(cellTooLong(limits, cellName(column + 1, number)));
    const cell = plainText(text);
    cells.push(cell);
    if (cell !== '') filled = column + 1;
  }
  cells.length = filled;
  return cells;
}
