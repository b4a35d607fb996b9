import { Buffer } from 'node:buffer';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';
import { cellText } from './cell-text.ts';
import type { CellOut, ColumnOut, RowOut } from './sheet-out.ts';
import { headerLook, type Look, textLook, toneLooks } from './styles.ts';
import { widths } from './widths.ts';

/** Each is answered with the bytes of the workbook that were written since the one before. */
export type ToWriter =
  | {
      readonly kind: 'sheet';
      readonly name: string;
      readonly columns: readonly ColumnOut[];
      readonly rows: readonly RowOut[];
    }
  | { readonly kind: 'rows'; readonly rows: readonly RowOut[] }
  | { readonly kind: 'end' };

type Written = { readonly value: CellValue; readonly look?: Look };

const written: Uint8Array[] = [];
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
  useStyles: true,
  stream: new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      written.push(bytes);
      done();
    },
  }),
});
workbook.creator = 'Quartermaster';
workbook.lastModifiedBy = 'Quartermaster';
let sheet: Worksheet | undefined;

parentPort?.on('message', async (message: ToWriter) => {
  switch (message.kind) {
    case 'sheet':
      sheet?.commit();
      sheet = begin(message.name, message.columns, message.rows);
      addRows(sheet, message.rows);
      break;
    case 'rows':
      addRows(sheet, message.rows);
      break;
    case 'end':
      await workbook.commit();
      break;
  }
  // The zip stream does its part between two chunks of rows.
  await turn();
  parentPort?.postMessage(Buffer.concat(written.splice(0)));
});

function begin(name: string, columns: readonly ColumnOut[], firstRows: readonly RowOut[]): Worksheet {
  const headed = columns.some(({ header }) => header !== undefined);
  const begun = workbook.addWorksheet(name, { views: headed ? [{ state: 'frozen', ySplit: 1 }] : [] });
  begun.columns = widths(columns, firstRows).map((width) => ({ width }));
  if (headed) addRow(begun, columns.map(headerCell));
  return begun;
}

function addRows(to: Worksheet | undefined, rows: readonly RowOut[]): void {
  if (to === undefined) throw new Error('rows before a sheet');
  for (const row of rows) addRow(to, row.map(toWrite));
}

function addRow(to: Worksheet, cells: readonly Written[]): void {
  const row = to.addRow(cells.map(({ value }) => value));
  cells.forEach(({ look }, at) => {
    if (look !== undefined) row.getCell(at + 1).style = look;
  });
  row.commit();
}

function headerCell({ header = '' }: ColumnOut): Written {
  return { value: cellText(header), look: headerLook };
}

function toWrite(cell: CellOut): Written {
  if (cell === '') return { value: null };
  if (typeof cell === 'string') return { value: cellText(cell), look: textLook };
  if (typeof cell === 'object') return { value: cellText(cell.text), look: toneLooks[cell.tone] };
  return Number.isFinite(cell) ? { value: cell } : { value: String(cell), look: textLook };
}
