import { createHash } from 'node:crypto';
import { type Attachment, Unreadable } from '../../chat/inbound.ts';
import { type ReadSheet, type ReadTops, readSheet, readTops } from '../../sheets/index.ts';
import type { SheetRow } from './kind.ts';

export type { Top } from '../../sheets/index.ts';

export const LARGEST_SHEET = 100_000;
export const FORMATS = ['.xls', '.xlsx', '.csv'] as const;
const MB = 1024 * 1024;

/** A sheet as it was read, before anybody knows what it is for. */
export type Sheet = {
  readonly kind: 'sheet';
  readonly fileName: string;
  readonly fileHash: string;
  /** The name of the sheet, where the file has several. */
  readonly sheet: string | undefined;
  /** What is to be known about it. */
  readonly notes: readonly string[];
  readonly rows: readonly SheetRow[];
};
export type FileRead = Sheet | { readonly kind: 'unreadable'; readonly sentence: string };

/** Reads the attached sheet. What is wrong with it comes back as a sentence for the person. */
export function readAttached(file: Attachment, maxFileMb: number, sheet?: string): Promise<FileRead> {
  const most = maxFileMb * MB;
  return orSentence(async () => {
    const bytes = await file.read(most);
    const read = await readSheet({ name: file.name, bytes, sheet }, { bytes: most, rows: LARGEST_SHEET });
    if (read.kind === 'unreadable') return read;
    return {
      kind: 'sheet',
      fileName: file.name,
      fileHash: createHash('sha256').update(bytes).digest('hex'),
      sheet: read.otherSheets.length > 0 ? read.sheet : undefined,
      notes: notesOf(read),
      rows: read.rows,
    };
  });
}

/** How each sheet of the attached file begins. */
export function readAttachedTops(file: Attachment, maxFileMb: number): Promise<ReadTops> {
  const most = maxFileMb * MB;
  return orSentence(async () => readTops({ name: file.name, bytes: await file.read(most) }, { bytes: most }));
}

/** A file that can't be fetched is told as one that can't be read. */
async function orSentence<T>(
  read: () => Promise<T>,
): Promise<T | { readonly kind: 'unreadable'; readonly sentence: string }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', sentence: error.message };
    throw error;
  }
}

type Read = Extract<ReadSheet, { kind: 'sheet' }>;

function notesOf({ hiddenRows, merged, cutColumns, otherSheets }: Read): string[] {
  const others = otherSheets.map((name) => `“${name}”`).join(', ');
  return [
    ...(otherSheets.length > 0 ? [`Other sheets of the file were left out: ${others}.`] : []),
    ...(hiddenRows > 0
      ? [hiddenRows === 1 ? '1 hidden row was read too.' : `${hiddenRows} hidden rows were read too.`]
      : []),
    ...(merged > 0 ? ['Of merged cells, only the first one counts.'] : []),
    ...(cutColumns ? ['Columns to the right of AX were left out.'] : []),
  ];
}
