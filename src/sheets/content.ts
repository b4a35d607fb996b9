import { Buffer } from 'node:buffer';
import { archive, otherFile, passwordProtected } from './sentences.ts';

/** What a file is by its content, whatever its name says. */
export type Content =
  | { readonly kind: 'zip' | 'xls' | 'text' }
  | { readonly kind: 'refused'; readonly sentence: string };

const kinds: readonly (readonly [start: string, content: Content])[] = [
  ['504b0304', { kind: 'zip' }],
  ['504b0506', { kind: 'zip' }],
  ['25504446', refused(otherFile('a PDF'))],
  ['89504e470d0a1a0a', refused(otherFile('a picture'))],
  ['ffd8ff', refused(otherFile('a picture'))],
  ['47494638', refused(otherFile('a picture'))],
  ['49492a00', refused(otherFile('a picture'))],
  ['4d4d002a', refused(otherFile('a picture'))],
  ['7b5c727466', refused(otherFile('a text document'))],
  ['1f8b08', refused(archive)],
  ['377abcaf271c', refused(archive)],
  ['526172211a07', refused(archive)],
];

const OLE = 'd0cf11e0a1b11ae1';

export function contentOf(bytes: Uint8Array): Content {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (start === OLE) return oleContent(bytes);
  return kinds.find(([magic]) => start.startsWith(magic))?.[1] ?? { kind: 'text' };
}

/** The container of Office before 2007, which Office still puts around encrypted files. */
function oleContent(bytes: Uint8Array): Content {
  if (holdsStream(bytes, 'EncryptedPackage')) return refused(passwordProtected('.xlsx'));
  if (holdsStream(bytes, 'Workbook') || holdsStream(bytes, 'Book')) return { kind: 'xls' };
  if (holdsStream(bytes, 'WordDocument')) return refused(otherFile('a Word document'));
  if (holdsStream(bytes, 'PowerPoint Document')) return refused(otherFile('a PowerPoint presentation'));
  return refused(otherFile('an Office file'));
}

/** A directory entry is 128 bytes, begins with the name and tells the length of the name at byte 64. */
function holdsStream(bytes: Uint8Array, name: string): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wanted = Buffer.from(`${name}\0`, 'utf16le');
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    if (at % 128 === 0 && at + 128 <= file.length && file.readUInt16LE(at + 64) === wanted.length)
      return true;
  }
  return false;
}

function refused(sentence: string): Content {
  return { kind: 'refused', sentence };
}
