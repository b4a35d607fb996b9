/** The text of a file: UTF-8 or UTF-16, with or without a mark in front; else what Windows used before. */
export function decodeText(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return utf16ByZeros(bytes);
}

const SAMPLE = 4_096;

/** Digits, separators and most letters of a list are zero in one byte of their two, and text has no other zeros. */
function utf16ByZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  const even = sample.filter((byte, at) => byte === 0 && at % 2 === 0).length;
  const odd = sample.filter((byte, at) => byte === 0 && at % 2 === 1).length;
  const many = sample.length / 8;
  if (odd > many && even < odd / 20) return 'utf-16le';
  if (even > many && odd < even / 20) return 'utf-16be';
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]/g;

/** Whether the text is one that people write; a stray control character is forgiven, a zero is not. */
export function looksWritten(text: string): boolean {
  if (text.includes('\0')) return false;
  const sample = text.slice(0, 16 * SAMPLE);
  return (sample.match(CONTROLS)?.length ?? 0) <= sample.length / 100;
}
