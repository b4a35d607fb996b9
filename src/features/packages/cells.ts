/** What single cells of a package sheet mean, as decisions on plain values. */

/** Longer than any name or place; what is longer came into the cell by mistake. */
export const LONGEST_CELL = 200;

/** Most cells are in order, and looking is cheaper than mending. */
const IN_ORDER = /^[!-~]+(?: [!-~]+)*$/;

/** The text of a cell in one line, without what no database keeps and no person sees. */
export function plain(cell = ''): string {
  if (cell === '' || IN_ORDER.test(cell)) return cell;
  return cell
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zs}]+/gu, ' ')
    .trim();
}

/** Equal for texts that people take for the same. */
export const fold = (text: string): string => plain(text).normalize('NFKC').toLowerCase();

/** Excel writes TRUE and FALSE in the language of the one who saves a CSV file; they are never words of two meanings. */
const TRUE =
  words(`true 1 yes y x sant sand sann wahr vrai verdadero vero waar verdadeiro adevărat tosi prawda
  pravda igaz doğru истина істина`);
const FALSE =
  words(`false 0 no n falskt falsk usand usann falsch faux falso onwaar fals epätosi fałsz nepravda hamis
  yanlış yanliş ложь хибність`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).map(fold));
}

/** Nothing where the cell is empty: no change. */
export function parseTruth(cell: string | undefined): boolean | 'unclear' | undefined {
  const word = fold(cell ?? '');
  if (word === '') return undefined;
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : 'unclear';
}

const SEPARATORS = /[\s()./\p{Pd}]/gu;

/**
 * A phone number with its country code. Spreadsheets take the + away, since they hold the rest for a number, and people
 * write it in groups: that is mended.
 */
export function parsePhone(text: string): { readonly number: string; readonly mended: boolean } | undefined {
  const digits = plain(text)
    .replace(/^'/, '')
    // The zero that is dialled within the country only: +44 (0)20 …
    .replace(/^((?:\+|00)[^(]*)\(0\)/, '$1')
    .replace(SEPARATORS, '')
    .replace(/^00(?=[1-9])/, '+');
  const number = /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : digits;
  return /^\+[1-9]\d{6,14}$/.test(number) ? { number, mended: number !== text } : undefined;
}

export const isExtension = (text: string): boolean => /^\d{2,10}$/.test(text);

/** The letters of a column that counts from 0: 0 is A. */
export function columnLetters(index: number): string {
  const first = Math.floor(index / 26);
  const last = String.fromCharCode(65 + (index % 26));
  return first === 0 ? last : columnLetters(first - 1) + last;
}

export const cellName = (index: number, row: number): string => `${columnLetters(index)}${row}`;
