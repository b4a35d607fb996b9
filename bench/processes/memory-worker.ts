import { workerData } from 'node:worker_threads';
import { type Samples, sample } from './samples.ts';

const EVERY_MS = 10;
const samples: Samples = workerData;

setInterval(() => sample(samples, Math.round(process.memoryUsage.rss() / 1024)), EVERY_MS);
