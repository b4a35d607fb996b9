// What the lines of an order cost now.
import { money } from '../../../cards/format.ts';
import type { Json } from '../../chat/place.ts';
import type { View } from '../organizations/view.ts';
import type { Line } from './drafts.ts';
import type { Priced } from './rules.ts';
import { type LineRecord, loadLines, loadPrices, savePrice } from './store.ts';
import type { Price, Wizards } from './wizard.ts';

export type PricedLine = LineRecord & Priced & { readonly currency: string | undefined };

/** The lines of orders of one customer. Where there is no wizard for a configuration, it has the price it was put in at. */
export async function loadPriced(
  view: View,
  orderIds: readonly number[],
  wizards: Wizards,
): Promise<PricedLine[]> {
  const lines = await loadLines(view.db, orderIds);
  const products = lines.flatMap(({ productId }) => productId ?? []);
  const prices = await loadPrices(view.db, view.customer.id, products);
  const priced: PricedLine[] = [];
  for (const line of lines) {
    const price = await priceOf(view, line, wizards, prices.get(line.productId ?? -1));
    const now = price && { purchaseMinor: price.purchaseMinor, priceMinor: price.priceMinor };
    priced.push({ ...line, price: now, currency: price?.currency });
  }
  return priced;
}

type Found = Omit<Price, 'purchaseMinor'> & { readonly purchaseMinor: number | null };
type Listed = Price & { readonly forSale: boolean };

async function priceOf(
  view: View,
  line: LineRecord,
  wizards: Wizards,
  listed: Listed | undefined,
): Promise<Found | undefined> {
  if (line.subscriptionId !== null) return subscribedPrice(line, listed);
  if (line.kind !== 'new subscription' || listed === undefined || !listed.forSale) return undefined;
  if (line.configuration === null) return listed;
  const wizard = wizards[line.offeringKind ?? ''];
  if (wizard !== undefined) return wizard.price(view.db, view.customer.id, asLine(line));
  const { priceMinor, purchaseMinor } = line;
  return priceMinor === null ? undefined : { priceMinor, purchaseMinor, currency: listed.currency };
}

/** More units of a subscription cost what those cost that are there already. */
function subscribedPrice(line: LineRecord, listed: Listed | undefined): Found | undefined {
  const { heldPriceMinor, heldCurrency, heldPurchaseMinor } = line;
  if (heldPriceMinor === null || heldCurrency === null) return undefined;
  const purchase = heldPurchaseMinor ?? listed?.purchaseMinor ?? null;
  return { priceMinor: heldPriceMinor, purchaseMinor: purchase, currency: heldCurrency };
}

export const asLine = (line: LineRecord): Line => ({
  kind: line.kind,
  productId: line.productId,
  quantity: line.quantity,
  ...(line.subscriptionId !== null && { subscriptionId: line.subscriptionId }),
  ...(line.markupBp !== null && { markupBp: line.markupBp }),
  ...(line.configuration !== null && { configuration: line.configuration as Json }),
});

/** Of each line that costs something else than when somebody saw it last. */
export const priceChanges = (lines: readonly PricedLine[]): string[] =>
  lines.flatMap(({ product, price, priceMinor: before, currency = 'EUR' }) => {
    if (price === undefined || before === null || price.priceMinor === before) return [];
    const [is, was] = [price.priceMinor, before].map((minor) => money({ minor, currency }));
    return [`${product} costs ${is} now; it was ${was}.`];
  });

/** Keeps with the lines what they cost when somebody saw them. */
export async function keepPrices(view: View, lines: readonly PricedLine[]): Promise<void> {
  for (const { id, price, priceMinor, purchaseMinor } of lines) {
    if (price === undefined) continue;
    if (price.priceMinor !== priceMinor || price.purchaseMinor !== purchaseMinor) {
      await savePrice(view.db, id, price);
    }
  }
}
