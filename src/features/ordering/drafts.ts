// Orders that are begun: the row in the database is all there is of them, so that one stops here and goes on elsewhere.
import { type Asked, record } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import type { Db } from '../../db/index.ts';
import { beginOrder, type NewLine, replaceLines } from '../orders/making/make.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { type View, viewerHere, viewOf } from '../organizations/view.ts';
import { type DraftOrder, findEmpty, type LockedOrder, lockOrder, updateDraft } from './store.ts';

export { completeAtOnce } from '../orders/making/make.ts';
export type { DraftOrder } from './store.ts';

/** One requested change. */
export type Line = Omit<NewLine, 'purchaseMinor' | 'priceMinor'>;

type Start = { readonly description: string; readonly draft: Json | null };

export async function startDraft(
  view: View,
  start: Start & { readonly offeringId: number | null },
): Promise<DraftOrder> {
  return begun(view, start, await beginOrder(view, start));
}

/** The same, but an order that this person has begun and left empty is taken before there is one more. */
export async function startOrTakeEmpty(
  view: View,
  start: Start & { readonly offeringId: number },
): Promise<DraftOrder> {
  const { offeringId, description } = start;
  const by = { organizationId: view.customer.id, offeringId, by: view.member };
  const empty = await findEmpty(view.db, by);
  if (empty === undefined) return startDraft(view, start);
  await updateDraft(view.db, empty.id, { ...start, purpose: null, endCustomer: null });
  if (empty.offeringId !== offeringId)
    await record(view, {
      organizationId: view.customer.id,
      orderId: empty.id,
      kind: 'order',
      summary: `Began order ${empty.number} anew: ${description}`,
    });
  return begun(view, start, empty);
}

const begun = (
  view: View,
  { offeringId, description, draft }: Start & { readonly offeringId: number | null },
  { id, number }: { readonly id: number; readonly number: number },
): DraftOrder => ({
  offeringId,
  description,
  draft,
  id,
  number,
  organizationId: view.customer.id,
  status: 'Started',
  purpose: null,
  endCustomer: null,
});

/** An order by its number (a text) or its id, as it is now, locked; and whether it may still be changed. */
export type FoundDraft =
  | { readonly kind: 'changeable'; readonly view: View; readonly order: DraftOrder }
  | { readonly kind: 'waits for approval'; readonly view: View; readonly order: LockedOrder }
  | { readonly kind: 'placed'; readonly view: View; readonly order: LockedOrder };

export async function findDraft(asked: Asked, which: string | number): Promise<FoundDraft | undefined> {
  const number = typeof which === 'number' ? undefined : parseOrderNumber(asked.settings.orderPrefix, which);
  if (typeof which !== 'number' && number === undefined) return undefined;
  const by = typeof which === 'number' ? { id: which } : { number: number ?? 0 };
  const order = await lockOrder(asked.db, viewerHere(asked), by);
  if (order === undefined) return undefined;
  const view = viewOf(asked, { id: order.organizationId, name: order.customer });
  if (order.waits) return { kind: 'waits for approval', view, order };
  const { status } = order;
  if (status !== 'Started' && status !== 'Draft') return { kind: 'placed', view, order };
  return { kind: 'changeable', view, order: { ...order, status } };
}

/** The order of this number (a text) or id, locked: only one that may still be changed, and by this person. */
export async function loadDraft(
  asked: Asked,
  order: string | number,
): Promise<{ view: View; order: DraftOrder } | undefined> {
  const found = await findDraft(asked, order);
  return found?.kind === 'changeable' ? { view: found.view, order: found.order } : undefined;
}

export type DraftChange = {
  readonly draft?: Json | null;
  readonly description?: string;
  readonly purpose?: 'resale' | 'own use' | null;
  readonly endCustomer?: Json | null;
};

export const saveDraft = (db: Db, orderId: number, change: DraftChange): Promise<void> =>
  updateDraft(db, orderId, change);

/** Puts these lines in the place of those that the order has. */
export const putLines = (db: Db, orderId: number, lines: readonly Line[]): Promise<void> =>
  replaceLines(db, orderId, lines);
