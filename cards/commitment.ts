/** How long one is bound to the units of a subscription, in words. */
import { count, date, dateTime, list, number } from './format.ts';

export type Commitment =
  | { readonly kind: 'monthly' }
  | {
      readonly kind: 'yearly';
      /** Units that were added lately, and until when they can be given back. */
      readonly reducible: readonly { readonly quantity: number; readonly until: string }[];
      readonly renewsAt?: string | undefined;
      readonly renewsToday: boolean;
    };

const MOST_LOTS = 3;

/** `Yearly: 3 units can be given back until 28 Nov 2026, 09:30 UTC.` */
export function commitmentLine(commitment: Commitment): string {
  if (commitment.kind === 'monthly') return 'Monthly: units can be given back at any time.';
  const { reducible, renewsAt, renewsToday } = commitment;
  if (renewsToday) return 'Yearly: it renews today, so any number of units can be given back.';
  const shown = reducible.slice(0, MOST_LOTS);
  const left = reducible.slice(MOST_LOTS).reduce((sum, { quantity }) => sum + quantity, 0);
  const lots = [
    ...shown.map(({ quantity, until }) => `${count(quantity, 'unit')} until ${dateTime(until)}`),
    ...(left > 0 ? [`${number(left)} more later than that`] : []),
  ];
  const renewal = renewsAt === undefined ? 'when it renews' : `when it renews on ${date(renewsAt)}`;
  return lots.length === 0
    ? `Yearly: units can be given back ${renewal}.`
    : `Yearly: what was added lately can be given back, ${list(lots)}; all else ${renewal}.`;
}

/** Of machines nothing can be given back: what can be reduced is said of units. */
export function termLine(commitment: Commitment, isMachines: boolean): string {
  if (!isMachines) return commitmentLine(commitment);
  return commitment.kind === 'monthly' ? 'Monthly' : 'Yearly';
}
