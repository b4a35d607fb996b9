import { Buffer, isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';

const LAST_ASCII = 0x7f;

/**
 * The text of an XML document, piece by piece, every line break a line feed. XML is UTF-8, or UTF-16 with a mark in
 * front; the mark counts as the space that may stand there.
 */
export async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let decode: ((chunk?: Buffer) => string) | undefined;
  let withheld = '';
  for await (const bytes of chunks) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    decode ??= decoderOf(chunk);
    const text = withheld + decode(chunk);
    // A line feed may follow at the start of the next piece.
    withheld = text.endsWith('\r') ? '\r' : '';
    yield normalized(withheld === '' ? text : text.slice(0, -1));
  }
  yield normalized(withheld + (decode?.() ?? ''));
}

function normalized(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decoderOf(start: Buffer): (chunk?: Buffer) => string {
  if (start[0] === 0xff && start[1] === 0xfe) return streamed('utf-16le');
  if (start[0] === 0xfe && start[1] === 0xff) return streamed('utf-16be');
  const utf8 = streamed('utf-8');
  let open = false;
  return (chunk) => {
    // Most sheets are ASCII throughout, and that is copied several times faster than it is decoded.
    if (chunk !== undefined && !open && isAscii(chunk)) return chunk.toString('latin1');
    open = (chunk?.at(-1) ?? 0) > LAST_ASCII;
    return utf8(chunk);
  };
}

function streamed(encoding: string): (chunk?: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (chunk) => (chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
}
