/** Every card that the product makes, over any data: within Slack's limits wherever it is shown, and nothing lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cardFiles } from '../../../cards/gallery.ts';
import type { Element, Plan } from '../../../src/chat/card.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { formsOf } from '../../../src/edges/slack/blocks/message.ts';
import { natives, rooms } from '../../../src/edges/slack/blocks/room.ts';
import { anyOf, type Drawn, drawnSamples } from './card-data.ts';
import { faultsOf } from './limits-oracle.ts';
import { reply } from './rig.ts';

const drawn = await drawnSamples();
const byName = Map.groupBy(drawn, ({ name }) => name);

test('every card has its samples', async () => {
  const files = await cardFiles();
  assert.ok(byName.size >= files.length, `${byName.size} of ${files.length}`);
});

for (const [name, samples] of byName) {
  test(`${name} over any data`, () => {
    // The longest data shows most; what comes first is how it mostly is.
    const sizes = samples.map(({ data }) => JSON.stringify(data)?.length ?? 0);
    const largest = samples[sizes.indexOf(Math.max(...sizes))];
    for (const sample of new Set([samples[0], largest])) holds(sample);
  });
}

function holds(sample: Drawn | undefined): void {
  assert.ok(sample);
  fc.assert(
    fc.property(anyOf(sample), fc.subarray([...natives]), (card, refused) => {
      const { rich, plain, bare } = formsOf(reply('Said', { card }));
      for (const form of [rich(new Set()), rich(new Set(refused)), plain()]) {
        assert.deepEqual(faultsOf(form.blocks), []);
        const shown = JSON.stringify(form.blocks);
        const isPlanned = form.blocks.some(({ type }) => type === 'plan');
        const told = wordsIn(shown, form.rest);
        for (const said of textsIn(card.body, isPlanned)) assert.ok(told(said), `lost: ${said}`);
      }
      const { text, rest } = bare();
      const told = wordsIn(text, rest);
      for (const said of textsIn(card.body, false)) assert.ok(told(said), `lost: ${said}`);
      for (const where of ['modal', 'home'] as const) {
        assert.deepEqual(faultsOf(toBlocks(card, rooms[where]).blocks, where), []);
      }
    }),
    { numRuns: 8 },
  );
}

/** Letters and digits alone: how a text is broken, aligned and escaped does not matter. */
const bare = (said: string): string =>
  said
    .replace(/\\[nt]/g, ' ')
    .replace(/&(amp|lt|gt);/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '');

function wordsIn(shown: string, rest: readonly { readonly bytes: Uint8Array }[]) {
  const all = [shown, ...rest.map(({ bytes }) => Buffer.from(bytes).toString())].map(bare).join(' ');
  return (said: string) =>
    said
      .replace(/&(amp|lt|gt);/g, ' ')
      .split(/\s+/)
      .filter((word) => word.length <= 15)
      .every((word) => all.includes(bare(word)));
}

/** What is told; of work under way either its steps or what stands for them. */
function textsIn(elements: readonly Element[], isPlanned: boolean): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case 'TextBlock':
      case 'Badge':
        return [element.text];
      case 'FactSet':
        return element.facts.flatMap(({ title, value }) => [title, value]);
      case 'Table':
        return element.rows.flatMap(({ cells }, row) =>
          // A list of commands has one title.
          (element.list !== undefined && row === 0 ? cells.slice(0, 1) : cells).flatMap(({ items }) =>
            items.map(({ text }) => text),
          ),
        );
      case 'ColumnSet':
        return element.columns.flatMap(({ items }) => items.map(({ text }) => text));
      case 'Container':
        return isPlanned && element.plan ? stepsOf(element.plan) : textsIn(element.items, isPlanned);
      default:
        return [];
    }
  });
}

const stepsOf = ({ title, steps }: Plan): string[] => [
  title,
  ...steps.flatMap((step) => [step.title, step.says ?? '']),
];
