import { type CellObject, CFB, read, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { booleanText, numberText } from '../cells.ts';
import { dateText, isDateFormat } from '../dates.ts';
import { addressOf } from '../mail-links.ts';
import type { RowSink } from '../row-sink.ts';
import { noData, passwordProtected, Refusal, xlsTooLarge } from '../sentences.ts';
import { type SheetFacts, type Source, wantedOf } from '../source.ts';
import { type Top, topOf } from '../top.ts';
import { isWhole } from './biff.ts';

export async function readXls({ bytes, limits, sheet: wanted }: Source, sink: RowSink): Promise<SheetFacts> {
  if (bytes.length > limits.xlsBytes) throw new Refusal(xlsTooLarge(bytes.length, limits.xlsBytes));
  const book = await open(bytes);
  const { Sheets: sheets } = book;
  const names = tabsOf(book);
  for (const name of wantedOf(names, (name) => name, wanted)) {
    addRows(sheets[name], sink, since1904(book));
    if (sink.filled) {
      const otherSheets = names.filter((other) => other !== name);
      return { format: 'xls', sheet: name, otherSheets, ...noticed(sheets[name]) };
    }
  }
  throw new Refusal(noData('.xls'));
}

/** How each sheet begins. */
export async function topsOfXls({ bytes, limits }: Source): Promise<Top[]> {
  if (bytes.length > limits.xlsBytes) throw new Refusal(xlsTooLarge(bytes.length, limits.xlsBytes));
  const book = await open(bytes);
  return Promise.all(
    tabsOf(book).map((name) =>
      topOf(name, limits, async (sink) => addRows(book.Sheets[name], sink, since1904(book))),
    ),
  );
}

/** In the order of the tabs; those that are hidden stand last. */
function tabsOf({ SheetNames: names, Workbook: book }: WorkBook): string[] {
  const isHidden = (name: string) => (book?.Sheets?.[names.indexOf(name)]?.Hidden ?? 0) > 0;
  return names.toSorted((one, other) => Number(isHidden(one)) - Number(isHidden(other)));
}

const since1904 = ({ Workbook: book }: WorkBook): boolean => book?.WBProps?.date1904 === true;

async function open(bytes: Uint8Array): Promise<WorkBook> {
  try {
    await prepare(bytes);
    const without = { cellFormula: false, cellHTML: false, cellText: false };
    return read(bytes, { type: 'array', dense: true, cellNF: true, ...without });
  } catch (thrown) {
    if (/password|encrypt/i.test(String(thrown))) throw new Refusal(passwordProtected('.xls'));
    throw thrown;
  }
}

type Stream = { readonly content?: Uint8Array } | null;

async function prepare(bytes: Uint8Array): Promise<void> {
  const container: unknown = CFB.read(bytes, { type: 'array' });
  const unicode: Stream = CFB.find(container, '/Workbook');
  // Excel 95 and before write one byte for each letter. The tables of them take long to load.
  if (unicode === null) set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const workbook: Stream = unicode ?? CFB.find(container, '/Book');
  if (workbook?.content === undefined || !isWhole(Uint8Array.from(workbook.content))) {
    throw new Error('the records of the workbook break off');
  }
}

type Rows = readonly (readonly (CellObject | undefined)[] | undefined)[];

function addRows(sheet: WorkSheet | undefined, sink: RowSink, since1904: boolean): void {
  const rows: Rows = sheet?.['!data'] ?? [];
  const looks = sheet?.['!rows'] ?? [];
  rows.forEach((row = [], index) => {
    sink.add(
      index + 1,
      Array.from(row, (cell) => cellText(cell, since1904)),
      looks[index]?.hidden,
    );
  });
}

function noticed(sheet: WorkSheet | undefined): Pick<SheetFacts, 'merged' | 'links'> {
  const rows: Rows = sheet?.['!data'] ?? [];
  const links = rows.flatMap((row = [], rowIndex) =>
    row.flatMap((cell, columnIndex) => {
      const address = addressOf(cell?.l?.Target ?? '');
      return address === undefined ? [] : [{ row: rowIndex + 1, column: columnIndex + 1, address }];
    }),
  );
  return { merged: sheet?.['!merges']?.length ?? 0, links };
}

const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

function cellText(cell: CellObject | undefined, since1904: boolean): string {
  const value = cell?.v;
  if (cell?.t === 'e') return errors[Number(value)] ?? '#ERROR!';
  if (typeof value === 'number') {
    const isDate = typeof cell?.z === 'string' && isDateFormat(cell.z);
    return (isDate && dateText(value, since1904)) || numberText(value);
  }
  if (typeof value === 'boolean') return booleanText(value);
  return String(value ?? '');
}
