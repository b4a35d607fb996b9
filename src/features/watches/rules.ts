/** What was typed after `watch`. */
export type Typed = {
  /** `10023/1`, or part of a product's name. */
  readonly service: string;
  readonly below: string | undefined;
};

export const MOST_BELOW = 1_000_000;

/** `10023/1 below 5`, `10023/1 < 5`, `10023/1 5`, `universal messaging below 5` */
export function parseWatch(words: readonly string[]): Typed {
  const at = words.findLastIndex((word) => /^(below|under|<)$/i.test(word));
  if (at >= 0) return { service: words.slice(0, at).join(' '), below: words.slice(at + 1).join(' ') };
  const [first = '', last = '', ...more] = words;
  // A number at the end of anything else may be a part of the name: Office 365.
  const short = more.length === 0 && /\/\d+$/.test(first) ? /^<?(-?\d[\d.,]*)$/.exec(last)?.[1] : undefined;
  return short === undefined
    ? { service: words.join(' '), below: undefined }
    : { service: first, below: short };
}

/** The number to which a watch holds; or what is wrong with it. */
export function parseBelow(text: string): number | 'no number' | 'too small' | 'too large' {
  const word = text.trim().replace(/\s*units?$/i, '');
  if (!/^-?\d+$/.test(word)) return 'no number';
  const below = Number(word);
  if (below < 1) return 'too small';
  return below > MOST_BELOW ? 'too large' : below;
}
