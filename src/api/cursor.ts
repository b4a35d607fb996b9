/** Where a page begins: after the row with this id. Rows that are added meanwhile come after all others. */

const LARGEST = 2 ** 31 - 1;

export const cursorOf = (id: number): string => Buffer.from(String(id), 'latin1').toString('base64url');

/** Nothing where it is none that was given out. */
export function idIn(cursor: string): number | undefined {
  const id = Number(Buffer.from(cursor, 'base64url').toString('latin1'));
  return Number.isSafeInteger(id) && id > 0 && id <= LARGEST && cursorOf(id) === cursor ? id : undefined;
}
