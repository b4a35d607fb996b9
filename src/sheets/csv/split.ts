export type Split = {
  /** A single character. */
  readonly delimiter: string;
  /** Fields that are kept of a row. One more stands for all that follow, if any of them holds something. */
  readonly columns: number;
  /** Characters after which a field in quotation marks is not read to its end. */
  readonly longest: number;
  /** Is given every row; false says that it has enough. */
  take(number: number, fields: readonly string[]): boolean;
  /** Is told of a quotation mark that is never closed; unless it throws, the field goes on to the end. */
  openQuote(row: number): void;
};

type Field = { readonly text: string; readonly end: number };

const SPACE = 0x20;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * Takes a table apart whose lines end in line feeds, as spreadsheet programs do: a quotation mark counts where it
 * begins a field, and ends it where a separator or the end of the line follows.
 */
export function splitRows(text: string, split: Split): void {
  const delimiter = split.delimiter.charCodeAt(0);
  let at = 0;
  for (let number = 1; at <= text.length; number += 1) {
    const fields: string[] = [];
    for (let column = 0; ; column += 1) {
      const field = quotedField(text, at, split, number) ?? plainField(text, at, delimiter);
      if (column < split.columns) fields.push(field.text);
      else if (field.text.trim() !== '') fields[split.columns] = field.text;
      at = field.end + 1;
      if (field.end >= text.length || text.charCodeAt(field.end) === LINE_FEED) break;
    }
    if (!split.take(number, fields)) return;
  }
}

function plainField(text: string, from: number, delimiter: number): Field {
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === LINE_FEED) break;
  }
  return { text: text.slice(from, end), end };
}

function quotedField(text: string, from: number, split: Split, row: number): Field | undefined {
  if (text.charCodeAt(from) !== QUOTE) return undefined;
  const { delimiter, longest, openQuote } = split;
  let at = from + 1;
  while (at - from <= longest) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      openQuote(row);
      return { text: text.slice(from + 1), end: text.length };
    }
    const end = skipSpaces(text, quote + 1);
    const isLast = end >= text.length || text[end] === delimiter || text[end] === '\n';
    if (isLast) return { text: text.slice(from + 1, quote).replaceAll('""', '"'), end };
    // Two stand for one; one within a text that somebody typed stands for itself.
    at = text.charCodeAt(quote + 1) === QUOTE ? quote + 2 : quote + 1;
  }
  return { text: text.slice(from + 1, at), end: text.length };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) === SPACE) at += 1;
  return at;
}
