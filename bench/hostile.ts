/** Files made to hurt: what the worst of them costs beside an honest sheet, each read in a process of its own. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hostileFiles } from './processes/hostile-files.ts';
import type { Outcome } from './processes/hostile-ours.ts';
import { temporaryFolder } from './support/homes.ts';
import { figure, median, megabytes, ratio } from './support/numbers.ts';
import { sheetOf } from './support/rows.ts';
import type { Findings } from './support/table.ts';

const ROWS = 100_000;
const SCRIPT = join(import.meta.dirname, 'processes/hostile-ours.ts');

type Read = { readonly name: string; readonly ms: number; readonly peak: number; readonly told: string };

export async function benchHostile(quick: boolean): Promise<Findings> {
  const folder = await temporaryFolder();
  const rounds = quick ? 1 : 5;
  const file = join(folder.path, 'list.xlsx');
  const read = async (name: string, bytes: Uint8Array): Promise<Read> => {
    await writeFile(file, bytes);
    const outcomes: Outcome[] = [];
    for (let round = 0; round < rounds; round++) {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, file]);
      outcomes.push(JSON.parse(stdout) as Outcome);
    }
    const middle = (pick: (outcome: Outcome) => number) => median(outcomes.map(pick));
    return {
      name,
      ms: middle(({ ms }) => ms),
      peak: middle(({ peak }) => peak),
      told: outcomes[0]?.told ?? '',
    };
  };
  const honest = await read(`an honest sheet of ${figure(ROWS)} rows`, sheetOf(ROWS));
  const hostile: Read[] = [];
  for (const [name, make] of Object.entries(hostileFiles())) hostile.push(await read(name, make()));
  await folder.remove();
  return findings(honest, hostile);
}

function findings(honest: Read, hostile: readonly Read[]): Findings {
  const largest = hostile.reduce((worst, one) => (one.peak > worst.peak ? one : worst));
  const slowest = hostile.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
  const line = ({ name, ms, peak, told }: Read) => [name, figure(ms), megabytes(peak), shortened(told)];
  return {
    title: 'Reading files that are made to hurt',
    ratios: [
      [`peak memory, ${largest.name} / an honest sheet`, ratio(largest.peak, honest.peak), '<= 1.0x'],
      [`milliseconds, ${slowest.name}`, figure(slowest.ms), '< 1,000'],
      [`time, ${slowest.name} / an honest sheet`, ratio(slowest.ms, honest.ms)],
    ],
    figures: {
      head: ['file', 'ms', 'peak MB', 'answer'],
      rows: [honest, ...hostile].map(line),
    },
  };
}

/** The first sentence. */
function shortened(told: string): string {
  return told.split('. ')[0] ?? told;
}
