/** Whether the bot stays as quick as it is when orders pile up. */
import { asking, type Bot, openBot, runSheet, type Sheet, warmUp } from './support/bot-job.ts';
import { type Connector, openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { inTurn } from './support/load.ts';
import { figure, median, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const ROWS = 1_000;
const ORDERS = [1_000, 100_000, 1_000_000];
const LARGEST_QUICK = 100_000;
/** Requests of a kind in a round. */
const TIMES = 20;
const GOAL = '<= 1.50x';
const WHAT = ['sheet, ms a row', 'order 10023', 'orders historical', 'associate one'] as const;
type What = (typeof WHAT)[number];

type Round = Readonly<Record<What, number>>;
type Measured = {
  readonly engine: Engine;
  readonly orders: number;
  readonly bot: Bot;
  close(): Promise<void>;
  readonly rounds: Round[];
};

export async function benchGrowth(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const sizes = ORDERS.filter((orders) => !quick || orders <= LARGEST_QUICK);
  const all: Measured[] = [];
  for (const engine of ENGINES) {
    const measured: Measured[] = [];
    for (const orders of sizes) measured.push(await filled(connector, await newHome(engine), engine, orders));
    for (let round = 0; round < (quick ? 5 : 15); round++) {
      const url = connector.offer(`sheet-${engine}-${round}.xlsx`, sheetOf(ROWS, round * ROWS));
      await addRound(measured, { rows: ROWS, url });
    }
    for (const { close } of measured) await close();
    all.push(...measured);
  }
  return findings(all);
}

type Home = Awaited<ReturnType<Awaited<ReturnType<typeof openHomes>>>>;

async function filled(connector: Connector, { remove, ...home }: Home, engine: Engine, orders: number) {
  const bot = await openBot(connector, home);
  await bot.ask('fill', orders);
  await warmUp(bot);
  const close = async () => {
    await bot.stop();
    await remove();
  };
  return { engine, orders, bot, close, rounds: [] };
}

/** In turn: each figure of a large database right after that of a small one. */
async function addRound(measured: readonly Measured[], sheet: Sheet): Promise<void> {
  const p50s = async (text: () => string) => {
    const targets = measured.map(({ bot }) => asking(bot, text));
    return (await inTurn(targets, TIMES)).map((times) => median(times));
  };
  let users = 0;
  const user = () => `user.${Date.now()}.${++users}@contoso.example`;
  const lookup = await p50s(() => 'order 10023');
  const list = await p50s(() => 'orders historical');
  const one = await p50s(() => `associate 10024/1 ${user()}`);
  for (const [at, { bot, rounds }] of measured.entries()) {
    const { accepted, applied } = await runSheet(bot, sheet);
    rounds.push({
      'sheet, ms a row': (applied - accepted) / ROWS,
      'order 10023': lookup[at] ?? Number.NaN,
      'orders historical': list[at] ?? Number.NaN,
      'associate one': one[at] ?? Number.NaN,
    });
  }
}

function findings(all: readonly Measured[]): Findings {
  const [smallest] = ORDERS;
  const base = (engine: Engine) => all.find((one) => one.engine === engine && one.orders === smallest);
  const grown = all.filter(({ orders }) => orders !== smallest);
  return {
    title: 'The more orders there are',
    ratios: grown.flatMap(({ engine, orders, rounds }) =>
      WHAT.map((what): [string, string, string] => {
        const before = base(engine)?.rounds ?? [];
        const ratios = rounds.map((round, at) => round[what] / (before[at]?.[what] ?? Number.NaN));
        return [
          `${what}: ${figure(orders)} / ${figure(smallest ?? 0)} orders on ${engine}`,
          ratio(median(ratios), 1),
          GOAL,
        ];
      }),
    ),
    figures: {
      head: ['orders', ...WHAT.map((what) => (what.includes('ms') ? what : `${what} p50 ms`))],
      rows: all.map(({ engine, orders, rounds }) => [
        `${figure(orders)} (${engine})`,
        ...WHAT.map((what) => figure(median(rounds.map((round) => round[what])))),
      ]),
    },
  };
}
