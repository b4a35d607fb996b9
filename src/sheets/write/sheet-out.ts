/** How a cell is meant. The colour only underlines it: the text must say it too. */
export type Tone = 'good' | 'bad' | 'neutral';

/** A string is always a text cell, whatever it begins with; a number is a number. */
export type CellOut = string | number | { readonly text: string; readonly tone: Tone };

export type RowOut = readonly CellOut[];

export type ColumnOut = {
  readonly header?: string;
  /** In characters; left out, it follows from the first rows. */
  readonly width?: number;
};

export type SheetOut = {
  /** Characters that Excel forbids in the name of a sheet are replaced. */
  readonly name: string;
  /** Where a column has a header, the first row is one and stays in view. */
  readonly columns: readonly ColumnOut[];
  /** Read once, a chunk at a time: a hundred thousand rows need not be in memory at once. */
  readonly rows: Iterable<RowOut> | AsyncIterable<RowOut>;
};
