import { parse as parsePath } from 'node:path';
import Papa from 'papaparse';
import type { RowSink } from '../row-sink.ts';
import { noData, openQuote, Refusal, saveAsXlsxInstead, unknownFile } from '../sentences.ts';
import type { SheetFacts, Source } from '../source.ts';
import { delimiterOf } from './delimiter.ts';
import { decodeText, looksWritten } from './encoding.ts';

const MARKUP = /^\s*<(!doctype|html|table|\?xml)/i;
/** What Excel takes as a note of the delimiter, not as a row. */
const SEPARATOR_NOTE = /^sep=([,;\t])\n/i;

export async function readCsv({ name, bytes }: Source, sink: RowSink): Promise<SheetFacts> {
  const text = decodeText(bytes).replace(/\r\n?/g, '\n');
  if (!looksWritten(text)) throw new Refusal(unknownFile);
  if (MARKUP.test(text)) throw new Refusal(saveAsXlsxInstead('a web page or an XML file'));
  const note = SEPARATOR_NOTE.exec(text);
  const table = note === null ? text : text.slice(note[0].length);
  addRows(table, note?.[1] ?? delimiterOf(table), sink);
  if (!sink.filled) throw new Refusal(noData('.csv'));
  return { format: 'csv', sheet: parsePath(name).name, otherSheets: [] };
}

function addRows(table: string, delimiter: string, sink: RowSink): void {
  let number = 0;
  Papa.parse<string[]>(table, {
    delimiter,
    newline: '\n',
    step({ data, errors }) {
      number += 1;
      if (errors.some(({ code }) => code === 'MissingQuotes')) throw new Refusal(openQuote(number));
      sink.add(number, data);
    },
  });
}
