/** The place a cell names itself, both from 1: `B17` is column 2, row 17. */
export type Reference = { readonly column: number; readonly row: number };

const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;

const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

export function parseReference(text: string): Reference {
  const [, letters = '', digits = ''] = REFERENCE.exec(text) ?? [];
  let column = 0;
  for (let i = 0; i < letters.length; i += 1) column = column * 26 + letters.charCodeAt(i) - 64;
  const row = parseRow(digits);
  if (column < 1 || column > LAST_COLUMN) throw new Error(`no cell ${text}`);
  return { column, row };
}

export function parseRow(digits: string): number {
  const row = Number(digits);
  if (!Number.isInteger(row) || row < 1 || row > LAST_ROW) throw new Error(`no row ${digits}`);
  return row;
}
