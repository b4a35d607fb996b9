/** The batches of a large job, beside COPY of the same rows into the same tables. */
import { openBot, runSheet, type Sheet, warmUp } from './support/bot-job.ts';
import { type Connector, openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { figure, median, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const ROWS = 100_000;
const GOAL = '<= 2.20x';

type Round = { readonly batchesMs: number; readonly copyMs: number };
type Measured = { readonly engine: Engine; readonly rounds: Round[] };

export async function benchAssociate(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const sheet = { rows: ROWS, url: connector.offer(`users-${ROWS}.xlsx`, sheetOf(ROWS)) };
  const newHome = await openHomes();
  const measured = ENGINES.map((engine): Measured => ({ engine, rounds: [] }));
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    for (const { engine, rounds } of measured) {
      const batchesMs = await inNewHome(newHome(engine), (home) => batches(connector, home, sheet));
      const copyMs = await inNewHome(newHome(engine), (home) => copied(connector, home, ROWS));
      rounds.push({ batchesMs, copyMs });
    }
  }
  return findings(measured);
}

type NewHome = ReturnType<Awaited<ReturnType<typeof openHomes>>>;
type Home = Awaited<NewHome>;

async function inNewHome(made: NewHome, work: (home: Home) => Promise<number>): Promise<number> {
  const home = await made;
  const result = await work(home);
  await home.remove();
  return result;
}

async function batches(connector: Connector, { remove, ...home }: Home, sheet: Sheet): Promise<number> {
  const bot = await openBot(connector, home);
  await warmUp(bot);
  const { accepted, applied } = await runSheet(bot, sheet);
  await bot.stop();
  return applied - accepted;
}

async function copied(connector: Connector, { remove, ...home }: Home, rows: number): Promise<number> {
  const bot = await openBot(connector, home);
  await warmUp(bot);
  const ms = await bot.ask('copy', rows);
  await bot.stop();
  return ms;
}

function findings(measured: readonly Measured[]): Findings {
  return {
    title: `Associating ${figure(ROWS)} rows`,
    ratios: measured.map(({ engine, rounds }) => [
      `batches / COPY on ${engine}`,
      // Of pairs, one after the other: what else the machine does hits both.
      ratio(median(rounds.map(({ batchesMs, copyMs }) => batchesMs / copyMs)), 1),
      GOAL,
    ]),
    figures: {
      head: ['engine', 'batches s', 'rows/s', 'COPY s', 'ratios of all rounds'],
      rows: measured.map(({ engine, rounds }) => {
        const ms = median(rounds.map(({ batchesMs }) => batchesMs));
        return [
          engine,
          figure(ms / 1000),
          figure((ROWS * 1000) / ms),
          figure(median(rounds.map(({ copyMs }) => copyMs)) / 1000),
          rounds.map(({ batchesMs, copyMs }) => figure(batchesMs / copyMs)).join(' '),
        ];
      }),
    },
  };
}
