import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Card } from '../../../src/chat/card.ts';
import { toBlocks } from '../../../src/edges/slack/blocks.ts';
import { parsePress } from '../../../src/edges/slack/buttons.ts';
import { fullRoom } from '../../../src/edges/slack/fit.ts';
import { anyCard } from './any-card.ts';
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
      const { blocks } = toBlocks(card, { text: fullRoom.text / 2, nativeTables: 0 });

      assert.deepEqual(faultsOf(blocks), []);
      assert.equal(
        blocks.some((block) => block.type === 'table'),
        false,
      );
      assert.deepEqual(pressesIn(blocks), executesOf(card));
    }),
    { numRuns: 50 },
  );
});

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
