import cron from 'node-cron';
import type { Tick } from './tick.ts';

const MINUTE = 60_000;
/** Offsets of time zones are whole quarters, so the hours and days of a pattern hold for all of one. */
const QUARTER = 15 * MINUTE;
const YEAR = 366 * 24 * 60 * MINUTE;

/** When a tick was last due: at `now` or up to a year before it. */
export function lastDue({ cron: pattern, timezone }: Tick, now: Date): Date | undefined {
  const { second, hour, dayOfMonth, month, dayOfWeek } = cron.parse(pattern);
  const isDue = matcher(pattern, timezone);
  const mayBeDue = matcher(['*', '*', hour, dayOfMonth, month, dayOfWeek].join(' '), timezone);
  const seconds = second.toSorted((a, b) => b - a);
  const until = now.getTime();
  const start = Math.floor(until / QUARTER) * QUARTER;
  for (let quarter = start; quarter > until - YEAR; quarter -= QUARTER) {
    if (!mayBeDue(new Date(quarter))) continue;
    for (let minute = quarter + QUARTER - MINUTE; minute >= quarter; minute -= MINUTE) {
      const due = seconds.map((one) => new Date(minute + one * 1000)).find((at) => at <= now && isDue(at));
      if (due !== undefined) return due;
    }
  }
  return undefined;
}

function matcher(pattern: string, timezone: string): (at: Date) => boolean {
  const task = cron.createTask(pattern, () => undefined, { timezone });
  void task.destroy();
  return (at) => task.match(at);
}
