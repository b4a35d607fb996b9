import { contentOf } from './content.ts';
import type { RowSink } from './row-sink.ts';
import { damaged, emptyFile, Refusal } from './sentences.ts';
import type { SheetFacts, Source } from './source.ts';

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

/** Parsers throw all sorts of things at a broken file, some of which are no `Error`. */
async function guarded(extension: '.xlsx' | '.xls', reading: Promise<SheetFacts>): Promise<SheetFacts> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal(damaged(extension), { cause: thrown });
  }
}
