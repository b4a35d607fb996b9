import { crc32, deflateRawSync } from 'node:zlib';

export type ZipFile = { readonly name: string; readonly bytes: Uint8Array };

const VERSION = 20;
const DEFLATE = 8;
/** The first day that a zip can tell of, so that the same files always make the same zip. */
const JANUARY_1980 = 0x0021;

/**
 * A zip of a few small files in one folder, with plain names.
 * Source: sections 4.3.7, 4.3.12 and 4.3.16 of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = fields(
      [2, VERSION],
      [2, 0],
      [2, DEFLATE],
      [2, 0],
      [2, JANUARY_1980],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, name.length],
      [2, 0],
    );
    const header = Buffer.concat([fields([4, 0x04034b50]), common, Buffer.from(name, 'ascii')]);
    parts.push(header, packed);
    directory.push(
      fields([4, 0x02014b50], [2, VERSION]),
      common,
      // No comment, on the first disk, binary, no attributes.
      fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      Buffer.from(name, 'ascii'),
    );
    offset += header.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const { length } = files;
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, length],
    [2, length],
    [4, index.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...parts, index, end]);
}

/** Numbers one after the other, the low byte first, each as wide as said. */
function fields(...numbers: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    numbers.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
