/** What may be ordered, what it comes to, and where in the steps an order is. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { quoted } from '../associations/rules.ts';
import { signOf } from '../orders/parts/rules.ts';

export const MOST_QUANTITY = 100_000;
export const LONGEST_TEXT = 200;

/** `5`, `1,000`, `+3` */
export function parseQuantity(text: string): number | undefined {
  const digits = /^\+?(\d{1,3}(?:,\d{3})+|\d{1,7})$/.exec(text.trim())?.[1]?.replaceAll(',', '');
  const quantity = Number(digits ?? 0);
  return quantity >= 1 && quantity <= MOST_QUANTITY ? quantity : undefined;
}

export const notQuantity = (text: string): string =>
  text.trim() === ''
    ? 'Enter how many, from 1 to 100,000.'
    : `${quoted(text)} is not a whole number from 1 to 100,000.`;

/** Is this meant to be a quantity, right or wrong? */
export const looksLikeQuantity = (word: string): boolean => /^[+-]?\d[\d.,]*$/.test(word);

/** The steps of ordering licences. What was entered at one of them is kept when one goes back. */
export const STEPS = ['category', 'group', 'product', 'add-ons'] as const;
export type Step = (typeof STEPS)[number];

const licences = z.object({
  at: z.enum([...STEPS, 'basket']).catch('category'),
  category: z.string().optional().catch(undefined),
  group: z.string().optional().catch(undefined),
  product: z.number().int().optional().catch(undefined),
  quantity: z.string().optional().catch(undefined),
  /** As typed and not yet put in, by product. */
  addOns: z.record(z.string(), z.string()).optional().catch(undefined),
});
export type LicencesDraft = z.infer<typeof licences>;
export const parseLicences = (stored: unknown): LicencesDraft =>
  licences.catch({ at: 'category' }).parse(stored);

type Offered = {
  readonly id: number;
  readonly category: string;
  readonly group: string;
  readonly addOnOf: number | null;
};

/** A draft held against what is offered now: a step with one answer is taken, one with no answer is asked again. */
export type AtStep = {
  readonly at: Step | 'basket';
  readonly categories: readonly string[];
  readonly groups: readonly string[];
  readonly category: string | undefined;
  readonly group: string | undefined;
  readonly product: number | undefined;
};

/** `has` are the products that an add-on can belong to: those ordered with it, and those the customer has. */
export function stepOf(draft: LicencesDraft, products: readonly Offered[], has: ReadonlySet<number>): AtStep {
  const categories = unique(products.map(({ category }) => category));
  const category = among(draft.category, categories);
  const groups = unique(products.filter((one) => one.category === category).map(({ group }) => group));
  const group = among(draft.group, groups);
  const offered = productsOf(products, { category, group }, has);
  const product = offered.find(({ id }) => id === draft.product)?.id;
  const answered = { categories, groups, category, group, product };
  if (draft.at === 'basket') return { at: 'basket', ...answered };
  const first = category === undefined ? 'category' : group === undefined ? 'group' : 'product';
  const open = product === undefined ? first : 'add-ons';
  let at = before(open, draft.at) ? open : draft.at;
  if (at === 'category' && categories.length === 1) at = 'group';
  if (at === 'group' && groups.length === 1) at = 'product';
  return { at, ...answered };
}

const before = (a: Step, b: Step): boolean => STEPS.indexOf(a) < STEPS.indexOf(b);
const unique = <T>(of: readonly T[]): T[] => [...new Set(of)];
/** The one that was chosen, or the only one that there is. */
const among = (chosen: string | undefined, of: readonly string[]): string | undefined =>
  of.find((one) => one === chosen) ?? (of.length === 1 ? of[0] : undefined);

/** What can be ordered in a group; an add-on only beside what it belongs to. */
export function productsOf<P extends Offered>(
  products: readonly P[],
  { category, group }: { readonly category: string | undefined; readonly group: string | undefined },
  has: ReadonlySet<number>,
): P[] {
  return products.filter(
    (one) =>
      one.category === category && one.group === group && (one.addOnOf === null || has.has(one.addOnOf)),
  );
}

/** The step before, where there was something to choose. */
export function stepBefore({ at, categories, groups }: AtStep): Step | undefined {
  const asked = { category: categories.length > 1, group: groups.length > 1, product: true, 'add-ons': true };
  const earlier = at === 'basket' ? [...STEPS] : STEPS.slice(0, STEPS.indexOf(at));
  return earlier.findLast((step) => asked[step]);
}

export type ChangeKind = 'increase' | 'decrease' | 'suspend' | 'resume';

export type LineKind = ChangeKind | 'new subscription' | 'markup change';

/** A line with what it costs for one unit and month; nothing where it can't be ordered now. */
export type Priced = {
  readonly kind: LineKind;
  readonly quantity: number | null;
  /** Of a decrease: how many of its units are on the bill. */
  readonly billed?: number | null;
  readonly price: { readonly purchaseMinor: number | null; readonly priceMinor: number } | undefined;
};

/** What a line adds to what is paid each month; what is given back is below zero. */
export const amountOf = ({ kind, quantity, billed, price }: Priced): number =>
  signOf(kind) * (billed ?? quantity ?? 1) * (price?.priceMinor ?? 0);
export const purchaseOf = ({ kind, quantity, price }: Priced): number =>
  signOf(kind) * (quantity ?? 1) * (price?.purchaseMinor ?? 0);

export type Totals = { readonly priceMinor: number; readonly purchaseMinor: number };
export const totalsOf = (lines: readonly Priced[]): Totals => ({
  priceMinor: lines.reduce((sum, line) => sum + amountOf(line), 0),
  purchaseMinor: lines.reduce((sum, line) => sum + purchaseOf(line), 0),
});

/**
 * Stands for what a confirmation showed: another one, and it has to be looked at again. Purchase prices count for who sees
 * them.
 */
export function fingerprint(
  lines: readonly (Priced & { readonly productId: number | null; readonly subscriptionId: number | null })[],
  { seesMarkup }: { readonly seesMarkup: boolean },
): string {
  const shown = lines.map(({ kind, productId, subscriptionId, quantity, price }) => [
    kind,
    productId,
    subscriptionId,
    quantity,
    price?.priceMinor ?? null,
    seesMarkup ? (price?.purchaseMinor ?? null) : null,
  ]);
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22);
}

/** What several of the same product come to, in one line each. */
export function merged<L extends { readonly productId: number | null; readonly quantity: number | null }>(
  lines: readonly L[],
  added: L,
): L[] {
  const same = lines.find(({ productId }) => productId === added.productId);
  return same === undefined ? [...lines, added] : lines.map((line) => (line === same ? added : line));
}

type Buying = {
  readonly kind: LineKind;
  readonly productId: number | null;
  readonly addOnOf: number | null;
};

/** Add-ons that go with nothing: what they belong to is not ordered with them, nor among what the customer `has`. */
export function aloneOf<L extends Buying>(lines: readonly L[], has: ReadonlySet<number>): L[] {
  const bought = lines.filter(({ kind }) => kind === 'new subscription');
  const ordered = new Set(bought.map(({ productId }) => productId));
  return bought.filter(({ addOnOf }) => addOnOf !== null && !ordered.has(addOnOf) && !has.has(addOnOf));
}

/**
 * What stands in the way of an order, and the command that mends it. Without one it is the order that has to be changed:
 * `remedy` says how, as long as that is possible.
 */
export type Problem = {
  readonly sentence: string;
  readonly remedy?: string;
  readonly button?: { readonly title: string; readonly command: string };
};
