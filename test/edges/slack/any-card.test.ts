import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Card } from '../../../src/chat/card.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { parsePress } from '../../../src/edges/slack/blocks/buttons.ts';
import { fullRoom } from '../../../src/edges/slack/blocks/fit.ts';
import { anyCard, anyChart } from './any-card.ts';
import { faultsOf } from './limits-oracle.ts';

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

test('so it is in less room', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const { blocks } = toBlocks(card, {
        ...fullRoom,
        text: fullRoom.text / 2,
        nativeTables: 0,
        nativeCharts: 0,
      });

      assert.deepEqual(faultsOf(blocks), []);
      assert.equal(
        blocks.some((block) => ['table', 'data_visualization'].includes(block.type)),
        false,
      );
      assert.deepEqual(pressesIn(blocks), executesOf(card));
    }),
    { numRuns: 50 },
  );
});

test('a chart is there with every number, or left out and said to be', () => {
  fc.assert(
    fc.property(anyChart, fc.boolean(), (chart, native) => {
      const card: Card = { ...empty, body: [chart] };
      const { blocks } = toBlocks(card, { ...fullRoom, nativeCharts: native ? fullRoom.nativeCharts : 0 });
      const shown = JSON.stringify(blocks);
      const numbers = chart.data.flatMap(({ values }) => values.map(({ y }) => y));

      assert.deepEqual(faultsOf(blocks), []);
      const fallback = chart.fallback.text.trim();
      const isTold = numbers.every((y) => shown.includes(String(y)));
      const isSaid = blocks.length > 0 && blocks.every(({ type }) => type === 'section');
      assert.ok(isTold || isSaid || fallback.length < 2 || shown.includes('left out'));
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
