import type { Limits } from './limits.ts';

/** What is known of a sheet besides its rows. */
export type SheetFacts = {
  readonly format: 'xlsx' | 'xls' | 'csv';
  /** The name of the sheet that was read; a CSV file has its file name without the ending. */
  readonly sheet: string;
  readonly otherSheets: readonly string[];
};

/** One file to read; the limits are those of the caller. */
export type Source = { readonly name: string; readonly bytes: Uint8Array; readonly limits: Limits };
