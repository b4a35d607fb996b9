/** The memory of this process, watched from a thread of its own: also while the process does not let go of its loop. */
import { Worker } from 'node:worker_threads';

export function watchMemory() {
  const kilobytes = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./memory-worker.ts', import.meta.url), { workerData: kilobytes });
  worker.unref();
  const now = () => process.memoryUsage.rss();
  return {
    now,
    /** The most since the last call, in bytes. */
    peak(): number {
      const most = Atomics.exchange(kilobytes, 0, 0) * 1024;
      return Math.max(most, now());
    },
  };
}
