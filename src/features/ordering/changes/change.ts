// Changing a subscription: each change is an order with that one line.
import { type Asked, newOnce, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { parseServiceRef } from '../../orders/rules.ts';
import { chooseIfNone, inCustomerView, type View, viewerHere, viewOf } from '../../organizations/view.ts';
import { confirm } from '../checkout.ts';
import { changeProblem, problemsOf } from '../checks.ts';
import { type DraftOrder, findDraft, putLines, startDraft } from '../drafts.ts';
import { loadPriced } from '../prices.ts';
import { type ChangeKind, notQuantity, type Problem, parseQuantity } from '../rules.ts';
import { updateDraft } from '../store.ts';
import { alsoBegun, changeForm, noSuchSubscription, refusedChange, replacedChange } from './replies.ts';
import { inWords, mayChange, refOf, refusalOf } from './rules.ts';
import {
  type Begun,
  loadBegun,
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
      : answerOf(change(view, kind, subscription, named));
  });
}

/** An answer, and the order that was begun, where nothing stood in the way. */
export type BegunChange = { readonly reply: Reply; readonly order?: DraftOrder };

const answerOf = async (change: Promise<BegunChange>): Promise<Reply> => (await change).reply;

/** Begins the change for whoever asks for it in other words than those of a command. */
export async function beginChange(
  asked: Asked,
  kind: ChangeKind,
  { service, quantity = 0 }: { readonly service: string; readonly quantity?: number },
): Promise<BegunChange> {
  let order: DraftOrder | undefined;
  const reply = await withSubscription(asked, service, async (view, subscription) => {
    const begun = await change(view, kind, subscription, { service, quantity: String(quantity) });
    order = begun.order;
    return begun.reply;
  });
  return { reply, ...(order !== undefined && { order }) };
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
    return answerOf(change(view, kind, subscription, values));
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
): Promise<BegunChange> {
  const quantity = isCounted(kind) ? parseQuantity(values.quantity) : held;
  if (quantity === undefined)
    return { reply: await showForm(view, kind, values, { quantity: notQuantity(values.quantity) }) };
  const begun = await loadBegun(view.db, id);
  const own = await ownAmong(view, kind, begun);
  const subscription = (await lockSubscriptions(view.db, view.viewer, [id])).get(id);
  if (subscription === undefined) return { reply: noSuchSubscription(values.service) };
  const problem = await changeProblem(view, own?.order.id ?? 0, subscription, { kind, quantity });
  if (problem !== undefined) return { reply: await refused(view, kind, values, problem) };
  const description = `${TITLES[kind]} ${subscription.product} (${refOf(subscription)})`;
  const { offeringId } = subscription;
  const order = own?.order ?? (await startDraft(view, { offeringId, description, draft: null }));
  await updateDraft(view.db, order.id, { description });
  await putLines(view.db, order.id, [
    { kind, productId: subscription.productId, quantity, subscriptionId: id },
  ]);
  await record(view, {
    organizationId: view.customer.id,
    orderId: order.id,
    kind: 'basket',
    summary: `Put into the basket of order ${order.number}: ${description}`,
    ...(own && { before: { kind: own.begun.kind, quantity: own.begun.quantity } }),
    after: { kind, subscription: refOf(subscription), quantity },
  });
  const lines = await loadPriced(view, [order.id], {});
  const others = begun.filter((one) => one.id !== order.id);
  const replaces = own !== undefined && own.begun.quantity !== quantity;
  const reply = await confirm(
    view,
    { ...order, description },
    lines,
    await problemsOf(view, order.id, lines),
    {
      changed: [
        ...(replaces ? [replacedChange(inWords(own.begun), order.number)] : []),
        ...alsoBegun(
          others.map((one) => ({
            ...one,
            change: inWords(one),
            by: isOwn(view, one) ? undefined : one.by,
          })),
        ),
      ],
      buttons: others.map((one) => ({ title: `Order ${one.number}`, command: `basket ${one.number}` })),
    },
  );
  return { reply, order };
}

const TITLES = { increase: 'Increase', decrease: 'Decrease', suspend: 'Suspend', resume: 'Resume' } as const;

type Own = { readonly order: DraftOrder; readonly begun: Begun };

/** Whoever is no member, such as the admin of the local console, is known by name alone. */
const isOwn = ({ member }: View, { by, byMember }: Begun): boolean =>
  byMember === member.id && (byMember !== null || by === member.name);

/** The same change that this person has begun is taken once more; what others began, or another change, stays. */
async function ownAmong(view: View, kind: ChangeKind, all: readonly Begun[]): Promise<Own | undefined> {
  const begun = all.find((one) => one.kind === kind && isOwn(view, one));
  const found = begun && (await findDraft(view, begun.id));
  return begun && found?.kind === 'changeable' ? { order: found.order, begun } : undefined;
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
