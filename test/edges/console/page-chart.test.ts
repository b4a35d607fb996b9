import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairsChart } from '../../../cards/chart.ts';
import { describeInBrowser } from './browser.ts';
import { closeAfterEach } from './requests.ts';
import { card } from './sample-cards.ts';
import { text } from './support.ts';
import { overflows, say, style, visit } from './visit.ts';

const words = {
  title: 'Units by subscription',
  of: 'Subscription',
  unit: 'Units',
  before: 'Before',
  after: 'Counted',
};
const chart = pairsChart(words, [
  { label: '1000000023/12', before: 100_000, after: 145_000 },
  { label: '10023/1', before: 1, after: 0 },
]);

describeInBrowser('a chart in the console', (openPage) => {
  closeAfterEach();
  const stage = {
    script: async (_: unknown, respond: (reply: ReturnType<typeof text>) => Promise<unknown>) => {
      await respond(text('Preview', { card: card(chart === undefined ? [] : [chart]) }));
    },
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1100]) {
      test(`is read out in words and drawn without one colour alone (${colorScheme}, ${width} px)`, async () => {
        const context = { colorScheme, viewport: { width, height: 800 } };
        const { page, problems, entries } = await visit(openPage, { stage, context });
        await say(page, 'reconcile preview');
        const shown = entries.nth(1).getByTestId('chart');
        const told = 'Units, before → counted: 1000000023/12 100,000 → 145,000; 10023/1 1 → 0.';
        const picture = shown.getByRole('img', { name: told });
        await picture.waitFor();

        const bars = await shown.locator('rect').all();
        const numbers = await shown.locator('.chart-number').allTextContents();
        assert.deepEqual(numbers, ['100,000', '145,000', '1', '0']);
        assert.deepEqual(await shown.getByText('Before').allTextContents(), ['Before']);
        const widths = await Promise.all(bars.map(async (bar) => (await bar.boundingBox())?.width ?? 0));
        const [first = 0, longest = 0] = widths;
        assert.ok(Math.abs(first / longest - 100 / 145) < 0.02, String(widths));

        const fills = await Promise.all(bars.slice(0, 2).map((bar) => style(bar, 'fill')));
        assert.equal(fills[0], 'none', 'the first series is hollow');
        assert.match(String(fills[1]), /^rgb/);
        const animated = await Promise.all(bars.map((bar) => style(bar, 'animationName')));
        assert.deepEqual(new Set(animated), new Set(['none']));

        const number = await shown.locator('.chart-number').nth(1).boundingBox();
        const room = await shown.boundingBox();
        assert.ok(number && room && number.x + number.width <= room.x + room.width, 'the number has room');
        assert.equal(await overflows(shown), false);
        assert.deepEqual(problems, []);
      });
    }
  }
});
