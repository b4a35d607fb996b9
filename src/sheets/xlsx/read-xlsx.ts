import type { RowSink } from '../row-sink.ts';
import { noData, Refusal } from '../sentences.ts';
import { type SheetFacts, type Source, wantedOf } from '../source.ts';
import { openPackage } from './package.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readWorkbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

/** Reads the wanted sheet or the first one with data, as a stream: no file, however it was made, takes more than the limits. */
export async function readXlsx({ bytes, limits, sheet: wanted }: Source, sink: RowSink): Promise<SheetFacts> {
  const xlsx = await openPackage(bytes, limits);
  const { sheets, sharedStrings } = await readWorkbook(xlsx);
  const strings = sharedStrings === undefined ? [] : await readSharedStrings(xlsx, sharedStrings, limits);
  for (const sheet of wantedOf(sheets, ({ name }) => name, wanted)) {
    const found = await readWorksheet(xlsx, { part: sheet.part, strings, limits }, sink.add);
    if (sink.filled) {
      const others = sheets.filter((other) => other !== sheet);
      return { format: 'xlsx', sheet: sheet.name, otherSheets: others.map(({ name }) => name), ...found };
    }
  }
  throw new Refusal(noData('.xlsx'));
}
