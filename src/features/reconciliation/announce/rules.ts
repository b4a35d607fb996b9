import { nextDue, type Tick } from '../../../jobs/index.ts';
import { periodOf } from '../rules.ts';

const DAYS_AHEAD = 2;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Periods begin on whole quarters of an hour, whatever the time zone. */
const QUARTER = HOUR / 4;
/** The longest that clocks are put on or back by. */
const LONGEST_SHIFT = 3 * HOUR;

export type Ahead = { readonly period: string; readonly due: Date };

/** The first run of each period that is due within two days: those that are told of now, unless they were. */
export function runsAhead(tick: Tick, now: Date): Ahead[] {
  const ahead: Ahead[] = [];
  const until = new Date(now.getTime() + DAYS_AHEAD * 24 * HOUR + LONGEST_SHIFT);
  let due = nextDue(tick, now, until);
  while (due !== undefined && daysBefore(due, DAYS_AHEAD, tick.timezone) <= now) {
    const period = periodOf(due, tick.timezone);
    // So shortly before the run nobody could act on it any more.
    if (due.getTime() - now.getTime() >= MINUTE) ahead.push({ period, due });
    due = nextDue(tick, new Date(endOf(period, due, { timezone: tick.timezone, until }) - 1), until);
  }
  return ahead;
}

/** When the next period begins, at the latest `until`: a pattern may be due in every second of this one. */
function endOf(
  period: string,
  from: Date,
  { timezone, until }: { readonly timezone: string; readonly until: Date },
): number {
  let at = Math.ceil((from.getTime() + 1) / QUARTER) * QUARTER;
  while (at < until.getTime() && periodOf(new Date(at), timezone) === period) at += QUARTER;
  return at;
}

/** The same time of day some days before, whatever the clocks did in between. */
export function daysBefore(at: Date, days: number, timeZone: string): Date {
  const sameHours = new Date(at.getTime() - days * 24 * HOUR);
  return new Date(sameHours.getTime() + offsetAt(at, timeZone) - offsetAt(sameHours, timeZone));
}

/** By how much the clocks of a time zone are ahead of UTC. */
function offsetAt(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * 60_000);
}
