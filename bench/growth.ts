/** Whether the bot stays as quick as it is when orders pile up. */
import { asking, type Bot, runSheet, type Sheet } from './support/bot-job.ts';
import { inTurn } from './support/load.ts';
import { figure, median } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import { grown, measureSizes, middle } from './support/sizes.ts';
import type { Findings } from './support/table.ts';

const ROWS = 1_000;
const ORDERS = [1_000, 100_000, 1_000_000];
const LARGEST_QUICK = 100_000;
/** Requests of a kind in a round. */
const TIMES = 20;
const GOAL = '<= 1.50x';
const WHAT = ['sheet, ms a row', 'order 10023', 'orders historical', 'associate one'] as const;

export async function benchGrowth(quick: boolean): Promise<Findings> {
  const all = await measureSizes({
    sizes: ORDERS.filter((orders) => !quick || orders <= LARGEST_QUICK),
    rounds: quick ? 5 : 15,
    fill: (bot, orders) => bot.ask('fill', orders),
    round: (bots, { connector, engine, round }) => {
      const url = connector.offer(`sheet-${engine}-${round}.xlsx`, sheetOf(ROWS, round * ROWS));
      return roundOf(bots, { rows: ROWS, url });
    },
  });
  return {
    title: 'The more orders there are',
    ratios: grown(all, WHAT, GOAL),
    figures: {
      head: ['orders', ...WHAT.map((what) => (what.includes('ms') ? what : `${what} p50 ms`))],
      rows: all.map((one) => [
        `${figure(one.orders)} (${one.engine})`,
        ...WHAT.map((what) => middle(one, what)),
      ]),
    },
  };
}

async function roundOf(bots: readonly Bot[], sheet: Sheet) {
  const p50s = async (text: () => string) => {
    const targets = bots.map((bot) => asking(bot, text));
    return (await inTurn(targets, TIMES)).map((times) => median(times));
  };
  let users = 0;
  const user = () => `user.${Date.now()}.${++users}@contoso.example`;
  const lookup = await p50s(() => 'order 10023');
  const list = await p50s(() => 'orders historical');
  const one = await p50s(() => `associate 10024/1 ${user()}`);
  const rounds: Record<(typeof WHAT)[number], number>[] = [];
  for (const [at, bot] of bots.entries()) {
    const { accepted, applied } = await runSheet(bot, sheet);
    rounds.push({
      'sheet, ms a row': (applied - accepted) / ROWS,
      'order 10023': lookup[at] ?? Number.NaN,
      'orders historical': list[at] ?? Number.NaN,
      'associate one': one[at] ?? Number.NaN,
    });
  }
  return rounds;
}
