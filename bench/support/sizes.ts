/** Bots whose databases hold fewer and more orders, asked in turn: each figure of a large one right after that of a small one. */
import { type Bot, openBot, warmUp } from './bot-job.ts';
import { type Connector, openConnector } from './connector.ts';
import { ENGINES, type Engine, openHomes } from './homes.ts';
import { figure, median, ratio } from './numbers.ts';
import type { Measured } from './table.ts';

type Round<What extends string> = Readonly<Record<What, number>>;
export type Sized<What extends string> = {
  readonly engine: Engine;
  readonly orders: number;
  readonly rounds: readonly Round<What>[];
};

type Part<What extends string> = {
  /** The smallest first. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  fill(bot: Bot, orders: number): Promise<void>;
  /** Asks every bot; resolves to the figures of each. */
  round(
    bots: readonly Bot[],
    at: { connector: Connector; engine: Engine; round: number },
  ): Promise<Round<What>[]>;
};

export async function measureSizes<What extends string>(part: Part<What>): Promise<Sized<What>[]> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const all: Sized<What>[] = [];
  for (const engine of ENGINES) {
    const opened: { bot: Bot; orders: number; remove(): Promise<void> }[] = [];
    for (const orders of part.sizes) {
      const { remove, ...home } = await newHome(engine);
      const bot = await openBot(connector, home);
      await part.fill(bot, orders);
      await warmUp(bot);
      opened.push({ bot, orders, remove });
    }
    const bots = opened.map(({ bot }) => bot);
    const rounds: Round<What>[][] = [];
    for (let round = 0; round < part.rounds; round++)
      rounds.push(await part.round(bots, { connector, engine, round }));
    all.push(
      ...opened.map(({ orders }, at) => ({ engine, orders, rounds: rounds.flatMap((one) => one[at] ?? []) })),
    );
    for (const { bot, remove } of opened) {
      await bot.stop();
      await remove();
    }
  }
  return all;
}

/** How much longer each takes than with the fewest orders, round by round. */
export function grown<What extends string>(
  all: readonly Sized<What>[],
  whats: readonly What[],
  goal: string,
): Measured[] {
  const fewest = Math.min(...all.map(({ orders }) => orders));
  return all
    .filter(({ orders }) => orders !== fewest)
    .flatMap(({ engine, orders, rounds }) => {
      const before = all.find((one) => one.engine === engine && one.orders === fewest)?.rounds ?? [];
      return whats.map((what): Measured => {
        const ratios = rounds.map((round, at) => round[what] / (before[at]?.[what] ?? Number.NaN));
        return [
          `${what}: ${figure(orders)} / ${figure(fewest)} orders on ${engine}`,
          ratio(median(ratios), 1),
          goal,
        ];
      });
    });
}

export const middle = <What extends string>({ rounds }: Sized<What>, what: What): string =>
  figure(median(rounds.map((round) => round[what])));
