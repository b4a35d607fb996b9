import type { Limits } from './limits.ts';

/** What is known of a sheet besides its rows. */
export type SheetFacts = {
  readonly format: 'xlsx' | 'xls' | 'csv';
  /** The name of the sheet that was read; a CSV file has its file name without the ending. */
  readonly sheet: string;
  readonly otherSheets: readonly string[];
  /** Areas of merged cells. Only the first cell of an area holds something; the others are empty. */
  readonly merged: number;
  /** Cells that lead to an e-mail address. */
  readonly links: readonly MailLink[];
};

/** What was noticed about the rows of a sheet while they were read. */
export type RowFacts = {
  /** Whether something stood to the right of the columns that were kept. */
  readonly cutColumns: boolean;
  /** Rows with something in them that the spreadsheet program does not show. They are read like the others. */
  readonly hiddenRows: number;
};

/** Both places count from 1. */
export type MailLink = { readonly row: number; readonly column: number; readonly address: string };

/** One file to read; the limits are those of the caller. */
export type Source = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: Limits;
  /** The sheet to read, where there is one of this name. */
  readonly sheet?: string | undefined;
  /** Only how each sheet begins is read. */
  readonly tops?: true;
};

/** The sheets among which the one to read is: the one that is wanted, or all of them where there is none. */
export function wantedOf<S>(sheets: readonly S[], nameOf: (sheet: S) => string, wanted = ''): readonly S[] {
  const name = wanted.toLowerCase();
  const found = sheets.find((sheet) => nameOf(sheet).trim().toLowerCase() === name);
  return found === undefined || wanted === '' ? sheets : [found];
}
