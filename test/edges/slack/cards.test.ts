import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSamples } from '../../../cards/gallery.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { weightOf } from '../../../src/edges/slack/blocks/fit.ts';
import { limits } from '../../../src/edges/slack/blocks/limits.ts';
import { formsOf } from '../../../src/edges/slack/blocks/message.ts';
import { natives, rooms } from '../../../src/edges/slack/blocks/room.ts';
import { faultsOf } from './limits-oracle.ts';
import { reply } from './rig.ts';

const samples = Object.entries(await allSamples());
/** Every choice of what a workspace may refuse. */
const refused = Array.from({ length: 2 ** natives.length }, (_, bits) =>
  natives.filter((_native, index) => (bits >> index) % 2 === 1),
);

test('the cards of the product are found', () => {
  assert.notEqual(samples.length, 0);
  assert.equal(refused.length, 16);
});

for (const [name, card] of samples) {
  test(`the card ${name} is shown whole, within Slack’s limits, whatever the workspace refuses`, () => {
    const isFew =
      weightOf(toBlocks(card, { ...rooms.message, text: 100_000 }).blocks) < limits.messageText - 500;
    const { rich, plain, bare } = formsOf(reply(name, { card }));
    for (const set of refused) {
      const { blocks, rest } = rich(new Set(set));
      assert.deepEqual(faultsOf(blocks), [], set.join());
      assert.deepEqual(
        blocks.filter(({ type }) => set.some((one) => one === type)),
        [],
      );
      // Only what is too much for any message needs files; letters take more room than a table.
      if (isFew && !set.includes('table')) assert.deepEqual(rest, [], set.join());
      for (const file of rest) assert.ok(JSON.stringify(blocks).includes(file.name));
    }
    assert.deepEqual(faultsOf(plain().blocks), []);
    assert.deepEqual(bare().blocks, []);
  });

  test(`the card ${name} has room in a window and in the Home tab`, () => {
    for (const where of ['modal', 'home'] as const) {
      const { blocks } = toBlocks(card, rooms[where]);
      assert.deepEqual(faultsOf(blocks, where), []);
      assert.doesNotMatch(JSON.stringify(blocks), /There is more than this/);
    }
  });
}
