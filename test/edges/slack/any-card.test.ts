import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Card, Element } from '../../../src/chat/card.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { parsePress } from '../../../src/edges/slack/blocks/buttons.ts';
import { formsOf } from '../../../src/edges/slack/blocks/message.ts';
import { type Native, natives, rooms } from '../../../src/edges/slack/blocks/room.ts';
import { anyCard, anyChart, longText, text } from './any-card.ts';
import { faultsOf } from './limits-oracle.ts';
import { reply } from './rig.ts';

test('any card is within Slack’s limits, and its buttons survive', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const { blocks } = toBlocks(card);

      assert.deepEqual(faultsOf(blocks), []);
      assert.deepEqual(pressesIn(blocks), executesOf(card));
    }),
    { numRuns: 150 },
  );
});

test('so it is in less room, and without what a workspace refuses', () => {
  fc.assert(
    fc.property(anyCard, fc.subarray([...natives]), (card, refused) => {
      const { rich, plain } = formsOf(reply('Said', { card }));

      for (const [{ blocks }, gone] of [
        [rich(new Set(refused)), refused],
        [plain(), natives],
      ] as const) {
        assert.deepEqual(faultsOf(blocks), []);
        assert.deepEqual(
          blocks.filter(({ type }) => gone.some((native) => native === type)),
          [],
        );
        assert.deepEqual(pressesIn(blocks), executesOf(card));
      }
    }),
    { numRuns: 60 },
  );
});

for (const where of ['modal', 'home'] as const) {
  test(`any card is within the limits of a view (${where}), and its buttons survive`, () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { blocks, rest } = toBlocks(card, rooms[where]);

        assert.deepEqual(faultsOf(blocks, where), []);
        assert.deepEqual(rest, []);
        assert.deepEqual(pressesIn(blocks), executesOf(card));
      }),
      { numRuns: 60 },
    );
  });
}

test('what a message has no place for is in files, which it names', () => {
  fc.assert(
    fc.property(anyCard, fc.subarray<Native>([...natives]), (card, refused) => {
      const { blocks, rest } = formsOf(reply('Said', { card })).rich(new Set(refused));
      const shown = JSON.stringify(blocks);

      assert.equal(
        /… \d+ more parts?: all of it is in|more rows?: all \d+ are in|whole table is in/.test(shown),
        rest.length > 0,
      );
      for (const { name, bytes } of rest.slice(0, 2)) {
        assert.ok(shown.includes(name), name);
        assert.notEqual(Buffer.from(bytes).toString().trim(), '');
      }
      const files = rest.map(({ bytes }) => Buffer.from(bytes).toString());
      const texts = textsIn(blocks);
      // Only some of them are escaped.
      const told = [...files, texts, unescaped(texts)].map(wordsOf).join(' ');
      for (const word of card.body.flatMap(textsOf).flatMap(shortWords)) assert.ok(told.includes(word), word);
    }),
    { numRuns: 60 },
  );
});

test('the text of a message is never empty, and short enough to be changed later', () => {
  fc.assert(
    fc.property(fc.oneof(text, longText), anyCard, fc.boolean(), (said, card, hasCard) => {
      const mention = { platform: 'slack', id: 'T1:U024BE7LH', name: 'Alice' };
      const { rich, plain, bare } = formsOf(reply(said, hasCard ? { card, mention } : { mention }));
      for (const form of [rich(new Set()), plain(), bare()]) {
        const shown = form.text.replace('<@U024BE7LH>', '').trim();
        assert.notEqual(shown, '');
        assert.ok(form.text.length <= 4_000, `${form.text.length}`);
        assert.doesNotMatch(shown.replace(/&(amp|lt|gt);/g, ''), /[&<>]/);
      }
    }),
    { numRuns: 150 },
  );
});

/** Letters and digits alone: how a text is broken and aligned does not matter. */
const wordsOf = (said: string): string => said.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');

function textsIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner : textsIn(inner)))
    .join(' ');
}
/** Longer ones may be broken. */
const shortWords = (said: string) =>
  said
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .split(/\s+/)
    .filter((word) => word.length <= 15)
    .map(wordsOf);

function textsOf(element: Element): string[] {
  switch (element.type) {
    case 'TextBlock':
    case 'Badge':
      return [element.text];
    case 'FactSet':
      return element.facts.flatMap(({ title, value }) => [title, value]);
    case 'Table':
      return element.rows.flatMap(({ cells }) => cells.flatMap(({ items }) => items.map(({ text }) => text)));
    case 'ColumnSet':
      return element.columns.flatMap(({ items }) => items.map(({ text }) => text));
    case 'Container':
      return element.plan === undefined ? element.items.flatMap(textsOf) : [];
    default:
      return [];
  }
}

const unescaped = (said: string) =>
  said.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

test('a chart is there with every number, or left out and said to be', () => {
  fc.assert(
    fc.property(anyChart, fc.boolean(), (chart, native) => {
      const card: Card = { ...empty, body: [chart] };
      const { blocks } = toBlocks(card, { ...rooms.message, natives: new Set(native ? natives : []) });
      const shown = JSON.stringify(blocks);
      const numbers = chart.data.flatMap(({ values }) => values.map(({ y }) => y));

      assert.deepEqual(faultsOf(blocks), []);
      const fallback = chart.fallback.text.trim();
      const isTold = numbers.every((y) => shown.includes(String(y)));
      const isSaid = blocks.length > 0 && blocks.every(({ type }) => type === 'section');
      assert.ok(isTold || isSaid || fallback.length < 2 || shown.includes('all of it is in'));
    }),
    { numRuns: 300 },
  );
});

const empty = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
} as const;

const pressesIn = (blocks: ReturnType<typeof toBlocks>['blocks']) =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) =>
      element.type === 'button' && element.value !== undefined ? [parsePress(element.value)] : [],
    )
    .map((press) => ({ verb: press?.verb, data: press?.data }));

/** As JSON carries them: it knows no -0 and no own `__proto__`. */
const executesOf = ({ actions = [] }: Card) =>
  actions.flatMap((action) =>
    action.type === 'Action.Execute'
      ? [{ verb: action.verb, data: JSON.parse(JSON.stringify(action.data)) }]
      : [],
  );
