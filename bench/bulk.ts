/** A sheet as a job: read and previewed, run to its end, its report written; and what others notice meanwhile. */
import { type Round, runRound } from './support/bulk-round.ts';
import { openConnector } from './support/connector.ts';
import { ENGINES, type Engine, openHomes } from './support/homes.ts';
import { figure, median, megabytes, percentile, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const SIZES = [1_000, 100_000];

type Measured = { readonly engine: Engine; readonly rows: number; readonly rounds: Round[] };

export async function benchBulk(quick: boolean): Promise<Findings> {
  const connector = await openConnector();
  const newHome = await openHomes();
  const sheets = new Map(SIZES.map((rows) => [rows, connector.offer(`users-${rows}.xlsx`, sheetOf(rows))]));
  const measured = SIZES.flatMap((rows) => ENGINES.map((engine): Measured => ({ engine, rows, rounds: [] })));
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const { engine, rows, rounds } of measured) {
      const { remove, ...home } = await newHome(engine);
      rounds.push(await runRound(connector, home, { rows, url: sheets.get(rows) ?? '' }));
      await remove();
    }
  }
  return findings(measured);
}

const of = (rounds: readonly Round[], pick: (round: Round) => number) => median(rounds.map(pick));

function findings(measured: readonly Measured[]): Findings {
  return {
    title: 'Bulk jobs',
    ratios: measured.flatMap(ratiosOf),
    figures: {
      head: [
        'job',
        'preview s',
        'run s',
        'rows/s',
        'workbook s',
        'COPY s',
        'peak MB over idle',
        'stall ms: preview',
        'run',
        'free p50/p99 ms: idle',
        'preview',
        'run',
      ],
      rows: measured.map(figuresOf),
    },
  };
}

function ratiosOf({ engine, rows, rounds }: Measured): [string, string][] {
  const job = `${figure(rows)} rows on ${engine}`;
  const copy = of(rounds, ({ copyMs }) => copyMs);
  const p99 = (pick: (round: Round) => readonly number[]) => percentile(rounds.flatMap(pick), 99);
  return [
    [
      `${job}: run with workbook / COPY`,
      ratio(
        of(rounds, ({ runMs }) => runMs),
        copy,
      ),
    ],
    [
      `${job}: run without workbook / COPY`,
      ratio(
        of(rounds, ({ runMs, workbookMs }) => runMs - workbookMs),
        copy,
      ),
    ],
    [
      `${job}: p99 of a command during the run / idle`,
      ratio(
        p99(({ whileRunning }) => whileRunning),
        p99(({ idle }) => idle),
      ),
    ],
  ];
}

function figuresOf({ engine, rows, rounds }: Measured): string[] {
  const seconds = (pick: (round: Round) => number) => figure(of(rounds, pick) / 1000);
  const times = (pick: (round: Round) => readonly number[]) => {
    const all = rounds.flatMap(pick);
    return `${figure(median(all))} / ${figure(percentile(all, 99))}`;
  };
  return [
    `${figure(rows)} rows (${engine})`,
    seconds(({ previewMs }) => previewMs),
    seconds(({ runMs }) => runMs),
    figure((rows * 1000) / of(rounds, ({ runMs }) => runMs)),
    seconds(({ workbookMs }) => workbookMs),
    seconds(({ copyMs }) => copyMs),
    megabytes(of(rounds, ({ peakOverIdle }) => peakOverIdle)),
    figure(of(rounds, ({ previewStallMs }) => previewStallMs)),
    figure(of(rounds, ({ runStallMs }) => runStallMs)),
    times(({ idle }) => idle),
    times(({ whilePreviewing }) => whilePreviewing),
    times(({ whileRunning }) => whileRunning),
  ];
}
