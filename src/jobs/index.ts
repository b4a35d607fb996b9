// The jobs room: background work that survives a crash. Delivery is at least once, so every handler keeps
// its own record of what it has done, in the transaction in which it does it.
export { lastDue, nextDue } from './due.ts';
export { type EnqueueOptions, type Jobs, type Queue, startJobs } from './start.ts';
export { everyTick, type Tick } from './tick.ts';
