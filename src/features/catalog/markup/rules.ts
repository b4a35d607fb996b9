/** What a markup does to the prices of subscriptions that run. */
import { MOST_MINOR, withMarkup } from '../rules.ts';

/** `"Contoso" 12.5 %` -> whose markup, and how much. Without a percent only the first. */
export function splitPercent(words: readonly string[]): { readonly of: string; readonly percent: string } {
  const rest = words.at(-1) === '%' ? words.slice(0, -1) : [...words];
  const last = rest.at(-1) ?? '';
  const isPercent = rest.length > 1 && (/^-?\d[\d.,]*%?$/.test(last) || /^default$/i.test(last));
  return isPercent ? { of: rest.slice(0, -1).join(' '), percent: last } : { of: rest.join(' '), percent: '' };
}

/** A subscription that runs. */
export type Running = {
  readonly id: number;
  readonly quantity: number;
  readonly currency: string;
  readonly priceMinor: number;
  /** Nothing where nobody knows what it is bought for. */
  readonly purchaseMinor: number | null;
  /** A markup of its own. */
  readonly markupBp: number | null;
};

type Total = { readonly currency: string; readonly before: number; readonly after: number };
export type MarkupPlan = {
  readonly prices: readonly { readonly id: number; readonly price: number; readonly purchase: number }[];
  /** How many of them cost something else from then on. */
  readonly changed: number;
  /** Keep their price: they have a markup of their own, or nobody knows what they are bought for. */
  readonly own: number;
  readonly unknown: number;
  /** Of all that run, a month. */
  readonly totals: readonly Total[];
};

/** What a markup makes of the subscriptions of a customer, or of a single one, which has it for its own. */
export function planMarkup(
  running: readonly Running[],
  markupBp: number,
  only?: number,
): MarkupPlan | 'too large' {
  const prices: { id: number; price: number; purchase: number }[] = [];
  const totals = new Map<string, { before: number; after: number }>();
  let [changed, own, unknown] = [0, 0, 0];
  for (const one of running) {
    if (only !== undefined && one.id !== only) continue;
    const keeps = only === undefined && one.markupBp !== null;
    const purchase = one.purchaseMinor;
    const price = keeps || purchase === null ? one.priceMinor : withMarkup(purchase, markupBp);
    if (price > MOST_MINOR) return 'too large';
    if (keeps) own += 1;
    else if (purchase === null) unknown += 1;
    else prices.push({ id: one.id, price, purchase });
    if (price !== one.priceMinor) changed += 1;
    const total = totals.get(one.currency) ?? { before: 0, after: 0 };
    total.before += one.priceMinor * one.quantity;
    total.after += price * one.quantity;
    totals.set(one.currency, total);
  }
  return {
    prices,
    changed,
    own,
    unknown,
    totals: [...totals].map(([currency, total]) => ({ currency, ...total })),
  };
}
