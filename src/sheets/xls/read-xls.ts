import { type CellObject, CFB, read, set_cptable, type WorkSheet } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { booleanText, numberText } from '../cells.ts';
import type { SheetFacts, Source } from '../parse.ts';
import type { RowSink } from '../row-sink.ts';
import { noData, passwordProtected, Refusal, xlsTooLarge } from '../sentences.ts';
import { isWhole } from './biff.ts';

set_cptable(codePages);

export async function readXls({ bytes, limits }: Source, sink: RowSink): Promise<SheetFacts> {
  if (bytes.length > limits.xlsBytes) throw new Refusal(xlsTooLarge(bytes.length, limits.xlsBytes));
  const { SheetNames: names, Sheets: sheets } = open(bytes);
  for (const name of names) {
    addRows(sheets[name], sink);
    if (sink.filled) {
      return { format: 'xls', sheet: name, otherSheets: names.filter((other) => other !== name) };
    }
  }
  throw new Refusal(noData('.xls'));
}

function open(bytes: Uint8Array) {
  try {
    assertWhole(bytes);
    return read(bytes, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: false });
  } catch (thrown) {
    if (/password|encrypt/i.test(String(thrown))) throw new Refusal(passwordProtected('.xls'));
    throw thrown;
  }
}

function assertWhole(bytes: Uint8Array): void {
  const container: unknown = CFB.read(bytes, { type: 'array' });
  const stream: { content?: Uint8Array } | null =
    CFB.find(container, '/Workbook') ?? CFB.find(container, '/Book');
  if (stream?.content === undefined || !isWhole(Uint8Array.from(stream.content))) {
    throw new Error('the records of the workbook break off');
  }
}

function addRows(sheet: WorkSheet | undefined, sink: RowSink): void {
  const rows: (CellObject | undefined)[][] = sheet?.['!data'] ?? [];
  rows.forEach((row, index) => {
    sink.add(index + 1, Array.from(row, cellText));
  });
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

function cellText(cell: CellObject | undefined): string {
  const value = cell?.v;
  if (cell?.t === 'e') return errors[Number(value)] ?? '#ERROR!';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return booleanText(value);
  return String(value ?? '');
}
