/** The memory of this process, watched from a thread of its own: also while the process does not let go of its loop. */
import { Worker } from 'node:worker_threads';
import { most, openSamples } from './samples.ts';

export function watchMemory() {
  const kilobytes = openSamples();
  const worker = new Worker(new URL('./memory-worker.ts', import.meta.url), { workerData: kilobytes });
  worker.unref();
  return {
    now: () => process.memoryUsage.rss(),
    /** The most between two times, in bytes. */
    peak: (from: number, until: number) => most(kilobytes, from, until) * 1024,
  };
}
