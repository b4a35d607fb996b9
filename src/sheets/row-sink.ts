import { cellName, plainText } from './cells.ts';
import type { Limits } from './limits.ts';
import { packed, type RowChunk } from './row-chunk.ts';
import { cellTooLong, Refusal, tooManyRows, tooMuchText } from './sentences.ts';
import type { RowFacts } from './source.ts';

export type RowSink = {
  /** Takes one row as it was read, in the order of the sheet. */
  add(number: number, texts: readonly string[], hidden?: boolean): void;
  /** Hands on what is left. */
  flush(): void;
  /** Whether any row had something in it. */
  readonly filled: boolean;
  readonly facts: RowFacts;
};

const CHUNK = 1_000;

/** Where every reader puts its rows: cleans and counts them, refuses what is too much, hands them on in chunks. */
export function rowSink(limits: Limits, hand: (rows: RowChunk) => void): RowSink {
  let cells: string[] = [];
  let marks: number[] = [];
  let rows = 0;
  let characters = 0;
  let cutColumns = false;
  let hiddenRows = 0;

  function flush(): void {
    if (marks.length > 0) hand(packed(cells, marks));
    cells = [];
    marks = [];
  }

  function add(number: number, texts: readonly string[], hidden = false): void {
    if (texts.length > limits.columns) cutColumns ||= texts.slice(limits.columns).some((text) => text !== '');
    const begun = cells.length;
    const width = addCells(number, texts);
    cells.length = begun + width;
    if (width === 0) return;
    rows += 1;
    if (hidden) hiddenRows += 1;
    if (rows > limits.rows) throw new Refusal(tooManyRows(limits));
    if (characters > limits.text) throw new Refusal(tooMuchText(limits));
    marks.push(number, width);
    if (marks.length === 2 * CHUNK) flush();
  }

  /** Adds the cleaned cells; returns how many there are up to the last one that is not empty. */
  function addCells(number: number, texts: readonly string[]): number {
    const most = Math.min(texts.length, limits.columns);
    let width = 0;
    for (let column = 0; column < most; column += 1) {
      const text = texts[column] ?? '';
      if (text.length > limits.cellText) throw new Refusal(cellTooLong(limits, cellName(column + 1, number)));
      const cell = plainText(text);
      cells.push(cell);
      characters += cell.length;
      if (cell !== '') width = column + 1;
    }
    return width;
  }

  return {
    add,
    flush,
    get filled() {
      return rows > 0;
    },
    get facts() {
      return { cutColumns, hiddenRows };
    },
  };
}
