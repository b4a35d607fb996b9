import type { Db } from '../../db/index.ts';
import type { Line } from '../ordering/drafts.ts';
import type { Price } from '../ordering/wizard.ts';
import { estimate, parseConfiguration, type ResourcePrice, totalOf } from './rules.ts';
import { loadBasePrice, loadCurrency, loadOfferingOf, loadResourcePrices } from './store.ts';

/** What a month of a configuration costs a customer, and its reseller, at the prices of now. */
export async function price(
  db: Db,
  organizationId: number,
  { productId, configuration }: Line,
): Promise<Price> {
  const bought = parseConfiguration(configuration);
  const offeringId = productId === null ? undefined : await loadOfferingOf(db, productId);
  const prices: ResourcePrice[] =
    offeringId === undefined ? [] : await loadResourcePrices(db, organizationId, offeringId);
  const base = productId === null ? undefined : await loadBasePrice(db, organizationId, productId);
  const sum =
    bought === undefined
      ? { purchaseMinor: 0, priceMinor: 0 }
      : estimate(totalOf(bought.machines, bought), prices);
  return {
    purchaseMinor: sum.purchaseMinor + (base?.purchaseMinor ?? 0),
    priceMinor: sum.priceMinor + (base?.priceMinor ?? 0),
    currency: base?.currency ?? (await loadCurrency(db, organizationId)),
  };
}
