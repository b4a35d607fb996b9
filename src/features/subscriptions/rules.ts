/** What may be done with a subscription, and until when. */

/** Units that were added together: each lot has a reduction window of its own. */
export type SeatLot = { readonly quantity: number; readonly addedAt: Date };
export type Commitment = 'monthly' | 'yearly';

const DAY = 86_400_000;
/** So long after they were added, units of a yearly commitment can be given back. */
export const REDUCTION_DAYS = 7;

export const windowEnds = ({ addedAt }: SeatLot): Date => new Date(addedAt.getTime() + REDUCTION_DAYS * DAY);

/** The day from which the commitment runs anew: of those in the years after `renewsAt` too, the one that is next. */
export function nextRenewal(renewsAt: Date, now: Date): Date {
  const next = new Date(renewsAt);
  while (dayOf(next) < dayOf(now)) next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next;
}

const isRenewal = (now: Date, renewsAt: Date | null): boolean =>
  renewsAt !== null && dayOf(nextRenewal(renewsAt, now)) === dayOf(now);

/** `2026-11-21` */
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/**
 * How many units can be given back now. Of a monthly commitment any number; of a yearly one those that were added
 * within seven days, and on the day it renews all of them.
 */
export function reducible(
  lots: readonly SeatLot[],
  now: Date,
  commitment: Commitment,
  renewsAt: Date | null,
): number {
  if (commitment === 'monthly' || isRenewal(now, renewsAt)) return Number.POSITIVE_INFINITY;
  return openLots(lots, now).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The lots whose window is still open, the one that closes first before the others. */
export function openLots(lots: readonly SeatLot[], now: Date): SeatLot[] {
  return lots
    .filter((lot) => lot.quantity > 0 && now < windowEnds(lot))
    .sort((a, b) => a.addedAt.getTime() - b.addedAt.getTime());
}
