/** The letters of a column; column 1 is A. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** `cellName(2, 17)` is B17. Both count from 1. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

// NUL, which no database keeps; zero-width characters and the marks of writing direction that come along when an address is copied.
const INVISIBLE = /[\0\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/** Most cells are plain already, and looking is cheaper than cleaning. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** The text as a person sees it: nothing invisible in it, no spaces of any kind around it. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.toWellFormed().replace(INVISIBLE, '').trim();
}

const SHORT_INTEGER = /^[1-9]\d{0,14}$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A stored number with the 15 digits that Excel keeps: `2.0` is 2, `0.30000000000000004` is 0.3. */
export function numberText(stored: string | number): string {
  if (typeof stored === 'string' && (SHORT_INTEGER.test(stored) || !DECIMAL.test(stored))) return stored;
  const value = Number(stored);
  return String(Number(value.toPrecision(15)));
}

export function booleanText(value: boolean): string {
  return value ? 'TRUE' : 'FALSE';
}
