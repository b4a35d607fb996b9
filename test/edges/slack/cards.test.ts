import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSamples } from '../../../cards/gallery.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { faultsOf } from './limits-oracle.ts';

const samples = Object.entries(await allSamples());

test('the cards of the product are found', () => {
  assert.notEqual(samples.length, 0);
});

for (const [name, card] of samples) {
  test(`the card ${name} is shown whole, within Slack’s limits`, () => {
    const { blocks } = toBlocks(card);

    assert.deepEqual(faultsOf(blocks), []);
    assert.doesNotMatch(JSON.stringify(blocks), /left out: Slack shows no more/);
  });
}
