import { Writable } from 'node:stream';
import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';
import { cellText } from './cell-text.ts';
import type { CellOut, ColumnOut, RowOut } from './sheet-out.ts';
import { headerLook, type Look, textLook, toneLooks } from './styles.ts';
import { widths } from './widths.ts';

export type WorkbookInProgress = {
  beginSheet(name: string, columns: readonly ColumnOut[], firstRows: readonly RowOut[]): void;
  /** To the sheet that was begun last. */
  addRows(rows: readonly RowOut[]): void;
  end(): Promise<void>;
  /** The bytes that came since the last call. */
  written(): Uint8Array[];
};

export function newWorkbook(): WorkbookInProgress {
  const written: Uint8Array[] = [];
  const workbook = writerTo(written);
  let sheet: Worksheet | undefined;

  return {
    beginSheet(name, columns, firstRows) {
      sheet?.commit();
      sheet = begin(workbook, name, columns, firstRows);
      addRows(sheet, firstRows);
    },
    addRows: (rows) => addRows(sheet, rows),
    end: () => workbook.commit(),
    written: () => written.splice(0),
  };
}

function writerTo(written: Uint8Array[]): ExcelJS.stream.xlsx.WorkbookWriter {
  const stream = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      written.push(bytes);
      done();
    },
  });
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ useStyles: true, stream });
  workbook.creator = 'Quartermaster';
  workbook.lastModifiedBy = 'Quartermaster';
  return workbook;
}

function begin(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly ColumnOut[],
  firstRows: readonly RowOut[],
): Worksheet {
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

type Written = { readonly value: CellValue; readonly look?: Look };

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
