/** Numbers, money and moments in words: pure functions of one locale and of UTC. */

/** An amount in minor units (cents) of an ISO 4217 currency. */
export type Money = { readonly minor: number; readonly currency: string };

const LOCALE = 'en-GB';
const whole = new Intl.NumberFormat(LOCALE);
const hundredths = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const day = new Intl.DateTimeFormat(LOCALE, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });
const month = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** Below zero with a real minus sign, which lines up under a plus. */
const minus = (text: string) => text.replace('-', '−');

/** `2000` -> `2,000` */
export function number(value: number): string {
  return minus(whole.format(value));
}

/** `3` -> `+3`, `-3` -> `−3`, `0` -> `0` */
export function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}

/** `(1, 'unit')` -> `1 unit`, `(2, 'unit')` -> `2 units` */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `{ minor: 123450, currency: 'EUR' }` -> `€1,234.50` */
export function money(amount: Money): string {
  return minus(inCurrency(amount, 'auto'));
}

/** `{ minor: 100, currency: 'EUR' }` -> `+€1.00` */
export function signedMoney(amount: Money): string {
  return minus(inCurrency(amount, 'exceptZero'));
}

/** Hundredths of a percent: `1250` -> `12.5 %` */
export function percent(basisPoints: number): string {
  return `${minus(hundredths.format(basisPoints / 100))} %`;
}

function inCurrency({ minor, currency }: Money, signDisplay: 'auto' | 'exceptZero'): string {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, signDisplay });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** `2026-11-21T14:05:00Z` -> `21 Nov 2026, 14:05 UTC` */
export function dateTime(iso: string): string {
  return `${date(iso)}, ${time(iso)}`;
}

/** `2026-11-21T14:05:00Z` -> `21 Nov 2026` */
export function date(iso: string): string {
  return day.format(new Date(iso)).replace('Sept', 'Sep');
}

/** `2026-11-21T14:05:00Z` -> `14:05 UTC` */
export function time(iso: string): string {
  return `${clock.format(new Date(iso))} UTC`;
}

/** `2026-11` -> `November 2026` */
export function period(yearMonth: string): string {
  return month.format(new Date(`${yearMonth}-01T00:00:00Z`));
}

/** `42` -> `42 seconds`, `200` -> `3 min 20 s`, `7500` -> `2 h 5 min` */
export function duration(seconds: number): string {
  const rounded = Math.round(seconds);
  if (seconds < 1) return 'less than a second';
  if (rounded < 60) return count(rounded, 'second');
  const [large, small, units] =
    rounded < 3600
      ? [Math.floor(rounded / 60), rounded % 60, ['min', 's']]
      : [Math.floor(rounded / 3600), Math.floor((rounded % 3600) / 60), ['h', 'min']];
  return small === 0 ? `${large} ${units[0]}` : `${large} ${units[0]} ${small} ${units[1]}`;
}

/** `['a', 'b', 'c']` -> `a, b and c` */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
