// Placing an order: everything is checked again at that moment, and what it costs is kept from then on.
import { money } from '../../../cards/format.ts';
import { type Asked, CHANGERS, record } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { askApproval } from '../approvals/ask.ts';
import { startExecution } from '../execution/start.ts';
import { orderTrack, progressReply } from '../execution/track.ts';
import type { View } from '../organizations/view.ts';
import { wizardOf } from './basket.ts';
import { approverOf, type Confirmed, confirm } from './checkout.ts';
import { problemsOf } from './checks.ts';
import { type DraftOrder, findDraft } from './drafts.ts';
import { keepPrices, loadPriced, type PricedLine, priceChanges } from './prices.ts';
import {
  askedForApproval,
  noLongerChangeable,
  noSuchDraft,
  stillDraft,
  waitsForApproval,
} from './replies.ts';
import { fingerprint, LONGEST_TEXT, totalsOf } from './rules.ts';
import { savePlaced, updateDraft } from './store.ts';
import type { Wizards } from './wizard.ts';

export type Placing = {
  readonly wizards?: Wizards;
  /** What the person who places it was shown. */
  readonly seen?: string;
  readonly confirmed?: Confirmed;
};

/**
 * Places an order, at the prices that were shown last. Where something stands in the way, or a price has changed, nothing
 * is placed: the order is shown once more. One that is placed already is only shown.
 */
export async function placeOrder(view: View, orderId: number, placing: Placing = {}): Promise<Reply> {
  const found = CHANGERS.includes(view.member.role) ? await findDraft(view, orderId) : undefined;
  if (found === undefined) return noSuchDraft('with that number');
  const { view: here } = found;
  const [organization, number] = [here.customer.name, String(found.order.number)];
  switch (found.kind) {
    case 'waits for approval':
      return waitsForApproval(organization, number);
    case 'placed':
      if (found.order.status === 'Deleted') return noLongerChangeable(organization, number, 'Deleted');
      return { ...(await progressReply(here, orderId)), track: orderTrack(orderId) };
    case 'changeable':
      if (found.order.status === 'Draft') return stillDraft(organization, number);
      return { about: here.customer.id, ...(await placeStarted(here, found.order, placing)) };
  }
}

async function placeStarted(view: View, order: DraftOrder, placing: Placing): Promise<Reply> {
  const { wizards = {}, seen, confirmed } = placing;
  const wizard = await wizardOf(view, order, wizards);
  const lines = await loadPriced(view, [order.id], wizards);
  if (wizard === undefined && lines.some(({ configuration }) => configuration !== null)) {
    // Only its wizard knows what a configuration costs now.
    return view.again(view, `checkout ${order.number}`);
  }
  const unfinished = await wizard?.mayPlace?.(view, order);
  if (unfinished !== undefined) return unfinished;
  const problems = await problemsOf(view, order.id, lines);
  const changed = changesSince(view, lines, seen);
  const errors = errorsOf(confirmed);
  if (problems.length > 0 || changed.length > 0 || errors !== undefined) {
    const again = { changed, ...(confirmed && { values: confirmed }), ...(errors && { errors }) };
    return confirm(view, order, lines, problems, again);
  }
  return carryOut(view, order, lines, confirmed);
}

/** What is not as it was shown, a sentence each. */
function changesSince({ viewer }: View, lines: readonly PricedLine[], seen: string | undefined): string[] {
  const prices = priceChanges(lines).map((sentence) => `${sentence} Nothing was placed.`);
  const purchases = viewer.seesMarkup ? lines.flatMap(purchaseSince) : [];
  const changed = [...prices, ...purchases];
  if (changed.length > 0 || seen === undefined || seen === fingerprint(lines, viewer)) return changed;
  return ['The order was changed since you looked at it. Nothing was placed.'];
}

function purchaseSince({ product, price, purchaseMinor: before, currency = 'EUR' }: PricedLine): string[] {
  const now = price?.purchaseMinor;
  if (now == null || before === null || now === before) return [];
  const [is, was] = [now, before].map((minor) => money({ minor, currency }));
  return [`The purchase price of ${product} is ${is} now; it was ${was}. Nothing was placed.`];
}

function errorsOf(confirmed: Confirmed | undefined) {
  if (confirmed === undefined) return undefined;
  const { description, payment } = confirmed;
  const errors = {
    ...(description === '' && { description: 'Enter a name for the subscription.' }),
    ...(description.length > LONGEST_TEXT && { description: tooLong(description) }),
    ...(payment.length > LONGEST_TEXT && { payment: tooLong(payment) }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

const tooLong = (text: string): string => `This has ${text.length} characters; ${LONGEST_TEXT} fit.`;

async function carryOut(
  view: View,
  order: DraftOrder,
  lines: readonly PricedLine[],
  confirmed: Confirmed | undefined,
): Promise<Reply> {
  const { db, now, customer } = view;
  const costMinor = totalsOf(lines).priceMinor;
  const currency = lines.find((line) => line.currency !== undefined)?.currency;
  if (confirmed !== undefined) {
    const { description, payment } = confirmed;
    await updateDraft(db, order.id, { description, payment: payment === '' ? null : payment });
  }
  const needsApproval = (await approverOf(view, lines)) !== undefined;
  await freeze(view, order, lines, { costMinor, currency, at: needsApproval ? null : now });
  const per = money({ minor: costMinor, currency: currency ?? 'EUR' });
  await record(view, {
    organizationId: customer.id,
    orderId: order.id,
    kind: 'order',
    summary: `Placed order ${order.number}: ${per} per month`,
    before: { status: order.status },
    after: { costMinor, ...(confirmed && { payment: confirmed.payment }) },
  });
  const track = orderTrack(order.id);
  if (needsApproval) {
    const asked = await askApproval(view, order.id);
    return { ...askedForApproval(customer.name, String(order.number), asked), track };
  }
  await startExecution(view, order.id);
  return { ...(await progressReply(view, order.id)), track };
}

async function freeze(
  view: View,
  order: DraftOrder,
  lines: readonly PricedLine[],
  cost: { readonly costMinor: number; readonly currency: string | undefined; readonly at: Date | null },
): Promise<void> {
  const offering = lines.find(({ offeringId }) => offeringId !== null)?.offeringId;
  if (order.offeringId === null && offering != null)
    await updateDraft(view.db, order.id, { offeringId: offering });
  await keepPrices(view, lines);
  await savePlaced(view.db, order.id, cost);
}

/** The same, of the order with this number. */
export async function placeNumbered(asked: Asked, number: string, placing: Placing): Promise<Reply> {
  const found = await findDraft(asked, number);
  return found === undefined ? noSuchDraft(number) : placeOrder(found.view, found.order.id, placing);
}
