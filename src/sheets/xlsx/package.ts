import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { Limits } from '../limits.ts';
import { passwordProtected, Refusal, tooManyParts, unpacksTooLarge } from '../sentences.ts';

/** The zip file that an .xlsx is. Parts are named without a leading slash; case does not matter. */
export type Package = {
  has(part: string): boolean;
  /** The unpacked bytes of a part. Everything read from a package counts against one limit. */
  read(part: string): AsyncIterable<Uint8Array>;
};

export async function openPackage(bytes: Uint8Array, limits: Limits): Promise<Package> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    validateEntrySizes: true,
  });
  const entries = await entriesByName(zip, limits);
  let left = limits.unpackedBytes;

  async function* read(part: string): AsyncIterable<Uint8Array> {
    const entry = entries.get(part.toLowerCase());
    if (entry === undefined) throw new Error(`no part ${part}`);
    if (entry.isEncrypted()) throw new Refusal(passwordProtected('.xlsx'));
    if (entry.uncompressedSize > left) throw new Refusal(unpacksTooLarge(limits));
    const stream: Readable = await zip.openReadStreamPromise(entry);
    let checksum = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw new Refusal(unpacksTooLarge(limits));
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    // yauzl leaves this to us. Without it a flipped bit may pass as another number of units.
    if (checksum !== entry.crc32) throw new Error(`wrong checksum of ${part}`);
  }

  return { has: (part) => entries.has(part.toLowerCase()), read };
}

async function entriesByName(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new Refusal(tooManyParts(limits));
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    if (!entries.has(name)) entries.set(name, entry);
  }
  return entries;
}
