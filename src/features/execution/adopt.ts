/** What a vendor was found to have, written down in our books as if an order had brought it. */
import type { Db } from '../../db/index.ts';
import {
  addBought,
  addLot,
  holdUnits,
  removeHeldUnits,
  setSubscriptionStatus,
  takeFromLots,
} from './books/store.ts';

export type Adopted = {
  readonly subscriptionId: number;
  readonly serviceId: number;
  readonly before: number;
  readonly units: number;
  /** When units that are new here were added there, as far as that is known. */
  readonly addedAt: Date;
};

/**
 * Sets how many units are bought; false where that would be fewer than are in use. Nobody ordered what is more: it is not
 * billed before it is counted as used.
 */
export async function adoptUnits(db: Db, adopted: Adopted): Promise<boolean> {
  const { subscriptionId, serviceId, before, units, addedAt } = adopted;
  if (units > before) {
    await addBought(db, subscriptionId, units - before);
    await addLot(db, subscriptionId, units - before, addedAt);
  }
  if (units < before) {
    const quantity = before - units;
    if (!(await holdUnits(db, serviceId, quantity))) return false;
    await removeHeldUnits(db, { subscriptionId, serviceId, quantity });
    await takeFromLots(db, subscriptionId, quantity);
  }
  return true;
}

export const adoptStatus = (db: Db, subscriptionId: number, status: 'active' | 'suspended'): Promise<void> =>
  setSubscriptionStatus(db, subscriptionId, status);
