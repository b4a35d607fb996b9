const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;

const LONGEST = 7;

/** The column that the name of a cell begins with, from 1: 2 of `B17`. Read for every cell, hence no pattern. */
export function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length && column <= LAST_COLUMN; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column < 1 || column > LAST_COLUMN || at === reference.length) throw new Error(`no cell ${reference}`);
  return column;
}

/** The row that the name of a cell ends with: 17 of `B17`. */
export function rowOf(reference: string): number {
  return parseRow(reference.replace(/^[A-Z]+/, ''));
}

export function parseRow(digits: string): number {
  let row = digits.length <= LONGEST ? 0 : Number.NaN;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    row = digit >= 0 && digit <= 9 ? row * 10 + digit : Number.NaN;
  }
  if (!(row >= 1 && row <= LAST_ROW)) throw new Error(`no row ${digits}`);
  return row;
}
