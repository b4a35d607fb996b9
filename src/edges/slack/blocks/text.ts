import type { MrkdwnElement, PlainTextElement, SectionBlock } from '@slack/types';
import { limits } from './limits.ts';

/** A stretch of text that is bold or not. */
export type Run = { readonly text: string; readonly bold?: boolean };

/** Slack refuses a message for one empty text, so a text that shows nothing counts as none. */
export const isBlank = (text: string): boolean => clean(text).trim() === '';

/** Control characters and halves of characters are not text to Slack. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cut after a word where there is one, and seen to be cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, breakBefore(text, max - 1));
  return `${withoutEnd(head) || head.trimEnd()}…`;
}

/** Cut after a letter: of a short label every one counts. */
export const clip = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, cutBefore(text, max - 1)).trimEnd()}…`;

/** Without what leads on to the next word. */
export const withoutEnd = (text: string): string => text.replace(/[\s·,;:…–]+$/u, '');

export const plainText = (text: string, max: number = limits.sectionText): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(isBlank(text) ? '–' : clean(text).trim(), max),
  emoji: false,
});

/**
 * Slack has no escape for its own marks (`*x*`, `_x_`, `~x~`, backticks, a leading `>`, `:smile:`). Beside what is bold, a
 * line that holds one is code, which shows it exactly; where that can't be, all of it is shown exactly, without bold.
 */
export function textObject(
  runs: readonly Run[],
  max: number = limits.sectionText,
): MrkdwnElement | PlainTextElement {
  const cleaned = runs.map((run) => ({ ...run, text: clean(run.text), code: isForCode(run) }));
  const whole = cleaned.map((run) => run.text).join('');
  const marked = cleaned.map(markedRun).join('');
  const others = cleaned.map((run) => (run.code ? 'code' : run.text)).join('');
  const isSafe = cleaned.some((run) => run.bold && !isBlank(run.text)) && !readsAsMarkup(others);
  if (!isSafe || marked.trim().length > max) return plainText(whole, max);
  return { type: 'mrkdwn', text: marked.trim(), verbatim: true };
}

function markedRun({ text, bold: isBold, code }: Run & { readonly code: boolean }): string {
  if (isBold) return bold(text);
  if (!code) return escapeMrkdwn(text);
  const [, before = '', inner = ''] = /^(\s*)(.*)$/s.exec(text.trimEnd()) ?? [];
  return `${before}\`${escapeMrkdwn(inner)}\``;
}

/** Code is of one line. */
const isForCode = ({ text, bold: isBold }: Run): boolean =>
  isBold !== true && readsAsMarkup(text) && !/[`\n]/.test(clean(text).trim());

/** A text as sections, as many as it takes. */
export const sections = (text: string, isBold = false): SectionBlock[] =>
  split(text, limits.sectionText).map((piece) => ({
    type: 'section',
    text: textObject([{ text: piece, bold: isBold }]),
  }));

/** Pieces of at most `max` characters, broken at a line or a word where there is one. */
export function split(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = clean(text).trim();
  while (rest.length > max) {
    const at = breakBefore(rest, max);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

const markup = /(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|`|^\s*>|:[\w+'-]+:/mu;
const readsAsMarkup = (text: string): boolean => markup.test(text);

const bold = (text: string): string => text.replace(/\S(?:.*\S)?/g, (line) => `*${escapeMrkdwn(line)}*`);

function breakBefore(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  const space = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
  return space > max / 2 ? space : cutBefore(text, max);
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const cutBefore = (text: string, at: number): number =>
  isHighSurrogate(text.charCodeAt(at - 1)) ? at - 1 : at;

/** What Slack seems to count: see `limits.messageText`. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);
