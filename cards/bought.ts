/** Units of a subscription that were bought, beside those that are billed. */
import type { Commitment } from './commitment.ts';
import { date, number } from './format.ts';
import { boughtAndBilled } from './units.ts';

export type Bought = {
  readonly product: string;
  readonly status: 'active' | 'suspended' | 'cancelled';
  readonly isMachines: boolean;
  /** Units that were bought and not given back. */
  readonly bought: number;
  /** Units that are billed. */
  readonly quantity: number;
  readonly commitment: Commitment;
};

/** What is billed is not what was bought: what is not active is not billed, and machines have no units. */
export const differs = ({ status, isMachines, bought, quantity }: Bought): boolean =>
  status === 'active' && !isMachines && bought !== quantity;

/** `5 × Office 365 E3`, or `Office 365 E3, 5 bought · 2 billed` where these are not the same. */
export function whatOf(data: Bought): string {
  const { product, quantity, bought } = data;
  if (data.isMachines) return product;
  return differs(data)
    ? `${product}, ${boughtAndBilled(bought, quantity)}`
    : `${number(quantity)} × ${product}`;
}

/** What it means that more was bought than is billed, or less. */
export function boughtLines(data: Bought): string[] {
  if (!differs(data)) return [];
  const { bought, quantity } = data;
  const billed = 'The monthly bill follows what is used when the month is reconciled.';
  return bought < quantity ? [billed] : [`${billed} ${atVendor(data)}`];
}

function atVendor({ bought, commitment }: Bought): string {
  const units = bought === 1 ? 'the unit' : `all ${number(bought)} units`;
  if (commitment.kind === 'monthly') return `At the vendor ${units} stay bought until some are given back.`;
  const { renewsAt, renewsToday, reducible } = commitment;
  if (renewsToday)
    return 'Its yearly commitment renews today: what is not given back is bound for another year.';
  const renewal = renewsAt === undefined ? 'it renews' : `it renews on ${date(renewsAt)}`;
  const before = reducible.length > 0 ? ', but for what is given back before' : '';
  return `Its commitment is yearly: what ${units} cost at the vendor goes on till ${renewal}${before}.`;
}
