import { guarded } from '../guarded.ts';
import type { RowSink } from '../row-sink.ts';
import { noData, Refusal } from '../sentences.ts';
import { type SheetFacts, type Source, wantedOf } from '../source.ts';
import { type Top, topOf } from '../top.ts';
import { readDateStyles } from './date-styles.ts';
import { openPackage } from './package.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readWorkbook, type Tab } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';

/** Reads the wanted sheet or the first one with data, as a stream: no file, however it was made, takes more than the limits. */
export async function readXlsx(source: Source, sink: RowSink): Promise<SheetFacts> {
  const { sheets, read } = await open(source);
  for (const sheet of wantedOf(sheets, ({ name }) => name, source.sheet)) {
    const found = await read(sheet, sink);
    if (sink.filled) {
      const others = sheets.filter((other) => other !== sheet);
      return { format: 'xlsx', sheet: sheet.name, otherSheets: others.map(({ name }) => name), ...found };
    }
  }
  throw new Refusal(noData('.xlsx'));
}

/** How each sheet begins. */
export async function topsOfXlsx(source: Source): Promise<Top[]> {
  const { sheets, read } = await open(source);
  const tops: Top[] = [];
  for (const sheet of sheets)
    tops.push(await topOf(sheet.name, source.limits, (sink) => guarded('.xlsx', read(sheet, sink))));
  return tops;
}

async function open({ bytes, limits }: Source) {
  const xlsx = await openPackage(bytes, limits);
  const { sheets, sharedStrings, styles, since1904 } = await readWorkbook(xlsx);
  const strings = sharedStrings === undefined ? [] : await readSharedStrings(xlsx, sharedStrings, limits);
  const dates: ReadonlySet<string> = styles === undefined ? new Set() : await readDateStyles(xlsx, styles);
  const texts = { strings, dates, since1904, limits };
  const read = ({ part }: Tab, sink: RowSink) => readWorksheet(xlsx, { ...texts, part }, sink.add);
  return { sheets, read };
}
