/** Sheets: the bytes of a spreadsheet in, rows of plain cells out; rows in, a workbook or a CSV out. */
export { cellName, columnName } from './cells.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { type ReadSheet, type ReadTops, readSheet, readTops, type SheetFile } from './read.ts';
export type { Row } from './row-chunk.ts';
export type { Top } from './top.ts';
export { writeCsv } from './write/csv.ts';
export type { CellOut, ColumnOut, RowOut, SheetOut, Tone } from './write/sheet-out.ts';
export { writeWorkbook } from './write/workbook.ts';
export { warmWriter } from './write/writers.ts';
