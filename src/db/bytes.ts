import { type RawBuilder, sql } from 'kysely';

// The embedded database takes a second for the hexadecimal digits of a few megabytes, and holds everybody up: base64 is
// ten times as fast there.

/** Bytes as a value to store. */
export const bytesIn = (bytes: Uint8Array): RawBuilder<Uint8Array> =>
  sql`decode(${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}, 'base64')`;

/** A column of bytes, to be read by `bytesOf`. */
export const bytesOut = (column: string): RawBuilder<string> => sql`encode(${sql.ref(column)}, 'base64')`;

export const bytesOf = (read: string): Uint8Array => new Uint8Array(Buffer.from(read, 'base64'));
