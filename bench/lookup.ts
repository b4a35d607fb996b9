/** Whether a lookup stays as quick as it is when one customer has a hundred thousand orders. */
import { asking, type Bot } from './support/bot-job.ts';
import { inTurn } from './support/load.ts';
import { figure, median } from './support/numbers.ts';
import { grown, measureSizes, middle } from './support/sizes.ts';
import type { Findings } from './support/table.ts';

const ORDERS = [1_000, 100_000];
/** Requests of a kind in a round. */
const TIMES = 10;
const GOAL = '<= 1.50x';
/** The text of the first search is in every tenth order, those of the next two in one, that of the last in none. */
const LOOKUPS = {
  orders: 'orders',
  'orders historical': 'orders historical',
  'orders, oldest': 'orders historical oldest',
  'orders <common text>': 'orders historical branch',
  'orders <one note>': 'orders historical only-this-one',
  'orders <part of a number>': 'orders historical 000777',
  'orders <nothing>': 'orders historical nowhere-at-all',
  'order N': 'order 10023',
  free: 'free',
  'free <product>': 'free webex',
  subscriptions: 'subscriptions',
} as const;
type What = keyof typeof LOOKUPS;
const WHAT = Object.keys(LOOKUPS) as What[];

export async function benchLookup(quick: boolean): Promise<Findings> {
  const all = await measureSizes({
    sizes: ORDERS,
    rounds: quick ? 3 : 15,
    fill: async (bot, orders) => {
      await bot.ask('fillOne', orders);
      await inTurn([asking(bot, () => 'use contoso')], 1);
    },
    round: roundOf,
  });
  return {
    title: 'Lookup in a customer with many orders',
    ratios: grown(all, WHAT, GOAL),
    figures: {
      head: ['lookup, p50 ms', ...all.map(({ engine, orders }) => `${figure(orders)} (${engine})`)],
      rows: WHAT.map((what) => [what, ...all.map((one) => middle(one, what))]),
    },
  };
}

async function roundOf(bots: readonly Bot[]): Promise<Record<What, number>[]> {
  const found: Partial<Record<What, number[]>> = {};
  for (const what of WHAT) {
    const targets = bots.map((bot) => asking(bot, () => LOOKUPS[what]));
    found[what] = (await inTurn(targets, TIMES)).map((times) => median(times));
  }
  return bots.map(
    (_, at) =>
      Object.fromEntries(WHAT.map((what) => [what, found[what]?.[at] ?? Number.NaN])) as Record<What, number>,
  );
}
