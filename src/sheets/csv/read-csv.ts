import { parse as parsePath } from 'node:path';
import type { Limits } from '../limits.ts';
import type { RowSink } from '../row-sink.ts';
import { noData, openQuote, Refusal, saveAsXlsxInstead, tooManyLines, unknownFile } from '../sentences.ts';
import type { SheetFacts, Source } from '../source.ts';
import { type Top, topOf } from '../top.ts';
import { delimiterOf } from './delimiter.ts';
import { decodeText, looksWritten } from './encoding.ts';
import { splitRows } from './split.ts';

const MARKUP = /^\s*<(!doctype|html|table|\?xml)/i;
/** What Excel takes as a note of the delimiter, not as a row. */
const SEPARATOR_NOTE = /^sep=([,;\t])\n/i;
/** As many as a sheet has. */
const MOST_LINES = 1_048_576;

export async function readCsv({ name, bytes, limits }: Source, sink: RowSink): Promise<SheetFacts> {
  const text = withLineFeeds(decodeText(bytes));
  if (!looksWritten(text)) throw new Refusal(unknownFile);
  if (MARKUP.test(text)) throw new Refusal(saveAsXlsxInstead('a web page or an XML file'));
  const note = SEPARATOR_NOTE.exec(text);
  const table = note === null ? text : text.slice(note[0].length);
  addRows(table, note?.[1] ?? delimiterOf(table), limits, sink);
  if (!sink.filled) throw new Refusal(noData('.csv'));
  return { format: 'csv', sheet: parsePath(name).name, otherSheets: [], merged: 0, links: [] };
}

/** How it begins. */
export const topOfCsv = (source: Source): Promise<Top> =>
  topOf(parsePath(source.name).name, source.limits, (sink) => readCsv(source, sink));

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function addRows(table: string, delimiter: string, { columns, cellText }: Limits, sink: RowSink): void {
  splitRows(table, {
    delimiter,
    columns,
    // Twice as long as a cell may be, if every character of it is a quotation mark.
    longest: 2 * cellText + 2,
    take(number, fields) {
      if (number > MOST_LINES) throw new Refusal(tooManyLines(MOST_LINES));
      sink.add(number, fields);
      return true;
    },
    openQuote(row) {
      throw new Refusal(openQuote(row));
    },
  });
}
