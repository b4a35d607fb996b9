// Changing a subscription: each change is an order with that one line.
import { type Asked, newOnce, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { parseServiceRef } from '../../orders/rules.ts';
import { chooseIfNone, inCustomerView, type View, viewerHere, viewOf } from '../../organizations/view.ts';
import { confirm } from '../checkout.ts';
import { changeProblem, problemsOf } from '../checks.ts';
import { type DraftOrder, findDraft, putLines, startDraft } from '../drafts.ts';
import { loadPriced } from '../prices.ts';
import { changeForm, noSuchSubscription, refusedChange } from '../replies.ts';
import { type ChangeKind, notQuantity, type Problem, parseQuantity } from '../rules.ts';
import { updateDraft } from '../store.ts';
import { mayChange, refOf, refusalOf } from './rules.ts';
import {
  findBegun,
  loadSubscription,
  loadSubscriptions,
  lockSubscriptions,
  type Subscription,
} from './store.ts';

type Values = { readonly service: string; readonly quantity: string };
type Errors = { readonly service?: string | undefined; readonly quantity?: string | undefined };

const isCounted = (kind: ChangeKind): boolean => kind === 'increase' || kind === 'decrease';

/** `increase 10023/2 3`; without a quantity, or without a subscription, it opens the form. */
export function changeCommand(
  asked: Asked,
  kind: ChangeKind,
  [service = '', quantity = '']: readonly string[],
): Promise<Reply> {
  const values = { service, quantity };
  if (service === '') return inCustomerView(asked, (view) => showForm(view, kind, values));
  return withSubscription(asked, service, (view, subscription) => {
    const named = { ...values, service: refOf(subscription) };
    const refused = refusalOf(kind, subscription);
    if (refused !== undefined) return Promise.resolve(refusedChange(view.customer.name, refused));
    return isCounted(kind) && quantity === ''
      ? showForm(view, kind, named)
      : change(view, kind, subscription, named);
  });
}

/** The form that was sent: the confirmation, or the form again with what is wrong. */
export function submitChange(asked: Asked, kind: ChangeKind, values: Values): Promise<Reply> {
  if (values.service === '') {
    return inCustomerView(asked, (view) =>
      showForm(view, kind, values, { service: 'Choose a subscription.' }),
    );
  }
  return withSubscription(asked, values.service, (view, subscription) => {
    const refused = refusalOf(kind, subscription);
    if (refused !== undefined) return showForm(view, kind, values, { service: refused });
    return change(view, kind, subscription, values);
  });
}

async function withSubscription(
  asked: Asked,
  word: string,
  run: (view: View, subscription: Subscription) => Promise<Reply>,
): Promise<Reply> {
  const ref = parseServiceRef(asked.settings.orderPrefix, word);
  const found = ref && (await loadSubscription(asked.db, viewerHere(asked), ref));
  if (found === undefined) return noSuchSubscription(word);
  const view = viewOf(asked, { id: found.organizationId, name: found.customer });
  await chooseIfNone(view);
  return { about: view.customer.id, ...(await run(view, found)) };
}

async function showForm(view: View, kind: ChangeKind, values: Values, errors?: Errors): Promise<Reply> {
  const all = await loadSubscriptions(view.db, view.viewer);
  const may = all.filter((one) => mayChange(kind, one));
  return changeForm({
    organization: view.customer.name,
    kind,
    subscriptions: may.map((one) => ({ service: refOf(one), product: one.product, quantity: one.quantity })),
    values: { ...values, service: may.some((one) => refOf(one) === values.service) ? values.service : '' },
    errors,
    once: newOnce(),
  });
}

async function change(
  view: View,
  kind: ChangeKind,
  { id, quantity: held }: Subscription,
  values: Values,
): Promise<Reply> {
  const quantity = isCounted(kind) ? parseQuantity(values.quantity) : held;
  if (quantity === undefined) return showForm(view, kind, values, { quantity: notQuantity(values.quantity) });
  const begun = await begunFor(view, id);
  const subscription = (await lockSubscriptions(view.db, view.viewer, [id])).get(id);
  if (subscription === undefined) return noSuchSubscription(values.service);
  const problem = await changeProblem(view, begun?.id ?? 0, subscription, { kind, quantity });
  if (problem !== undefined) return refused(view, kind, values, problem);
  const description = `${TITLES[kind]} ${subscription.product} (${refOf(subscription)})`;
  const { offeringId } = subscription;
  const order = begun ?? (await startDraft(view, { offeringId, description, draft: null }));
  await updateDraft(view.db, order.id, { description });
  await putLines(view.db, order.id, [
    { kind, productId: subscription.productId, quantity, subscriptionId: id },
  ]);
  await record(view, {
    organizationId: view.customer.id,
    orderId: order.id,
    kind: 'basket',
    summary: `Put into the basket of order ${order.number}: ${description}`,
    after: { kind, subscription: refOf(subscription), quantity },
  });
  const lines = await loadPriced(view, [order.id], {});
  return confirm(view, { ...order, description }, lines, await problemsOf(view, order.id, lines));
}

const TITLES = { increase: 'Increase', decrease: 'Decrease', suspend: 'Suspend', resume: 'Resume' } as const;

/** What was begun with this subscription and not placed is taken once more. */
async function begunFor(view: View, subscriptionId: number): Promise<DraftOrder | undefined> {
  const id = await findBegun(view.db, subscriptionId);
  const found = id === undefined ? undefined : await findDraft(view, id);
  return found?.kind === 'changeable' ? found.order : undefined;
}

/** The form comes back where another quantity may do; there is a button where something else does. */
function refused(
  view: View,
  kind: ChangeKind,
  values: Values,
  { sentence, button }: Problem,
): Promise<Reply> {
  if (button === undefined && isCounted(kind)) return showForm(view, kind, values, { quantity: sentence });
  return Promise.resolve(refusedChange(view.customer.name, sentence, button === undefined ? [] : [button]));
}
