const LONGEST = 32_767;

/** What XML forbids and exceljs lets pass; it drops control characters itself. */
const NONCHARACTERS = /[\ufffe\uffff]/g;
const LOOKS_ESCAPED = /_(?=x[0-9a-f]{4}_)/gi;

/** The text as a cell of an .xlsx can hold it. */
export function cellText(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(NONCHARACTERS, '');
  // Excel would show `_x0041_` as A.
  return shortened(plain).replace(LOOKS_ESCAPED, '_x005F_');
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
