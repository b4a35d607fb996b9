// Whether an order of machines may be placed, and whom it is for.
import { type Asked, newOnce, record } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { accountOf } from '../accounts/accounts.ts';
import { enabledFor } from '../catalog/offered.ts';
import { type DraftOrder, saveDraft } from '../ordering/drafts.ts';
import type { View } from '../organizations/view.ts';
import { problemsOf } from './buy.ts';
import { loadConfiguring } from './load.ts';
import { askPurpose, notComplete, notSynchronized } from './replies.ts';
import { loadParent } from './store.ts';

/** A customer buys for itself; only who has customers resells. */
export const mayResell = ({ member }: Pick<Asked, 'member'>): boolean =>
  member.organization.kind !== 'customer';

export function showPurpose(view: View, number: number): Reply {
  return askPurpose({ organization: view.customer.name, order: String(number), once: newOnce() });
}

export async function useForItself(view: View, orderId: number): Promise<void> {
  await saveDraft(view.db, orderId, { purpose: 'own use', endCustomer: null });
  await record(view, {
    organizationId: view.customer.id,
    orderId,
    kind: 'purpose',
    summary: `Machines for own use of ${view.customer.name}`,
  });
}

/** First whether it can be bought, then whom it is for, then whether the provider knows them. */
export async function mayPlace(view: View, order: DraftOrder): Promise<Reply | undefined> {
  const of = await loadConfiguring(view, order);
  const problems = [...of.gone, ...problemsOf(of)];
  if (problems.length > 0) {
    return notComplete(view.customer.name, String(order.number), [...new Set(problems)]);
  }
  if (order.purpose === null) {
    if (mayResell(view)) return showPurpose(view, order.number);
    await useForItself(view, order.id);
  }
  return unsynchronized(view, order);
}

/** Who orders on behalf of a customer needs the accounts to be there; for the others the order makes them. */
async function unsynchronized(view: View, order: DraftOrder): Promise<Reply | undefined> {
  const { member, db, customer } = view;
  if (member.organization.kind !== 'provider') return undefined;
  const offeringId = order.offeringId ?? 0;
  const parent = await loadParent(db, customer.id);
  const needed = parent?.kind === 'reseller' ? [parent, customer] : [customer];
  const missing: string[] = [];
  for (const one of needed) {
    const account = await accountOf(db, one.id, offeringId);
    if (account?.state !== 'synchronized') missing.push(one.name);
  }
  const all = await enabledFor(db, customer.id);
  const offering = all.find(({ id }) => id === offeringId)?.name ?? '';
  return missing.length === 0 ? undefined : notSynchronized(customer.name, offering, missing);
}
