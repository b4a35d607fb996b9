/** A whole job, from its sheet to its report, beside the usual way to do it and beside what nobody can do without. */
import type { FloorTalk } from './processes/floor.ts';
import type { UsualTalk } from './processes/usual.ts';
import { openBot, runSheet, warmUp } from './support/bot-job.ts';
import { startChild } from './support/child.ts';
import { type Connector, openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { figure, median, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const ROWS = 10_000;
const WAYS = ['ours', 'usual', 'floor'] as const;
type Way = (typeof WAYS)[number];
type Round = Readonly<Record<Way, number>>;
type Measured = { readonly engine: Engine; readonly rounds: Round[] };
type NewHome = Awaited<ReturnType<typeof openHomes>>;

export async function benchJob(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const measured = ENGINES.map((engine): Measured => ({ engine, rounds: [] }));
  for (let round = 0; round < (quick ? 2 : 5); round++) {
    for (const { engine, rounds } of measured) {
      rounds.push({
        ours: await ours(connector, newHome, engine),
        usual: await timed('usual', newHome, engine),
        floor: await timed('floor', newHome, engine),
      });
    }
  }
  return findings(measured);
}

async function ours(connector: Connector, newHome: NewHome, engine: Engine): Promise<number> {
  const { remove, ...home } = await newHome(engine);
  const bot = await openBot(connector, home);
  await warmUp(bot);
  const url = connector.offer(`users-${ROWS}.xlsx`, sheetOf(ROWS));
  const { sent, told } = await runSheet(bot, { rows: ROWS, url });
  await bot.stop();
  await remove();
  return told - sent;
}

async function timed(way: 'usual' | 'floor', newHome: NewHome, engine: Engine): Promise<number> {
  const { remove, ...home } = await newHome(engine);
  const child = startChild<UsualTalk & FloorTalk>(`${way}.ts`);
  await child.ask('start', home);
  const ms = await child.ask('run', sheetOf(ROWS));
  await child.stop();
  await remove();
  return ms;
}

function findings(measured: readonly Measured[]): Findings {
  const against = (rounds: readonly Round[], peer: Way) =>
    ratio(median(rounds.map((round) => round.ours / round[peer])), 1);
  return {
    title: `A whole job of ${figure(ROWS)} rows`,
    ratios: measured.flatMap(({ engine, rounds }): [string, string, string][] => [
      [`ours / the usual way on ${engine}`, against(rounds, 'usual'), '<= 0.12x'],
      [`ours / the floor on ${engine}`, against(rounds, 'floor'), '<= 3.00x'],
    ]),
    figures: {
      head: ['engine', 'ours s', 'usual s', 'floor s'],
      rows: measured.map(({ engine, rounds }) => [
        engine,
        ...WAYS.map((way) => figure(median(rounds.map((round) => round[way])) / 1000)),
      ]),
    },
  };
}
