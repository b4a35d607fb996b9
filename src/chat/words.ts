/** `"…"`, `city="…"` up to its end, or whatever has no blank in it. */
const WORD =
  /["“”„]((?:[^"“”„]|(["“”„])\2)*)["“”„]|([\w-]+=)["“”„]((?:[^"“”„]|(["“”„])\5)*)["“”„](?=\s|$)|(\S+)/g;

export type Word = {
  readonly word: string;
  /** It stood between quotes from its first letter on. */
  readonly isQuoted: boolean;
};

/**
 * The words of a command. Quotes keep words together, also the curly ones that phones type; between quotes, two of
 * the same are one that belongs to the word.
 */
export function readWords(text: string): Word[] {
  const once = (quotation: string) => quotation.replace(/(["“”„])\1/g, '$1');
  return [...text.replace(/[\0\s]+/g, ' ').matchAll(WORD)]
    .map(([, quotation, , field, value = '', , word = '']) => ({
      word: field === undefined ? (quotation === undefined ? word : once(quotation)) : field + once(value),
      isQuoted: quotation !== undefined,
    }))
    .filter(({ word }) => word !== '');
}

export const splitWords = (text: string): string[] => readWords(text).map(({ word }) => word);

/** A name as one word of a command, whatever stands in it. */
export const quoted = (word: string): string => `"${word.replace(/["“”„]/g, '$&$&')}"`;

/** How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** Those of `names` that somebody who typed `word` most likely meant, best first. */
export function nearest(word: string, names: readonly string[], most: number): string[] {
  const typed = word.toLowerCase();
  const allowed = Math.min(typed.length - 1, Math.floor(typed.length / 3) + 1);
  return names
    .filter((name) => name.length >= typed.length - allowed)
    .map((name) => ({ name, far: name.startsWith(typed) && typed.length > 1 ? 0 : distance(typed, name) }))
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
}
