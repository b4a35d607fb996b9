/** What others notice of a large job: how long their commands take, and how much memory the bot takes. */
import { type Bot, command, type Moments, openBot, runSheet, type Sheet, warmUp } from './support/bot-job.ts';
import { openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { type Beat, drip } from './support/load.ts';
import { figure, median, megabytes, now, percentile } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const ROWS = 100_000;
const BEAT_MS = 100;
const IDLE_MS = 5_000;
const PHASES = ['idle', 'preview', 'batches', 'workbook'] as const;
type Phase = (typeof PHASES)[number];

type Seen = {
  readonly times: readonly number[];
  readonly stallMs: number;
  readonly overIdle: number;
  readonly ms: number;
};
type Round = Readonly<Record<Phase, Seen>>;
type Measured = { readonly engine: Engine; readonly rounds: Round[] };

export async function benchMeanwhile(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const sheet = { rows: ROWS, url: connector.offer(`users-${ROWS}.xlsx`, sheetOf(ROWS)) };
  const newHome = await openHomes();
  const measured = ENGINES.map((engine): Measured => ({ engine, rounds: [] }));
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const { engine, rounds } of measured) {
      const { remove, ...home } = await newHome(engine);
      const bot = await openBot(connector, home);
      rounds.push(await runRound(bot, sheet));
      await bot.stop();
      await remove();
    }
  }
  return findings(measured);
}

async function runRound(bot: Bot, sheet: Sheet): Promise<Round> {
  await warmUp(bot);
  const idleMemory = await bot.ask('memory');
  const began = now();
  const others = drip(command(bot), BEAT_MS);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const moments = await runSheet(bot, sheet);
  const beats = await others.stop();
  const seen = async (phase: Phase): Promise<Seen> => {
    const [from, until] = borders(phase, began, moments);
    const { peak, stallMs } = await bot.ask('usage', { from, until });
    return { times: during(beats, from, until), stallMs, overIdle: peak - idleMemory, ms: until - from };
  };
  return {
    idle: await seen('idle'),
    preview: await seen('preview'),
    batches: await seen('batches'),
    workbook: await seen('workbook'),
  };
}

function borders(phase: Phase, began: number, moments: Moments): [from: number, until: number] {
  const { sent, previewed, accepted, applied, told } = moments;
  switch (phase) {
    case 'idle':
      return [began, sent];
    case 'preview':
      return [sent, previewed];
    case 'batches':
      return [accepted, applied];
    case 'workbook':
      return [applied, told];
  }
}

const during = (beats: readonly Beat[], from: number, until: number) =>
  beats.filter(({ at }) => at >= from && at < until).map(({ ms }) => ms);

function findings(measured: readonly Measured[]): Findings {
  return {
    title: `While a job of ${figure(ROWS)} rows runs: \`free 10023/1\` ten times a second`,
    ratios: measured.flatMap(({ engine, rounds }): [string, string, string][] => {
      const p99 = (phases: readonly Phase[]) =>
        percentile(
          rounds.flatMap((round) => phases.flatMap((phase) => [...round[phase].times])),
          99,
        );
      const peak = median(rounds.map((round) => Math.max(...PHASES.map((phase) => round[phase].overIdle))));
      return [
        [`p99 ms during the run on ${engine}`, figure(p99(['batches', 'workbook'])), '< 200'],
        [`p99 ms during the preview on ${engine}`, figure(p99(['preview'])), '< 200'],
        [`peak MB over idle on ${engine}`, megabytes(peak), '<= 250'],
      ];
    }),
    figures: {
      head: ['phase', 's', 'p50 ms', 'p99 ms', 'longest stall ms', 'peak MB over idle'],
      rows: measured.flatMap(({ engine, rounds }) => PHASES.map((phase) => line(engine, phase, rounds))),
    },
  };
}

function line(engine: Engine, phase: Phase, rounds: readonly Round[]): string[] {
  const all = rounds.map((round) => round[phase]);
  const times = all.flatMap((seen) => seen.times);
  return [
    `${phase} (${engine})`,
    figure(median(all.map(({ ms }) => ms)) / 1000),
    figure(median(times)),
    figure(percentile(times, 99)),
    figure(Math.max(...all.map(({ stallMs }) => stallMs))),
    megabytes(median(all.map(({ overIdle }) => overIdle))),
  ];
}
