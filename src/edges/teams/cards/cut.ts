/** Where a line or a word ends within this share of what fits, the text is cut there rather than inside a word. */
const WORTH_LOOKING_BACK = 0.3;

/** The longest beginning of a text that fits, at the end of a line or a word if it can be, and what is left; nothing, where not a letter fits. */
export function cutAt(
  text: string,
  fits: (text: string) => boolean,
): { readonly first: string; readonly rest: string } | undefined {
  let [some, tooMuch] = [0, text.length];
  while (tooMuch - some > 1) {
    const middle = Math.floor((some + tooMuch) / 2);
    if (fits(text.slice(0, middle))) some = middle;
    else tooMuch = middle;
  }
  const end = endBefore(text, some);
  if (end === 0) return undefined;
  const first = text.slice(0, end);
  const rest = text.slice(end);
  return { first, rest: rest.length > 1 ? rest.replace(/^[ \n]/, '') : rest };
}

function endBefore(text: string, most: number): number {
  const earliest = Math.floor(most * (1 - WORTH_LOOKING_BACK));
  const line = text.lastIndexOf('\n', most);
  if (line > earliest) return line;
  const word = text.lastIndexOf(' ', most);
  if (word > earliest) return word;
  // Not between the halves of one letter.
  return /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
}
