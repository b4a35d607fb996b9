/** What a reader tells of itself, on its standard output. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type Reading = {
  readonly readMs: number;
  readonly rows: number;
  readonly hash: string;
  readonly peak: number;
};

/** Times the reader, without the time it took to load it; every row is in memory at the end, as a job needs it. */
export async function tellReading(read: () => Promise<readonly (readonly string[])[]>): Promise<void> {
  const began = performance.now();
  const rows = await read();
  const readMs = performance.now() - began;
  const peak = peakMemory();
  const hash = createHash('sha256');
  for (const cells of rows) hash.update(`${cells.join('\t')}\n`);
  const reading: Reading = { readMs, rows: rows.length, hash: hash.digest('hex'), peak };
  process.stdout.write(JSON.stringify(reading));
}

/** In bytes. What the system tells of a child otherwise is no less than its parent had when it started it. */
export function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
