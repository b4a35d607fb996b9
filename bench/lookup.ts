/** Whether a lookup stays as quick as it is when one customer has a hundred thousand orders. */
import { asking, type Bot, openBot, warmUp } from './support/bot-job.ts';
import { type Connector, openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { inTurn } from './support/load.ts';
import { figure, median, ratio } from './support/numbers.ts';
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

type Round = Readonly<Record<What, number>>;
type Measured = {
  readonly engine: Engine;
  readonly orders: number;
  readonly bot: Bot;
  close(): Promise<void>;
  readonly rounds: Round[];
};

export async function benchLookup(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const all: Measured[] = [];
  for (const engine of ENGINES) {
    const measured: Measured[] = [];
    for (const orders of ORDERS)
      measured.push(await filled(connector, await newHome(engine), engine, orders));
    for (let round = 0; round < (quick ? 3 : 15); round++) await addRound(measured);
    for (const { close } of measured) await close();
    all.push(...measured);
  }
  return findings(all);
}

type Home = Awaited<ReturnType<Awaited<ReturnType<typeof openHomes>>>>;

async function filled(connector: Connector, { remove, ...home }: Home, engine: Engine, orders: number) {
  const bot = await openBot(connector, home);
  await bot.ask('fillOne', orders);
  await inTurn([asking(bot, () => 'use contoso')], 1);
  await warmUp(bot);
  const close = async () => {
    await bot.stop();
    await remove();
  };
  return { engine, orders, bot, close, rounds: [] };
}

/** In turn: each figure of a large database right after that of a small one. */
async function addRound(measured: readonly Measured[]): Promise<void> {
  const found: Partial<Record<What, number[]>> = {};
  for (const what of WHAT) {
    const targets = measured.map(({ bot }) => asking(bot, () => LOOKUPS[what]));
    found[what] = (await inTurn(targets, TIMES)).map((times) => median(times));
  }
  for (const [at, { rounds }] of measured.entries()) {
    rounds.push(Object.fromEntries(WHAT.map((what) => [what, found[what]?.[at] ?? Number.NaN])) as Round);
  }
}

function findings(all: readonly Measured[]): Findings {
  const [few = 0, many] = ORDERS;
  const of = (engine: Engine, orders: number) =>
    all.find((one) => one.engine === engine && one.orders === orders)?.rounds ?? [];
  return {
    title: 'Lookup in a customer with many orders',
    ratios: all
      .filter(({ orders }) => orders === many)
      .flatMap(({ engine, orders, rounds }) =>
        WHAT.map((what): [string, string, string] => {
          const before = of(engine, few);
          const ratios = rounds.map((round, at) => round[what] / (before[at]?.[what] ?? Number.NaN));
          return [
            `${what}: ${figure(orders)} / ${figure(few)} orders on ${engine}`,
            ratio(median(ratios), 1),
            GOAL,
          ];
        }),
      ),
    figures: {
      head: ['lookup, p50 ms', ...all.map(({ engine, orders }) => `${figure(orders)} (${engine})`)],
      rows: WHAT.map((what) => [
        what,
        ...all.map(({ rounds }) => figure(median(rounds.map((round) => round[what])))),
      ]),
    },
  };
}
