import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeMarkdown } from '../../../src/edges/teams/cards/markdown.ts';

const cases = [
  ['alice_adams@contoso.example', 'alice_adams@contoso.example'],
  ['_alice_ and __bob__', '\\_alice\\_ and \\_\\_bob\\_\\_'],
  ['**bold** 2 * 3 2*3', '\\*\\*bold\\*\\* 2 * 3 2\\*3'],
  ['orders [recent|historical] [text]', 'orders [recent|historical] [text]'],
  ['[Sign in](https://evil.example)', '[Sign in\\](https://evil.example)'],
  ['[a]: https://evil.example', '[a\\]: https://evil.example'],
  ['- one', '\\- one'],
  ['-5 units', '-5 units'],
  ['---', '\\---'],
  ['1. one', '1\\. one'],
  ['1.5 GB', '1.5 GB'],
  ['# one', '\\# one'],
  ['#1', '#1'],
  ['> one', '\\> one'],
  ['5 < 6 <at>Bob</at> <bob@contoso.example>', '5 < 6 \\<at>Bob\\</at> \\<bob@contoso.example>'],
  ['A&B &amp; C', 'A&B \\&amp; C'],
  ['`code` ~~gone~~', '\\`code\\` \\~\\~gone\\~\\~'],
  ['C:\\Users\\alice', 'C:\\Users\\alice'],
  ['\\* and a last \\', '\\\\\\* and a last \\\\'],
  ['one\ntwo\r\nthree', 'one\n\ntwo\n\nthree'],
  ['  indented', '\u00a0\u00a0indented'],
  ['{{DATE(2026-11-21T06:00:00Z)}}', '{\u200b{DATE(2026-11-21T06:00:00Z)}}'],
] as const;

for (const [text, escaped] of cases) {
  test(`${JSON.stringify(text)} is shown as it is`, () => {
    assert.equal(escapeMarkdown(text), escaped);
  });
}

/** Text in which every sign of Markdown is about as likely as a letter. */
const marked = fc
  .array(
    fc.constantFrom(...'*_`~[]()<>{}&#+-.!|\\:=; \n1aé', '](', '&amp;', '<b>', '1. ', '- ', '{{DATE(', '\t'),
  )
  .map((parts) => parts.join(''));

/** What a reader of Markdown does with a backslash, and the edge with lines and blanks at their start. */
const shown = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('\u200b', '');
const expected = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.length)))
    .join('\n\n');

test('escaping loses and adds nothing that is seen', () => {
  fc.assert(fc.property(marked, (text) => assert.equal(shown(escapeMarkdown(text)), expected(text))));
});

test('nothing is left that could be markup', () => {
  const markup =
    /(?<!\\)(?:\\\\)*(?:`|~|\*(?=\S)|(?<=\S)\*|_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])_|\](?=[(:])|<(?=[a-z/!?])|&(?=#?\w+;))/u;
  const block = /^[\s\u00a0]*(?:[-+](?:\s|$)|#+(?:\s|$)|>|\d{1,9}[.)](?:\s|$))/m;
  fc.assert(
    fc.property(marked, (text) => {
      const escaped = escapeMarkdown(text).replace(/\\\\/g, '•');
      assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, '•'), markup);
      assert.doesNotMatch(escaped, block);
    }),
  );
});
