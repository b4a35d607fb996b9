import { createHash } from 'node:crypto';
import { type Asked, scopeOf } from '../../../bot/index.ts';
import { parseServiceRef } from '../../orders/rules.ts';
import { matching, maySetMarkup } from '../../organizations/rules.ts';
import { viewerHere } from '../../organizations/view.ts';
import { isAffordable } from '../prices/rules.ts';
import { parsePercent } from '../rules.ts';
import { noSuchMarkup, notYourMarkup, severalNames, tooLargePrice } from './replies.ts';
import { planMarkup } from './rules.ts';
import {
  countCustomers,
  loadDearest,
  loadMarkups,
  loadRunning,
  loadSubscription,
  type Marked,
} from './store.ts';
import type { Made, Whose, Wish } from './types.ts';

/** Finds whose markup is meant, by a name or the number of a service; or says what is wrong. */
export async function findWhose(asked: Asked, typed: string): Promise<Whose | { readonly error: string }> {
  const all = await loadMarkups(asked.db, scopeOf(asked.member.organization));
  const ref = parseServiceRef(asked.settings.orderPrefix, typed.trim());
  if (ref !== undefined) return findSubscription(asked, all, ref);
  const found = typed.trim() === '' ? [] : matching(typed.trim(), all);
  const [only, ...others] = found.length > 1 ? found.filter((one) => maySetMarkup(asked.member, one)) : found;
  if (only === undefined) return { error: noSuchMarkup(typed) };
  if (others.length > 0) return { error: severalNames(typed, [only, ...others]) };
  return maySetMarkup(asked.member, only) ? { of: only } : { error: notYourMarkup(only.name) };
}

async function findSubscription(
  asked: Asked,
  all: readonly Marked[],
  { number, position }: { number: number; position: number },
): Promise<Whose | { readonly error: string }> {
  const ref = `${number}/${position}`;
  const found = await loadSubscription(asked.db, viewerHere(asked), number, position);
  const of = all.find(({ id }) => id === found?.organizationId);
  if (found === undefined || of === undefined) return { error: noSuchMarkup(ref) };
  if (!maySetMarkup(asked.member, of)) return { error: notYourMarkup(of.name) };
  return { of, subscription: { ...found, ref } };
}

/** The same by the numbers that a button carries, which may be anybody's. */
export async function whoseById(asked: Asked, id: number, ref: string): Promise<Whose | undefined> {
  const all = await loadMarkups(asked.db, scopeOf(asked.member.organization));
  const of = all.find((one) => one.id === id);
  if (of === undefined || !maySetMarkup(asked.member, of)) return undefined;
  if (ref === '') return { of };
  const found = await findWhose(asked, ref);
  return 'error' in found || found.of.id !== id ? undefined : found;
}

export function readWish(typed: string, { subscription }: Whose): Wish | { readonly error: string } {
  if (subscription !== undefined && /^default$/i.test(typed.trim())) return { markupBp: null };
  const read = parsePercent(typed);
  return 'error' in read ? read : { markupBp: read.value };
}

/** What the wish would do as things are now. */
export async function makePlan(
  { db }: Asked,
  whose: Whose,
  wish: Wish,
): Promise<Made | { readonly error: string }> {
  const { of, subscription } = whose;
  const after = wish.markupBp ?? of.markupBp;
  const isCustomer = of.kind === 'customer';
  const running = isCustomer ? await loadRunning(db, of.id) : [];
  const plan = planMarkup(running, after, subscription?.id);
  const dearest = subscription === undefined ? await loadDearest(db, of) : 0;
  if (plan === 'too large' || !isAffordable(dearest, 1 + after / 10_000)) return { error: tooLargePrice() };
  const customers = isCustomer ? undefined : await countCustomers(db, of.id);
  const before = subscription?.markupBp ?? of.markupBp;
  const rests = [of.markupBp, subscription?.markupBp ?? null, customers ?? null, running];
  const basis = createHash('sha256').update(JSON.stringify(rests)).digest('base64url').slice(0, 22);
  return { whose, wish, plan, before, after, customers, basis };
}

/** It is so already. */
export const changesNothing = ({ whose: { of, subscription }, wish, plan }: Made): boolean =>
  plan.changed === 0 &&
  (subscription === undefined ? wish.markupBp === of.markupBp : wish.markupBp === subscription.markupBp);
