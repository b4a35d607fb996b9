/** What reading one file may cost. */
export type Limits = {
  /** Size of the file. */
  readonly bytes: number;
  /** Size of an .xls file: it is held in memory as a whole. */
  readonly xlsBytes: number;
  /** Rows with something in them, a header row among them. */
  readonly rows: number;
  /** Columns that are kept; cells to the right of them are left out. */
  readonly columns: number;
  /** Characters of one cell. */
  readonly cellText: number;
  /** Characters of all cells together. A file of a few kB can repeat one long text without end. */
  readonly text: number;
  /** Bytes that the texts take which the cells of an .xlsx share. */
  readonly sharedTextBytes: number;
  /** Files inside an .xlsx. */
  readonly entries: number;
  /** Bytes that the needed files inside an .xlsx unpack to. */
  readonly unpackedBytes: number;
  /** Elements and attributes inside an .xlsx: a thousand of the shortest unpack from a byte or two. */
  readonly markup: number;
  readonly seconds: number;
};

export const MB = 1024 * 1024;

export const defaultLimits: Limits = {
  bytes: 25 * MB,
  xlsBytes: 10 * MB,
  rows: 100_000,
  columns: 50,
  cellText: 32_767,
  text: 64_000_000,
  sharedTextBytes: 72 * MB,
  entries: 1_000,
  unpackedBytes: 128 * MB,
  markup: 16_000_000,
  seconds: 15,
};
