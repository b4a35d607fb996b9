const LONGEST = 32_767;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 forbids
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const LOOKS_ESCAPED = /_(?=x[0-9a-f]{4}_)/gi;

/** The text as a cell of an .xlsx can hold it. */
export function cellText(text: string): string {
  const plain = text.toWellFormed().replace(/\r\n?/g, '\n').replace(NOT_XML, '');
  const short =
    plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : plain;
  // Excel would show `_x0041_` as A.
  return short.replace(LOOKS_ESCAPED, '_x005F_');
}
