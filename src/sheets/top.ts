import type { Limits } from './limits.ts';
import { type Row, unpacked } from './row-chunk.ts';
import { type RowSink, rowSink } from './row-sink.ts';
import { Refusal, unreadable } from './sentences.ts';

/** How a sheet begins. */
export type Top = {
  readonly sheet: string;
  /** The first row with something in it. */
  readonly first?: Row;
  /** Why it can't be read, for the person who sent the file. */
  readonly sentence?: string;
};

/** Reads a sheet up to its first row with something in it. What is wrong with the sheet is wrong with no other. */
export async function topOf(
  sheet: string,
  limits: Limits,
  read: (sink: RowSink) => Promise<unknown>,
): Promise<Top> {
  const rows: Row[] = [];
  const sink = rowSink(limits, (chunk) => rows.push(...unpacked(chunk)));
  const add: RowSink['add'] = (...row) => {
    sink.add(...row);
    // Nothing but a throw ends a parser before the end of its sheet.
    if (sink.filled) throw new Error('enough');
  };
  try {
    await read({ ...sink, add });
  } catch (thrown) {
    if (!sink.filled) return { sheet, sentence: thrown instanceof Refusal ? thrown.message : unreadable };
  }
  sink.flush();
  const [first] = rows;
  return first === undefined ? { sheet } : { sheet, first };
}
