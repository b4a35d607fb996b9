import { createHash } from 'node:crypto';
import { type Attachment, Unreadable } from '../../chat/inbound.ts';
import { type ReadSheet, readSheet } from '../../sheets/index.ts';
import type { SheetRow } from './kind.ts';

export const LARGEST_SHEET = 100_000;
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
export async function readAttached(file: Attachment, maxFileMb: number, sheet?: string): Promise<FileRead> {
  const bytes = maxFileMb * MB;
  try {
    const content = await file.read(bytes);
    const read = await readSheet({ name: file.name, bytes: content, sheet }, { bytes, rows: LARGEST_SHEET });
    if (read.kind === 'unreadable') return read;
    return {
      kind: 'sheet',
      fileName: file.name,
      fileHash: createHash('sha256').update(content).digest('hex'),
      sheet: read.otherSheets.length > 0 ? read.sheet : undefined,
      notes: notesOf(read),
      rows: read.rows,
    };
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
