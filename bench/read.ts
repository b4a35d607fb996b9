/** Reading an .xlsx: ours beside the streaming reader of exceljs, each in a process of its own. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Reading } from './processes/reading.ts';
import { temporaryFolder } from './support/homes.ts';
import { figure, median, megabytes, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings, Measured } from './support/table.ts';

const ROWS = 100_000;
const READERS = ['ours', 'exceljs'] as const;
type Reader = (typeof READERS)[number];
type Round = Reading & { readonly wholeMs: number };

export async function benchRead(quick: boolean): Promise<Findings> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'users.xlsx');
  await writeFile(file, sheetOf(ROWS));
  const rounds: Record<Reader, Round[]> = { ours: [], exceljs: [] };
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    for (const reader of READERS) rounds[reader].push(await read(reader, file));
  }
  await folder.remove();
  sameRows(rounds);
  return findings(rounds);
}

async function read(reader: Reader, file: string): Promise<Round> {
  const script = join(import.meta.dirname, 'processes', `read-${reader}.ts`);
  const began = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [script, file]);
  return { ...(JSON.parse(stdout) as Reading), wholeMs: performance.now() - began };
}

function sameRows(rounds: Record<Reader, readonly Round[]>): void {
  const found = new Set(
    Object.values(rounds).flatMap((all) => all.map(({ rows, hash }) => `${rows} ${hash}`)),
  );
  if (found.size !== 1) throw new Error(`The readers found different rows: ${[...found].join(', ')}.`);
}

function findings({ ours, exceljs }: Record<Reader, readonly Round[]>): Findings {
  const compare = (what: string, goal: string, pick: (round: Round) => number): Measured => [
    `${what}, ours / exceljs`,
    ratio(median(ours.map(pick)), median(exceljs.map(pick))),
    goal,
  ];
  const line = (name: string, rounds: readonly Round[]) => [
    name,
    figure(median(rounds.map(({ wholeMs }) => wholeMs)) / 1000),
    figure(median(rounds.map(({ readMs }) => readMs)) / 1000),
    megabytes(median(rounds.map(({ peak }) => peak))),
  ];
  return {
    title: `Reading ${figure(ROWS)} rows of .xlsx`,
    ratios: [
      compare('whole process', '<= 0.55x', ({ wholeMs }) => wholeMs),
      compare('reading alone', '-', ({ readMs }) => readMs),
      compare('peak memory', '<= 0.65x', ({ peak }) => peak),
    ],
    figures: {
      head: ['reader', 'process s', 'reading s', 'peak MB'],
      rows: [line('ours', ours), line('exceljs, streaming', exceljs)],
    },
  };
}
