import { createHash } from 'node:crypto';
import { type Attachment, Unreadable } from '../../chat/inbound.ts';
import { defaultLimits, readSheet } from '../../sheets/index.ts';
import type { SheetRow } from './kind.ts';

export const LARGEST_SHEET = defaultLimits.rows;
/** A header row is not one of them. */
const HEADER = 1;

/** A sheet as it was read, before anybody knows what it is for. */
export type FileRead =
  | {
      readonly kind: 'sheet';
      readonly fileName: string;
      readonly fileHash: string;
      /** The name of the sheet, where the file has several. */
      readonly sheet: string | undefined;
      readonly rows: readonly SheetRow[];
    }
  | { readonly kind: 'unreadable'; readonly sentence: string };

/** Reads the attached sheet. What is wrong with it comes back as a sentence for the person. */
export async function readAttached(file: Attachment): Promise<FileRead> {
  try {
    const bytes = await file.read(defaultLimits.bytes);
    const read = await readSheet({ name: file.name, bytes }, { rows: LARGEST_SHEET + HEADER });
    if (read.kind === 'unreadable') return read;
    return {
      kind: 'sheet',
      fileName: file.name,
      fileHash: createHash('sha256').update(bytes).digest('hex'),
      sheet: read.otherSheets.length > 0 ? read.sheet : undefined,
      rows: read.rows,
    };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', sentence: error.message };
    throw error;
  }
}
