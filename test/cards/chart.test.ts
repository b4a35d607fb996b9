/** Pictures of numbers, over any data: they hold the limits, tell all in words, and have their numbers beside them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inPicture, MOST_PAIRS, pairsChart } from '../../cards/chart.ts';
import { type Difference, differencesPart } from '../../cards/differences.ts';
import { reconciliationAheadCard } from '../../cards/reconciliation-ahead.ts';
import { reconciliationSummaryCard } from '../../cards/reconciliation-summary.ts';
import type { Card, Chart } from '../../src/chat/card.ts';
import { toBlocks } from '../../src/edges/slack/blocks/blocks.ts';
import { cardOf, render } from '../../src/edges/teams/cards/render.ts';
import { faultsOf } from '../edges/slack/limits-oracle.ts';
import { allElements, complaints } from './rules.ts';

const words = {
  title: 'Units by subscription',
  of: 'Subscription',
  unit: 'Units',
  before: 'Before',
  after: 'Counted',
};
const units = fc.oneof(fc.nat(20), fc.nat(2_000_000));
const label = fc.tuple(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 1, max: 40 }));
const service = label.map(([order, position]) => `${order}/${position}`);
const name = fc.lorem({ maxCount: 12 }).map((text) => text.slice(0, 110).trim());
const money = fc.record({ minor: fc.integer(), currency: fc.constantFrom('EUR', 'USD', 'JPY') });

test('a chart has a bar of each for every label, each label once', () => {
  const pairs = fc.array(
    fc.record({ label: fc.oneof(service, fc.constantFrom('a', 'b')), before: units, after: units }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(pairs, (all) => {
      const chart = pairsChart(words, all);
      if (all.length === 0) return assert.equal(chart, undefined);
      assert.ok(chart);
      assert.deepEqual(complaints(cardWith(chart)), []);
      const [before, after] = chart.data.map(({ values }) => values.map(({ y }) => y));
      const shown = all.slice(0, MOST_PAIRS);
      assert.deepEqual(
        before,
        shown.map((pair) => pair.before),
      );
      assert.deepEqual(
        after,
        shown.map((pair) => pair.after),
      );
    }),
  );
});

const pairsOf = (...tops: number[]) =>
  tops.map((before, index) => ({ label: `1002${index}/1`, before, after: 0 }));
const labels = (pairs: readonly { readonly before: number }[]) => pairs.map(({ before }) => before);

for (const [tops, shown, left] of [
  [[2000, 10, 5], [10, 5], [2000]],
  [
    [2000, 1900, 10, 9, 8],
    [10, 9, 8],
    [2000, 1900],
  ],
  [
    [2_000_000, 2000, 10, 9, 8],
    [10, 9, 8],
    [2_000_000, 2000],
  ],
  [[2000, 1900, 1800, 10], [2000, 1900, 1800], [10]],
  [[5, 2000, 10], [5, 10], [2000]],
  [[2000, 10], [2000, 10], []],
  [[100, 90, 11, 10], [100, 90, 11, 10], []],
  [[0, 0, 5], [0, 0, 5], []],
  [[], [], []],
] as const)
  test(`of ${tops.join(', ') || 'nothing'} a picture shows ${shown.join(', ') || 'nothing'}`, () => {
    const picture = inPicture(pairsOf(...tops));
    assert.deepEqual([labels(picture.shown), labels(picture.left)], [[...shown], [...left]]);
  });

test('what is left to the table is named', () => {
  const [large, ...small] = pairsOf(2000, 10, 5).map(({ label, before, after }) => ({
    subscription: `Product (${label})`,
    service: label,
    organization: 'Contoso',
    before,
    counted: after,
  }));
  assert.ok(large);
  const said = (all: readonly Difference[]) => JSON.stringify(differencesPart(all, all.length));
  assert.match(said([large, ...small]), /Too far from the others for the picture: 10020\/1, 2,000 → 0\./);
  assert.doesNotMatch(said(small), /for the picture/);
});

const cardWith = (chart: Chart): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [chart],
});

const difference = fc.record({
  subscription: name,
  service,
  organization: name,
  before: units,
  counted: units,
  money: fc.option(money, { nil: undefined }),
});
const sums = {
  checked: units,
  changed: units.map((changed) => changed + 20),
  drift: fc.integer(),
  money: fc.uniqueArray(money, { selector: ({ currency }) => currency }),
  leftOut: units,
};
const summary = fc.record({
  ...sums,
  organization: name,
  period: fc.constant('2026-11'),
  mode: fc.constantFrom('preview', 'done'),
  at: fc.constant('2026-11-25T06:00:00Z'),
  by: fc.option(name, { nil: undefined }),
  findings: units,
  differences: fc.array(difference, { maxLength: 20, size: 'max' }),
  organizations: fc.array(
    fc.record({ organization: name, checked: units, changed: units, drift: fc.integer(), money: sums.money }),
    { maxLength: 20, size: 'max' },
  ),
  exports: fc.boolean(),
  run: fc.option(fc.constant({ plan: 'p', once: 'o' }), { nil: undefined }),
});
const ahead = fc.record({
  ...sums,
  organization: name,
  period: fc.constant('2026-11'),
  due: fc.constant('2026-11-25T06:00:00Z'),
  at: fc.constant('2026-11-23T06:00:00Z'),
  differences: fc.array(difference, { maxLength: 20, size: 'max' }),
  findings: fc.uniqueArray(
    fc.record({
      n: units,
      what: name,
      organization: name,
      about: service,
      proposal: fc.option(name, { nil: undefined }),
    }),
    { selector: ({ n }) => n, maxLength: 6 },
  ),
  waiting: units.map((waiting) => waiting + 6),
  trouble: fc.option(name, { nil: undefined }),
});

for (const [what, cards] of [
  ['summary', summary.map(reconciliationSummaryCard)],
  ['preview some days before', ahead.map(reconciliationAheadCard)],
] as const) {
  test(`the ${what} is within the limits of every platform, its picture above its numbers`, () => {
    fc.assert(
      fc.property(cards, (card) => {
        assert.deepEqual(complaints(card), []);
        const reply = { text: 'Said.', card, audience: 'everyone', position: 'below' } as const;
        assert.ok(cardOf(render(reply, () => undefined)), 'Teams shows the card');
        const { blocks } = toBlocks(card);
        assert.deepEqual(faultsOf(blocks), []);
        assert.doesNotMatch(JSON.stringify(blocks), /left out: Slack/);
        const elements = allElements(card);
        const at = elements.findIndex(({ type }) => type === 'Chart.VerticalBar.Grouped');
        if (at === -1) return;
        const rest = JSON.stringify(elements.slice(at + 2));
        const [chart] = elements.slice(at);
        assert.ok(chart?.type === 'Chart.VerticalBar.Grouped');
        for (const { values } of chart.data) {
          for (const { y } of values) assert.ok(rest.includes(`"${y.toLocaleString('en-GB')}"`), String(y));
        }
      }),
      { numRuns: 100 },
    );
  });
}
