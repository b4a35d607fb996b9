import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { type Filling, packApp } from '../../../manifest/teams/package.ts';

export const filling = {
  MicrosoftAppId: '12345678-90AB-cdef-1234-567890abcdef',
  PUBLIC_URL: 'https://bot.contoso.com/',
  version: '1.2.3',
} satisfies Filling;

export type Entries = ReadonlyMap<string, Buffer>;

export async function unpacked(from: Filling = filling): Promise<Entries> {
  const packed = await packApp(from);
  assert.ok('zip' in packed, JSON.stringify(packed));
  return opened(packed.zip);
}

/** The files of the app package, as another program reads them. */
export async function opened(zip: Buffer): Promise<Entries> {
  const entries = new Map<string, Buffer>();
  const archive = await fromBufferPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    assert.equal(entry.crc32, crc32(bytes), entry.fileName);
    entries.set(entry.fileName, bytes);
  }
  return entries;
}

export const manifestOf = (entries: Entries) => JSON.parse(String(entries.get('manifest.json')));

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel. */
  readonly pixels: readonly (readonly [number, number, number, number])[];
};

/** Reads a PNG of 8-bit RGBA without interlacing: https://www.w3.org/TR/png-3/ */
export function readPng(bytes: Buffer): Picture {
  assert.equal(bytes.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length));
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.deepEqual([...bytes.subarray(24, 29)], [8, 6, 0, 0, 0]);
  const flat = unfiltered(inflateSync(Buffer.concat(data)), width * 4, height);
  const pixels = Array.from(
    { length: width * height },
    (_, index) => [...flat.subarray(index * 4, index * 4 + 4)] as [number, number, number, number],
  );
  return { width, height, pixels };
}

function unfiltered(raw: Buffer, stride: number, height: number): Buffer {
  const flat = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const left = x >= 4 ? (flat[y * stride + x - 4] ?? 0) : 0;
      const up = y > 0 ? (flat[(y - 1) * stride + x] ?? 0) : 0;
      const corner = y > 0 && x >= 4 ? (flat[(y - 1) * stride + x - 4] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? Number.NaN;
      flat[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return flat;
}

function paeth(left: number, up: number, corner: number): number {
  const near = (one: number) => Math.abs(left + up - corner - one);
  if (near(left) <= near(up) && near(left) <= near(corner)) return left;
  return near(up) <= near(corner) ? up : corner;
}
