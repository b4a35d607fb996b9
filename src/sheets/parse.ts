import { contentOf } from './content.ts';
import { guarded } from './guarded.ts';
import type { RowSink } from './row-sink.ts';
import { type Extension, emptyFile, noData, Refusal } from './sentences.ts';
import type { SheetFacts, Source } from './source.ts';
import type { Top } from './top.ts';

/** Reads the first sheet with data into the sink. Throws a `Refusal`, or whatever a parser throws. */
export async function parse(source: Source, sink: RowSink): Promise<SheetFacts> {
  if (source.bytes.length === 0) throw new Refusal(emptyFile);
  const content = contentOf(source.bytes);
  // Imported here: one worker reads one file, and each parser takes a while to load.
  switch (content.kind) {
    case 'zip':
      return guarded('.xlsx', (await import('./xlsx/read-xlsx.ts')).readXlsx(source, sink));
    case 'xls':
      return guarded('.xls', (await import('./xls/read-xls.ts')).readXls(source, sink));
    case 'text':
      return (await import('./csv/read-csv.ts')).readCsv(source, sink);
    case 'refused':
      throw new Refusal(content.sentence);
  }
}

/** How each sheet begins: at least one of them with a row, or with what is wrong. */
export async function parseTops(source: Source): Promise<readonly Top[]> {
  if (source.bytes.length === 0) throw new Refusal(emptyFile);
  const content = contentOf(source.bytes);
  switch (content.kind) {
    case 'zip':
      return some('.xlsx', guarded('.xlsx', (await import('./xlsx/read-xlsx.ts')).topsOfXlsx(source)));
    case 'xls':
      return some('.xls', guarded('.xls', (await import('./xls/read-xls.ts')).topsOfXls(source)));
    case 'text':
      return [await (await import('./csv/read-csv.ts')).topOfCsv(source)];
    case 'refused':
      throw new Refusal(content.sentence);
  }
}

async function some(extension: Extension, reading: Promise<readonly Top[]>): Promise<readonly Top[]> {
  const tops = await reading;
  if (tops.every(({ first, sentence }) => first === undefined && sentence === undefined))
    throw new Refusal(noData(extension));
  return tops;
}
