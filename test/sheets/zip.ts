import { Buffer } from 'node:buffer';
import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A file for a zip archive. `declaredSize` and `flags` are for archives that are not what they say. */
export type ZipEntry = {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly checksum: number;
  readonly declaredSize: number;
  readonly flags?: number;
  /** How it is packed: 8 is deflate, 0 is not at all. */
  readonly method?: number;
};

export function entry(name: string, content: string | Uint8Array): ZipEntry {
  const bytes = Buffer.from(content);
  return { name, packed: deflateRawSync(bytes), checksum: crc32(bytes), declaredSize: bytes.length };
}

/** `block` over and over between a start and an end, packed without ever being unpacked in memory. */
export function repeated(
  name: string,
  [start, block, end]: [string, string, string],
  times: number,
): ZipEntry {
  const flushed = (text: string) => deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH });
  const middle = flushed(block);
  const packed = [flushed(start), ...Array<Uint8Array>(times).fill(middle), deflateRawSync(end)];
  const declaredSize = start.length + block.length * times + end.length;
  return { name, packed: Buffer.concat(packed), checksum: 0, declaredSize };
}

/** The checksum of what `repeated` unpacks to. */
export function checksumOf([start, block, end]: [string, string, string], times: number): number {
  let checksum = crc32(start);
  for (let at = 0; at < times; at += 1) checksum = crc32(block, checksum);
  return crc32(end, checksum);
}

export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of entries) {
    const common = commonHeader(file);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(file.name), file.packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const central = Buffer.from('PK\x01\x02\x14\x00');
    directory.push(Buffer.concat([central, common, place, Buffer.from(file.name)]));
    files.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listing, end]);
}

function commonHeader({ name, packed, checksum, declaredSize, flags = 0, method = 8 }: ZipEntry): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(method, 4);
  header.writeUInt32LE(checksum, 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(declaredSize, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}
