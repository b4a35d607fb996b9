// An order as cards show it.
import { count, money, number } from '../../../cards/format.ts';
import type { OrderLine, OrderTotals, Unused } from '../../../cards/ordering.ts';
import { begunIn } from '../orders/rules.ts';
import type { View } from '../organizations/view.ts';
import type { DraftOrder } from './drafts.ts';
import type { PricedLine } from './prices.ts';
import { amountOf, totalsOf } from './rules.ts';

const YEARLY = 'Yearly: can be reduced within seven days, then at renewal';

/** Who has begun it, where that was somebody else. */
export function begunBy({ member }: View, { status, begun }: DraftOrder): string | undefined {
  if (begun === undefined || (member.id !== null && begun.byMember === member.id)) return undefined;
  return begunIn({ status, ...begun }, member.id);
}

/** Lines that this person may know of. */
export const visibleTo = (view: View, lines: readonly PricedLine[]): PricedLine[] =>
  lines.filter(({ kind }) => kind !== 'markup change' || view.viewer.seesMarkup);

export function shownLine(line: PricedLine): OrderLine {
  const { product, quantity, price, currency = 'EUR' } = line;
  return {
    product: product ?? 'Product',
    details: detailsOf(line),
    quantity: quantity ?? 1,
    price: price && { minor: price.priceMinor, currency },
    amount: price && { minor: amountOf(line), currency },
  };
}

function detailsOf(line: PricedLine): string[] {
  const { kind, commitment, configuration, quantity, held, heldBilled, ofOrder, ofPosition } = line;
  const bound = commitment === 'yearly' ? [YEARLY] : [];
  if (kind === 'new subscription') return [...(summaryOf(configuration) ?? ['New subscription']), ...bound];
  const title = kind.charAt(0).toUpperCase() + kind.slice(1);
  if (ofOrder === null || held === null || heldBilled === null) return [title];
  const ref = `${ofOrder}/${ofPosition}`;
  const by = quantity ?? 0;
  const each = (units: number) =>
    money({ minor: units * (line.price?.priceMinor ?? 0), currency: line.currency ?? 'EUR' });
  const month = (before: number, after: number) => `${each(before)} per month before, ${each(after)} after`;
  // A bill follows what is used: where it counts other units than were bought, each number says which it is.
  const isOne = held === heldBilled;
  const bought = (before: number, after: number) =>
    `from ${number(before)} to ${isOne ? number(after) : `${number(after)} bought`}`;
  const billed = (before: number, after: number) =>
    isOne
      ? [month(before, after)]
      : [`Billed: ${number(before)}, then ${number(after)}`, month(before, after)];
  switch (kind) {
    case 'increase':
      return [
        `Increase of ${ref} ${bought(held, held + by)}`,
        ...billed(heldBilled, heldBilled + by),
        ...bound,
      ];
    case 'decrease':
      return [
        `Decrease of ${ref} ${bought(held, held - by)}`,
        ...billed(heldBilled, heldBilled - (line.billed ?? by)),
      ];
    case 'suspend':
      return [`Suspend ${ref}`, month(heldBilled, 0)];
    case 'resume':
      return [`Resume ${ref}`, month(0, heldBilled)];
    case 'markup change':
      return [title];
  }
}

/** What a configuration says of itself. */
function summaryOf(configuration: unknown): string[] | undefined {
  if (typeof configuration !== 'object' || configuration === null || !('summary' in configuration))
    return undefined;
  const { summary } = configuration;
  return Array.isArray(summary) ? summary.map(String) : undefined;
}

/** Of units that are bought and nobody has, before more are. */
export const unusedOf = (lines: readonly PricedLine[]): Unused[] =>
  lines.flatMap(({ kind, product, offeringKind, held, heldFree, ofOrder, ofPosition }) => {
    // Machines have no users to whom their units could be given.
    if (kind !== 'increase' || offeringKind === 'virtual machines') return [];
    if (held === null || heldFree === null || heldFree < 1) return [];
    const service = `${ofOrder}/${ofPosition}`;
    const is = heldFree === 1 ? 'is' : 'are';
    const sentence = `${number(heldFree)} of the ${count(held, 'unit')} of ${product} (${service}) that are bought ${is} free: nobody has them. You can give them out first, or order more all the same.`;
    return [{ service, sentence }];
  });

export const isChange = (lines: readonly PricedLine[]): boolean =>
  lines.some(({ kind }) => kind !== 'new subscription');

export function shownTotals(view: View, lines: readonly PricedLine[]): OrderTotals {
  const currency = lines.find((line) => line.currency !== undefined)?.currency ?? 'EUR';
  const { priceMinor, purchaseMinor } = totalsOf(lines);
  const knowsPurchase = lines.every(({ price }) => price === undefined || price.purchaseMinor !== null);
  return {
    price: { minor: priceMinor, currency },
    purchase:
      view.viewer.seesMarkup && knowsPurchase && lines.length > 0
        ? { minor: purchaseMinor, currency }
        : undefined,
    isChange: isChange(lines),
  };
}

/** What can be done with an order of the basket. */
export function kindOf(
  order: Pick<DraftOrder, 'offeringId'>,
  lines: readonly PricedLine[],
  isConfigured: boolean,
): 'licences' | 'configuration' | 'change' {
  if (isConfigured) return 'configuration';
  return isChange(lines) || order.offeringId === null ? 'change' : 'licences';
}
