import cron from 'node-cron';
import type { Tick } from './tick.ts';

const MINUTE = 60_000;
/** Offsets of time zones are whole quarters, so the hours and days of a pattern hold for all of one. */
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const YEAR = 366 * DAY;

/** When a tick was last due: at `now` or up to a year before it. */
export function lastDue(tick: Tick, now: Date): Date | undefined {
  const dueIn = matcher(tick);
  const until = now.getTime();
  for (let quarter = floor(until); quarter > until - YEAR; quarter -= QUARTER) {
    const due = dueIn(quarter).findLast(({ at, isDue }) => at <= now && isDue(at));
    if (due !== undefined) return due.at;
  }
  return undefined;
}

/** When a tick is due for the first time after `now`, and no later than `until`. */
export function nextDue(tick: Tick, now: Date, until: Date): Date | undefined {
  const dueIn = matcher(tick);
  for (let quarter = floor(now.getTime()); quarter <= until.getTime(); quarter += QUARTER) {
    const due = dueIn(quarter).find(({ at, isDue }) => at > now && isDue(at));
    if (due !== undefined) return due.at <= until ? due.at : undefined;
  }
  return undefined;
}

const floor = (time: number): number => Math.floor(time / QUARTER) * QUARTER;

/** A time at which a tick may be due; to find out costs more than to come by. */
type Time = { readonly at: Date; readonly isDue: (at: Date) => boolean };

/**
 * The times of a quarter of an hour at which a tick may be due, the earliest first. A time that the clocks skip is due in
 * the moment in which they do.
 */
function matcher({ cron: pattern, timezone }: Tick): (quarter: number) => Time[] {
  const { second, hour, dayOfMonth, month, dayOfWeek } = cron.parse(pattern);
  const isDue = matches(pattern, timezone);
  const isShown = matches(pattern, 'UTC');
  const mayBeDue = matches(['*', '*', hour, dayOfMonth, month, dayOfWeek].join(' '), timezone);
  const skippedAt = skips(timezone);
  const seconds = second.toSorted((a, b) => a - b);
  const timesOf = (minutes: readonly number[]) =>
    minutes.flatMap((start) => seconds.map((one) => new Date(start + one * 1000)));
  return (quarter) => {
    const jumps = timesOf(skippedAt(quarter)).some(isShown);
    const jump = jumps ? [{ at: new Date(quarter), isDue: () => true }] : [];
    if (!mayBeDue(new Date(quarter))) return jump;
    return [...jump, ...timesOf(minutesFrom(quarter, quarter + QUARTER)).map((at) => ({ at, isDue }))];
  };
}

function matches(pattern: string, timezone: string): (at: Date) => boolean {
  const task = cron.createTask(pattern, () => undefined, { timezone });
  void task.destroy();
  return (at) => task.match(at);
}

function minutesFrom(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, (end - start) / MINUTE) }, (_, index) => start + index * MINUTE);
}

/** The minutes that the clocks of a time zone skip right before a moment, as they would have shown them. */
function skips(timeZone: string): (quarter: number) => number[] {
  const shown = clock(timeZone);
  const offset = (time: number) => shown(time) - time;
  const days = new Map<number, boolean>();
  const mayJumpOn = (day: number): boolean => {
    const known = days.get(day) ?? offset((day + 1) * DAY) > offset(day * DAY - MINUTE);
    days.set(day, known);
    return known;
  };
  return (quarter) =>
    mayJumpOn(Math.floor(quarter / DAY)) ? minutesFrom(shown(quarter - MINUTE) + MINUTE, shown(quarter)) : [];
}

/** What the clocks of a time zone show at a moment, as the moment at which those of UTC show it. */
function clock(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  };
}
