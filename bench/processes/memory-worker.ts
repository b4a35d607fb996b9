import { workerData } from 'node:worker_threads';

const EVERY_MS = 10;
const peak: Int32Array = workerData;

setInterval(() => {
  const kilobytes = Math.round(process.memoryUsage.rss() / 1024);
  if (kilobytes > Atomics.load(peak, 0)) Atomics.store(peak, 0, kilobytes);
}, EVERY_MS);
