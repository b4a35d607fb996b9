/** The reconciliation of a month, with more and more subscriptions of which every one is wrong. */
import { openBot } from './support/bot-job.ts';
import { openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { figure, median, megabytes, ratio } from './support/numbers.ts';
import type { Findings, Measured } from './support/table.ts';

const SUBSCRIPTIONS = [1_000, 10_000, 100_000, 1_000_000];
const LARGEST_QUICK = 100_000;
/** The embedded database is for one machine, and a workbook for a program that opens it. */
const LARGEST_EMBEDDED = 100_000;
const LARGEST_EXPORTED = 100_000;
/** Ten times as many may take this much longer each. */
const GOAL = '<= 1.50x';
const SECONDS = 60;

type Sized = {
  readonly engine: Engine;
  readonly subscriptions: number;
  readonly previewMs: number;
  readonly runMs: number;
  readonly stallMs: number;
  readonly peak: number;
  readonly files: { readonly xlsxMs: number; readonly csvMs: number; readonly xlsxBytes: number } | undefined;
};

export async function benchReconcile(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const all: Sized[] = [];
  for (const engine of ENGINES) {
    const largest = quick ? LARGEST_QUICK : engine === 'PGlite' ? LARGEST_EMBEDDED : Number.POSITIVE_INFINITY;
    for (const subscriptions of SUBSCRIPTIONS.filter((size) => size <= largest)) {
      const { remove, ...home } = await newHome(engine);
      const bot = await openBot(connector, home);
      await bot.ask('fillSubscriptions', subscriptions);
      const rounds = [];
      for (let round = 0; round < (quick || subscriptions > LARGEST_QUICK ? 1 : 3); round++) {
        const ran = await bot.ask('reconcile', round);
        if (ran.changed < subscriptions) throw new Error(`Only ${ran.changed} were changed.`);
        rounds.push({ ...ran, ...(await bot.ask('usage', { from: ran.from, until: ran.until })) });
      }
      all.push({
        engine,
        subscriptions,
        previewMs: median(rounds.map(({ previewMs }) => previewMs)),
        runMs: median(rounds.map(({ from, until }) => until - from)),
        stallMs: median(rounds.map(({ stallMs }) => stallMs)),
        peak: Math.max(...rounds.map(({ peak }) => peak)),
        files: subscriptions <= LARGEST_EXPORTED ? await bot.ask('exportLast') : undefined,
      });
      await bot.stop();
      await remove();
    }
  }
  return findings(all);
}

function findings(all: readonly Sized[]): Findings {
  return {
    title: 'Reconciling many subscriptions',
    ratios: all.flatMap((one) => [...grown(all, one), ...inSeconds(one)]),
    figures: {
      head: [
        'subscriptions',
        'preview ms',
        'run s',
        'a second',
        'longest stall ms',
        'peak MB',
        'workbook s',
        'MB',
        'CSV s',
      ],
      rows: all.map(({ engine, subscriptions, previewMs, runMs, stallMs, peak, files }) => [
        `${figure(subscriptions)} (${engine})`,
        figure(previewMs),
        figure(runMs / 1000),
        figure((subscriptions * 1000) / runMs),
        figure(stallMs),
        megabytes(peak),
        figure((files?.xlsxMs ?? Number.NaN) / 1000),
        megabytes(files?.xlsxBytes ?? Number.NaN),
        figure((files?.csvMs ?? Number.NaN) / 1000),
      ]),
    },
  };
}

/** A subscription among many, beside one among a tenth of them. What a run costs by itself hides it in a few. */
function grown(all: readonly Sized[], one: Sized): Measured[] {
  const fewer = all.find(
    ({ engine, subscriptions }) => engine === one.engine && subscriptions * 10 === one.subscriptions,
  );
  if (fewer === undefined) return [];
  const each = ({ runMs, subscriptions }: Sized) => runMs / subscriptions;
  const what = `one of ${figure(one.subscriptions)} / one of ${figure(fewer.subscriptions)} on ${one.engine}`;
  return [[what, ratio(each(one), each(fewer)), GOAL]];
}

function inSeconds({ engine, subscriptions, runMs }: Sized): Measured[] {
  if (subscriptions !== LARGEST_QUICK) return [];
  return [[`run of ${figure(subscriptions)} on ${engine}`, `${figure(runMs / 1000)} s`, `<= ${SECONDS} s`]];
}
