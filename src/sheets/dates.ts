// A date is stored as a number of days, and only the number format of its cell tells it from a number.

/** Formats that every workbook has without naming them: 14 is the date as the computer writes it. */
const BUILT_IN: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58,
]);

export const isBuiltInDate = (id: number): boolean => BUILT_IN.has(id);

/** Excel takes no longer ones. */
const LONGEST_FORMAT = 255;
/** What a format only writes out: quoted and escaped characters, the width of one, a fill, colours, languages and conditions. */
const LITERAL = /"[^"]*"|\\.|[_*].|\[[^\]]*\]/gs;
const NUMBER = /[#?0]|general|standard/i;
const FRACTION_OF_SECONDS = /s\.0+/gi;

/** Whether cells with this format show a day; those that show only hours stay numbers. */
export function isDateFormat(format: string): boolean {
  if (format.length > LONGEST_FORMAT) return false;
  const [shown = ''] = format.replace(LITERAL, '').split(';');
  if (NUMBER.test(shown.replace(FRACTION_OF_SECONDS, 's'))) return false;
  return /[dy]/i.test(shown) || (/m/i.test(shown) && !/[hs]/i.test(shown));
}

const DAY_MS = 86_400_000;
/** Day 0 of both calendars. Excel's own has a 29 February 1900, which is day 60. */
const EPOCH = Date.UTC(1899, 11, 31);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LEAP_DAY = 60;
const LAST_DAY = 2_958_465;

/** The day that a number stands for as `2026-09-14`, with its time where it has one; undefined where it stands for none. */
export function dateText(stored: string | number, since1904 = false): string | undefined {
  const serial = stored === '' ? Number.NaN : Number(stored);
  if (!(serial >= (since1904 ? 0 : 1) && serial <= LAST_DAY)) return undefined;
  const days = !since1904 && serial >= LEAP_DAY ? serial - 1 : serial;
  const seconds = Math.round(days * 86_400);
  const at = new Date((since1904 ? EPOCH_1904 : EPOCH) + seconds * 1_000);
  const [day = '', time = ''] = at.toISOString().split('T');
  return (seconds * 1_000) % DAY_MS === 0 ? day : `${day} ${time.slice(0, time.startsWith('00', 6) ? 5 : 8)}`;
}

/** Cells whose type says that they are dates hold `2026-09-14T00:00:00`. */
export const dayOf = (stored: string): string => stored.replace(/T00:00(?::00(?:\.0{1,9})?)?Z?$/, '');
