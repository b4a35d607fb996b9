// When a channel is to be left alone: hours of the night, weekends, by the clock on the wall of a time zone.

export type Hours = {
  /** Minutes of the day; where `from` is later than `to` it goes on past midnight. */
  readonly daily: { readonly from: number; readonly to: number } | undefined;
  /** The whole of Saturday and Sunday. */
  readonly weekends: boolean;
  readonly timeZone: string;
};

export type Parsed =
  | { readonly kind: 'hours'; readonly hours: Hours }
  | {
      readonly kind: 'wrong';
      /** `same`: they end when they begin; `always`: they never end. */
      readonly what: 'same' | 'always' | 'time' | 'zone' | 'nothing';
      /** What was not understood. */
      readonly word: string;
      /** What may have been meant, as it would be typed. */
      readonly instead?: readonly string[];
    };

const DAY = 24 * 60;
const TIME = String.raw`(\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]m\b)?)`;
const SPAN = new RegExp(String.raw`${TIME}\s*(?:-|–|—|\bto\b|\buntil\b)\s*${TIME}(?![\d:.])`, 'i');
const WEEKENDS = /^(weekends?|sat-sun)$/i;
const FILLING = /^(and|from|at|on|in|\+)$/i;

/** `20:00-07:00`, `weekends`, `20:00-07:00 weekends Europe/Berlin`, or as they are shown */
export function parseHours(text: string, zone: string): Parsed {
  const span = SPAN.exec(text);
  const rest = text.replace(SPAN, ' ').split(/[\s,]+/);
  const words = rest.filter((word) => word !== '' && !FILLING.test(word));
  const weekends = words.some((word) => WEEKENDS.test(word));
  const named = words.filter((word) => !WEEKENDS.test(word));
  if (span === null && !weekends) return { kind: 'wrong', what: 'nothing', word: text };
  const daily = span === null ? undefined : dailyOf(span);
  if (daily !== undefined && 'kind' in daily) return daily;
  const timeZone = zoneNamed(named.join('_') || zone);
  if (timeZone !== undefined) return { kind: 'hours', hours: { daily, weekends, timeZone } };
  const instead = zonesLike(named).map((one) => typed({ daily, weekends, timeZone: one }));
  if (instead.length === 0 && named.length > 1) return { kind: 'wrong', what: 'nothing', word: text };
  return { kind: 'wrong', what: 'zone', word: named.join(' ') || zone, instead };
}

function dailyOf([whole, begin = '', end = '']: RegExpExecArray):
  | { readonly from: number; readonly to: number }
  | Extract<Parsed, { kind: 'wrong' }> {
  const [from, to] = [minuteOf(begin), minuteOf(end)];
  const halves = [begin, end].filter((word) => /m$/i.test(word));
  if (from === undefined || to === undefined || halves.length === 1)
    return { kind: 'wrong', what: 'time', word: whole };
  if (from === to) return { kind: 'wrong', what: 'same', word: clockOf(from) };
  if (from % DAY === to % DAY) return { kind: 'wrong', what: 'always', word: whole };
  return { from: from % DAY, to: to % DAY };
}

/** `7`, `07:30`, `8pm`; `24:00` is midnight. */
function minuteOf(word: string): number | undefined {
  const [, hours, minutes = '0', half] = /^(\d+)(?:[:.](\d+))?\s*([ap]m)?$/i.exec(word) ?? [];
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const later = half?.toLowerCase() === 'pm' ? 12 : 0;
  const of = (half === undefined ? hour : (hour % 12) + later) * 60 + minute;
  return minute > 59 || of > DAY ? undefined : of;
}

/** As hours are typed. */
const typed = ({ daily, weekends, timeZone }: Hours): string =>
  [daily && `${clockOf(daily.from)}-${clockOf(daily.to)}`, weekends && 'weekends', timeZone]
    .filter(Boolean)
    .join(' ');

const AREAS = 'Europe America Asia Africa Australia Pacific Atlantic Indian'.split(' ');

/** The time zones of a city: `berlin` -> `Europe/Berlin` */
function zonesLike(words: readonly string[]): string[] {
  const city = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('_');
  return AREAS.map((area) => zoneNamed(`${area}/${city}`)).filter((zone) => zone !== undefined);
}

/** The name in its proper letters; of a place with two names the one that was typed. */
function zoneNamed(name: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

/** `1200` -> `20:00` */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** `from 20:00 to 07:00 and on weekends, Europe/Berlin` */
export function hoursInWords({ daily, weekends, timeZone }: Hours): string {
  const night = daily && `from ${clockOf(daily.from)} to ${clockOf(daily.to)}`;
  const parts = [...(night === undefined ? [] : [night]), ...(weekends ? ['on weekends'] : [])];
  return `${parts.join(' and ')}, ${timeZone}`;
}

/** `Mon 23 Nov 2026, 07:00`, by the clock on the wall there */
export const momentIn = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace(', ', ' ');

const MINUTE_MS = 60_000;
/** Clocks are put forward and back at the quarters of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Every hour of a week is quiet at most: a day with a skipped hour may have no other. */
const LONGEST_MS = 9 * DAY * MINUTE_MS;

/**
 * The first whole minute that is not quiet; nothing, where `now` is not. What counts is the clock on the wall: an hour
 * that is skipped is not waited for, one that comes twice is quiet twice.
 */
export function quietUntil(now: Date, hours: Hours): Date | undefined {
  const wall = wallIn(hours.timeZone);
  const begin = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let at = begin; at < begin + LONGEST_MS; ) {
    const left = quietMinutes(wall(at), hours);
    if (left === 0) return at === begin ? undefined : new Date(at);
    const quarter = Math.floor(at / QUARTER_MS + 1) * QUARTER_MS;
    at = Math.min(at + left * MINUTE_MS, quarter);
  }
  return new Date(begin + LONGEST_MS);
}

type Wall = { readonly minute: number; readonly weekend: boolean };

/** For how many minutes by the wall it stays quiet at least. */
function quietMinutes({ minute, weekend }: Wall, { daily, weekends }: Hours): number {
  const untilMidnight = weekends && weekend ? DAY - minute : 0;
  if (daily === undefined) return untilMidnight;
  const { from, to } = daily;
  const isIn = from < to ? from <= minute && minute < to : minute >= from || minute < to;
  const untilEnd = isIn ? (to - minute + DAY) % DAY : 0;
  return Math.max(untilMidnight, untilEnd);
}

/** What the clock on the wall shows at a moment. */
function wallIn(timeZone: string): (at: number) => Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      minute: Number(parts.hour) * 60 + Number(parts.minute),
      weekend: parts.weekday === 'Sat' || parts.weekday === 'Sun',
    };
  };
}
