// `resume`: a subscription that is suspended, or an order that was saved for later.
import type { Asked } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { parseServiceRef } from '../../orders/rules.ts';
import { inCustomerView, type View } from '../../organizations/view.ts';
import { setStatus, showOrder } from '../basket.ts';
import type { DraftOrder } from '../drafts.ts';
import { findDraft } from '../drafts.ts';
import { withDraft } from '../find.ts';
import { loadPriced, type PricedLine } from '../prices.ts';
import { notADraft } from '../replies.ts';
import { loadDrafts, loadRefusal, saveLineSubscription, updateDraft } from '../store.ts';
import type { Wizards } from '../wizard.ts';
import { changeCommand } from './change.ts';
import { noSubscription, refusedBefore, whatToResume, whichSubscription } from './replies.ts';
import { mayChange, refOf } from './rules.ts';
import { loadSubscriptions, type Subscription } from './store.ts';

/** `resume 10023/1` is a subscription, `resume 10027` an order: the slash tells them apart. */
export async function resumeCommand(
  asked: Asked,
  wizards: Wizards,
  words: readonly string[],
): Promise<Reply> {
  const [word = '', which] = words;
  if (word === '') return inCustomerView(asked, chooseWhat);
  if (word.includes('/')) return changeCommand(asked, 'resume', words);
  const found = await findDraft(asked, word);
  if (found?.kind === 'placed' && found.order.status === 'Deleted')
    await setStatus(found.view, found.order, 'Draft', `Brought back order ${found.order.number}`);
  return withDraft(asked, word, async (view, order) => {
    if (order.status === 'Started') return notADraft(view.customer.name, String(order.number));
    const lines = await loadPriced(view, [order.id], wizards);
    const named = await nameSubscriptions(view, order, lines, which);
    if ('reply' in named) return named.reply;
    for (const [at, { subscriptionId }] of named.lines.entries()) {
      const { id, subscriptionId: before } = lines[at] ?? {};
      if (id !== undefined && subscriptionId !== null && subscriptionId !== before)
        await saveLineSubscription(view.db, id, subscriptionId);
    }
    const refused = await loadRefusal(view.db, order.id);
    const offeringId = order.offeringId ?? lines.find((line) => line.offeringId !== null)?.offeringId ?? null;
    await updateDraft(view.db, order.id, { offeringId });
    await setStatus(view, order, 'Started', `Resumed order ${order.number}`);
    return showOrder(view, { ...order, offeringId, status: 'Started' }, wizards, {
      warnings: refused === undefined ? [] : [refusedBefore(refused)],
    });
  });
}

/** What there is to resume. */
async function chooseWhat(view: View): Promise<Reply> {
  const drafts = await loadDrafts(view.db, view.viewer);
  const all = await loadSubscriptions(view.db, view.viewer);
  const suspended = all.filter((one) => mayChange('resume', one));
  return whatToResume(view.customer.name, [
    ...drafts.map(({ number, description }) => ({
      title: `Draft ${number} · ${description}`,
      value: `resume ${number}`,
    })),
    ...suspended.map((one) => ({ title: `${refOf(one)} · ${one.product}`, value: `resume ${refOf(one)}` })),
  ]);
}

type Named = { readonly lines: readonly PricedLine[] } | { readonly reply: Reply };

/** Works out which subscription each change is about: the customer's only one of that product, or the one that is named. */
async function nameSubscriptions(
  view: View,
  order: DraftOrder,
  lines: readonly PricedLine[],
  which: string | undefined,
): Promise<Named> {
  const all = await loadSubscriptions(view.db, view.viewer);
  const named: PricedLine[] = [];
  for (const line of lines) {
    const found = needsSubscription(line) ? candidates(line, all, view, which) : undefined;
    const [only, ...others] = found ?? [];
    const [organization, number] = [view.customer.name, String(order.number)];
    const product = line.product ?? 'this product';
    if (found !== undefined && only === undefined)
      return { reply: noSubscription(organization, number, product) };
    if (others.length > 0) {
      const choices = (found ?? []).map((one) => ({ ref: refOf(one), quantity: one.quantity }));
      return { reply: whichSubscription(organization, number, product, choices) };
    }
    named.push(only === undefined ? line : { ...line, subscriptionId: only.id });
  }
  return { lines: named };
}

const needsSubscription = ({ kind, subscriptionId }: PricedLine): boolean =>
  subscriptionId === null && kind !== 'new subscription' && kind !== 'markup change';

function candidates(
  { kind, productId }: PricedLine,
  all: readonly Subscription[],
  view: View,
  which: string | undefined,
): Subscription[] {
  if (kind === 'new subscription' || kind === 'markup change') return [];
  const ref = which === undefined ? undefined : parseServiceRef(view.settings.orderPrefix, which);
  return all.filter(
    (one) =>
      one.productId === productId &&
      mayChange(kind, one) &&
      (ref === undefined || (one.number === ref.number && one.position === ref.position)),
  );
}
