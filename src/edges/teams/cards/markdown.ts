/**
 * Plain text for the fields of a card that Teams reads as Markdown. Only what would really be taken for
 * markup is escaped, since some phones show the backslash.
 * Sources: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format,
 * https://spec.commonmark.org, https://github.com/MicrosoftDocs/msteams-docs/issues/5793
 */
export function escapeMarkdown(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(escapeLine)
    .join('\n\n');
}

const BEFORE_PUNCTUATION_OR_END = /\\(?=[!-/:-@[-`{-~]|$)/g;
const IN_A_WORD = /(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/u;
const BULLET_RULE_HEADING_OR_QUOTE = /^(\s*)(?=[-+](?:\s|$)|-[-\s]*$|#+(?:\s|$)|>)/;
const NUMBERED_ITEM = /^(\s*\d{1,9})(?=[.)](?:\s|$))/;

function escapeLine(line: string): string {
  return line
    .replace(BEFORE_PUNCTUATION_OR_END, '\\\\')
    .replace(/[`~]/g, '\\$&')
    .replace(/_+/g, (run, offset: number, whole: string) =>
      IN_A_WORD.test(whole.slice(Math.max(0, offset - 2), offset + run.length + 2)) ? run : escapeEach(run),
    )
    .replace(/(?<!\s)\*+|\*+(?!\s)/g, escapeEach)
    .replace(/\](?=[(:])/g, '\\]')
    .replace(/<(?=[a-z/!?]|[^\s<>]*@)/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\{(?=\{(?:DATE|TIME)\()/g, '{\u200b')
    .replace(BULLET_RULE_HEADING_OR_QUOTE, '$1\\')
    .replace(NUMBERED_ITEM, '$1\\')
    .replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.length));
}

const escapeEach = (run: string): string => run.replace(/./g, '\\$&');
