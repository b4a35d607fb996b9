/** Commands through `/api/messages`, beside an echo of botbuilder under the same load. */
import type { BotTalk } from './processes/bot.ts';
import type { EchoTalk } from './processes/echo.ts';
import { said } from './support/activities.ts';
import { startChild } from './support/child.ts';
import { type Connector, openConnector } from './support/connector.ts';
import { ENGINES, openHomes } from './support/homes.ts';
import { flood, type Load, type Target } from './support/load.ts';
import { figure, median, percentile, ratio } from './support/numbers.ts';
import type { Findings } from './support/table.ts';

type Variant = Target & { readonly name: string };
type Measured = { readonly variant: string; readonly connections: number; readonly rounds: Load[] };

const ECHO = 'botbuilder echo';
const COMMANDS = ['help', 'free 10023/1'];
const CONNECTIONS = [1, 16];
const WARM_UP_MS = 1_500;

export async function benchCommands(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const { variants, stop } = await openVariants(connector);
  for (const variant of variants) await checked(connector, variant, 4, WARM_UP_MS);
  const measured = CONNECTIONS.flatMap((connections) =>
    variants.map(({ name }): Measured => ({ variant: name, connections, rounds: [] })),
  );
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    for (const { variant, connections, rounds } of measured) {
      const target = variants.find(({ name }) => name === variant);
      if (target !== undefined)
        rounds.push(await checked(connector, target, connections, quick ? 1_000 : 3_000));
    }
  }
  await stop();
  return findings(measured);
}

async function openVariants(connector: Connector) {
  const newHome = await openHomes();
  const echo = startChild<EchoTalk>('echo.ts');
  const talk = (port: number, text: string): Target => ({ port, activity: () => said(connector.url, text) });
  const variants: Variant[] = [{ name: ECHO, ...talk(await echo.ask('start'), 'help') }];
  const stops = [echo.stop];
  for (const engine of ENGINES) {
    const home = await newHome(engine);
    const bot = startChild<BotTalk>('bot.ts');
    const { remove, ...at } = home;
    const port = await bot.ask('start', at);
    stops.push(bot.stop, remove);
    for (const text of COMMANDS) variants.push({ name: `${text} (${engine})`, ...talk(port, text) });
  }
  const stop = async () => {
    for (const step of stops) await step();
  };
  return { variants, stop };
}

/** Each request is one message of the bot; anything else is no answer, however fast. */
async function checked(
  connector: Connector,
  target: Variant,
  connections: number,
  ms: number,
): Promise<Load> {
  const before = connector.count();
  const load = await flood(target, connections, ms);
  const answered = connector.count() - before;
  if (answered !== load.times.length)
    throw new Error(`${target.name}: ${load.times.length} requests, ${answered} answers.`);
  return load;
}

function findings(measured: readonly Measured[]): Findings {
  const figures = measured.map(({ variant, connections, rounds }) => ({
    variant,
    connections,
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ times }) => median(times))),
    p99: median(rounds.map(({ times }) => percentile(times, 99))),
  }));
  const echo = new Map(
    figures.filter(({ variant }) => variant === ECHO).map((one) => [one.connections, one]),
  );
  return {
    title: 'Commands through /api/messages',
    ratios: figures
      .filter(({ variant }) => variant !== ECHO)
      .map(({ variant, connections, perSecond }) => [
        `${variant} / ${ECHO}, commands per second, ${connections} at a time`,
        ratio(perSecond, echo.get(connections)?.perSecond ?? Number.NaN),
      ]),
    figures: {
      head: ['variant', 'at a time', 'per second', 'p50 ms', 'p99 ms'],
      rows: figures.map(({ variant, connections, perSecond, p50, p99 }) => [
        variant,
        String(connections),
        figure(perSecond),
        figure(p50),
        figure(p99),
      ]),
    },
  };
}
