import { Buffer } from 'node:buffer';

const BEGIN = 0x0809;
const END = 0x000a;

/**
 * Whether the records of a workbook stream lead from one to the next up to its end. SheetJS stops
 * quietly where they don't, and tells the rows it has.
 */
export function isWhole(stream: Uint8Array): boolean {
  const records = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  let depth = 0;
  let parts = 0;
  for (let at = 0; at + 4 <= records.length; ) {
    const type = records.readUInt16LE(at);
    // Behind the last part there may be padding.
    if (depth === 0 && type !== BEGIN) break;
    if (type === BEGIN) {
      depth += 1;
      parts += 1;
    } else if (type === END) {
      depth -= 1;
    }
    at += 4 + records.readUInt16LE(at + 2);
    if (at > records.length) return false;
  }
  return depth === 0 && parts > 1;
}
