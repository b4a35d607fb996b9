import type { RowSink } from '../row-sink.ts';
import { noData, Refusal } from '../sentences.ts';
import type { SheetFacts, Source } from '../source.ts';
import { openPackage } from './package.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readWorkbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

/** Reads the first sheet with data, as a stream: no file, however it was made, takes more than the limits. */
export async function readXlsx({ bytes, limits }: Source, sink: RowSink): Promise<SheetFacts> {
  const xlsx = await openPackage(bytes, limits);
  const { sheets, sharedStrings } = await readWorkbook(xlsx);
  const strings = sharedStrings === undefined ? [] : await readSharedStrings(xlsx, sharedStrings, limits);
  for (const sheet of sheets) {
    const found = await readWorksheet(xlsx, { part: sheet.part, strings, limits }, sink.add);
    if (sink.filled) {
      const others = sheets.filter((other) => other !== sheet);
      return { format: 'xlsx', sheet: sheet.name, otherSheets: others.map(({ name }) => name), ...found };
    }
  }
  throw new Refusal(noData('.xlsx'));
}
