// New orders, for the features that make them.
import { record } from '../../../bot/index.ts';
import type { Json } from '../../../chat/place.ts';
import type { View } from '../../organizations/view.ts';
import { insertOrder, type NewLine, replaceLines } from './store.ts';

export { type NewLine, replaceLines } from './store.ts';

type Started = {
  readonly description: string;
  readonly offeringId: number | null;
  readonly draft: Json | null;
};

/** An order that is begun and can still be changed. */
export async function beginOrder(view: View, started: Started): Promise<{ id: number; number: number }> {
  const order = await insertOrder(view.db, {
    ...madeBy(view),
    ...started,
    status: 'Started',
    placedAt: null,
    markupBp: null,
  });
  await recordOrder(view, order.id, `Started order ${order.number}: ${started.description}`);
  return order;
}

type Done = { readonly description: string; readonly lines: readonly NewLine[] };

/** An order that is done in our own books alone, such as a change of markup: completed as it is made. */
export async function completeAtOnce(
  view: View,
  { description, lines }: Done,
): Promise<{ id: number; number: number }> {
  const markupBp = lines.find((line) => line.markupBp !== undefined)?.markupBp ?? null;
  const order = await insertOrder(view.db, {
    ...madeBy(view),
    description,
    status: 'Completed',
    offeringId: null,
    draft: null,
    placedAt: view.now,
    markupBp,
  });
  await replaceLines(view.db, order.id, lines);
  await recordOrder(view, order.id, `Completed order ${order.number}: ${description}`);
  return order;
}

const madeBy = ({ customer, member, now }: View) => ({
  organizationId: customer.id,
  createdBy: member.name,
  createdByMember: member.id,
  createdByOrganizationId: member.organization.id,
  at: now,
});

const recordOrder = (view: View, orderId: number, summary: string): Promise<number> =>
  record(view, { organizationId: view.customer.id, orderId, kind: 'order', summary });
