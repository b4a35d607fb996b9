// The basket: the orders of a customer that are begun and not placed yet.
import { number } from '../../../cards/format.ts';
import { type Asked, newOnce, record, refreshSoon } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { orderTrack } from '../execution/track.ts';
import type { OrderStatus } from '../orders/rules.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { type DraftOrder, putLines } from './drafts.ts';
import { withDraft, withStarted } from './find.ts';
import { asLine, keepPrices, loadPriced, type PricedLine, priceChanges } from './prices.ts';
import {
  emptyBasket,
  oneOrder,
  outToo,
  quantitiesForm,
  removed,
  savedForLater,
  severalOrders,
  whichDraft,
} from './replies.ts';
import { aloneOf, notQuantity, parseQuantity } from './rules.ts';
import { begunBy, kindOf, shownLine, shownTotals, visibleTo } from './show.ts';
import { loadDrafts, loadOffering, loadStarted, loadSubscribed, updateDraft } from './store.ts';
import type { Wizard, Wizards } from './wizard.ts';

/** What is in the basket of the customer: one order with all of its lines, or several in short. */
export async function showBasket(view: View, wizards: Wizards = {}): Promise<Reply> {
  const about = view.customer.id;
  const orders = await loadStarted(view.db, view.viewer);
  const [only, ...others] = orders;
  if (only === undefined)
    return { ...emptyBasket(view.customer.name, (await loadDrafts(view.db, view.viewer)).length), about };
  if (others.length === 0)
    return { ...(await showOrder(view, { ...only, status: 'Started' }, wizards)), about };
  const all = await loadPriced(
    view,
    orders.map(({ id }) => id),
    wizards,
  );
  const lines = visibleTo(view, all);
  const of = orders.map((order) => {
    const own = lines.filter(({ orderId }) => orderId === order.id);
    return {
      order: String(order.number),
      description: order.description,
      begun: begunBy(view, { ...order, status: 'Started' }),
      lines: own.map(shownLine),
      totals: shownTotals(view, own),
    };
  });
  const drafts = (await loadDrafts(view.db, view.viewer)).length;
  const totals = { ...shownTotals(view, lines), isChange: false };
  return { ...severalOrders({ organization: view.customer.name, orders: of, totals, drafts }), about };
}

/** `basket`, `basket 10029` */
export function basketCommand(asked: Asked, wizards: Wizards, [word]: readonly string[]): Promise<Reply> {
  if (word === undefined) return inCustomerView(asked, (view) => showBasket(view, wizards));
  return withStarted(asked, word, (view, order) => showOrder(view, order, wizards));
}

type Told = {
  /** What has just happened. */
  readonly said?: readonly string[];
  readonly warnings?: readonly string[];
};

/** One order of the basket, at the prices of now. */
export async function showOrder(
  view: View,
  order: DraftOrder,
  wizards: Wizards,
  { said = [], warnings = [] }: Told = {},
): Promise<Reply> {
  const lines = await loadPriced(view, [order.id], wizards);
  await keepPrices(view, lines);
  const shown = visibleTo(view, lines);
  return oneOrder({
    organization: view.customer.name,
    order: String(order.number),
    description: order.description,
    begun: begunBy(view, order),
    lines: shown.map(shownLine),
    totals: shownTotals(view, shown),
    said,
    warnings: [...warnings, ...priceChanges(shown)],
    kind: kindOf(
      order,
      shown,
      (await wizardOf(view, order, wizards)) !== undefined ||
        shown.some(({ configuration }) => configuration !== null),
    ),
  });
}

/** The wizard that leads through this order, where one does. */
export async function wizardOf(view: View, order: DraftOrder, wizards: Wizards): Promise<Wizard | undefined> {
  const offering = order.offeringId === null ? undefined : await loadOffering(view.db, order.offeringId);
  return wizards[offering?.kind ?? ''];
}

/** The form with the quantity of each line. */
export function openQuantities(asked: Asked, which: string, wizards: Wizards): Promise<Reply> {
  return withStarted(asked, which, async (view, order) => {
    const lines = visibleTo(view, await loadPriced(view, [order.id], wizards));
    if (lines.length === 0) return showOrder(view, order, wizards);
    return quantities(
      view,
      order,
      lines.map((line) => ({ line, typed: String(line.quantity ?? 1) })),
    );
  });
}

type Typed = { readonly line: PricedLine; readonly typed: string; readonly error?: string | undefined };

const LETTERS = 'ABCDEFGHIJKL';
export const fieldAt = (prefix: string, index: number): string => `${prefix}${LETTERS.charAt(index)}`;
const isCounted = ({ kind, configuration }: PricedLine): boolean =>
  configuration === null && (kind === 'new subscription' || kind === 'increase' || kind === 'decrease');

function quantities(view: View, order: DraftOrder, typed: readonly Typed[]): Reply {
  return quantitiesForm({
    organization: view.customer.name,
    order: String(order.number),
    lines: typed.slice(0, LETTERS.length).map(({ line, typed: value, error }, index) => ({
      product: line.product ?? 'Product',
      field: isCounted(line) ? fieldAt('quantity', index) : undefined,
      value,
      error,
    })),
    shown: shownIn(typed.map(({ line }) => line)),
    once: newOnce(),
  });
}

/** What was shown is what is changed: lines are new ones whenever somebody changes the order. */
const shownIn = (lines: readonly PricedLine[]): string => lines.map(({ id }) => id).join(',');
const CHANGED = 'The order was changed meanwhile; your quantities were not saved.';

export type QuantityValues = Readonly<Record<string, unknown>>;

/** The quantities that were typed, all of them or none; zero takes a line out. */
export function saveQuantities(
  asked: Asked,
  which: string,
  values: QuantityValues,
  wizards: Wizards,
): Promise<Reply> {
  return withStarted(asked, which, async (view, order) => {
    const lines = await loadPriced(view, [order.id], wizards);
    if (values.shown !== shownIn(visibleTo(view, lines)))
      return showOrder(view, order, wizards, { warnings: [CHANGED] });
    const typed = visibleTo(view, lines).map((line, index): Typed & { quantity: number } => {
      const value = values[fieldAt('quantity', index)];
      const now = line.quantity ?? 1;
      if (typeof value !== 'string') return { line, typed: String(now), quantity: now };
      if (!isCounted(line)) {
        const error = value.trim() === '1' || value.trim() === '' ? undefined : ALWAYS_ONE;
        return { line, typed: value, quantity: now, error };
      }
      const quantity = /^0*$/.test(value.trim()) ? 0 : parseQuantity(value);
      const error = quantity === undefined ? notQuantity(value) : undefined;
      return { line, typed: value, quantity: quantity ?? now, error };
    });
    if (typed.some(({ error }) => error !== undefined)) return quantities(view, order, typed);
    return setQuantities(view, order, typed, { lines, wizards });
  });
}

const ALWAYS_ONE = 'The quantity of a configuration is always one: each is bought separately.';

async function setQuantities(
  view: View,
  order: DraftOrder,
  typed: readonly { readonly line: PricedLine; readonly quantity: number }[],
  { lines, wizards }: { readonly lines: readonly PricedLine[]; readonly wizards: Wizards },
): Promise<Reply> {
  const wanted = new Map(typed.map(({ line, quantity }) => [line.id, quantity]));
  const changed = lines.filter(({ id, quantity }) => (wanted.get(id) ?? quantity) !== quantity);
  if (changed.length === 0) return showOrder(view, order, wizards);
  const { left, along } = await takenOut(view, lines, wanted);
  await putLines(view.db, order.id, left.map(asLine));
  const isAlong = new Set(along.map(({ id }) => id));
  const said = changed
    .filter(({ id }) => !isAlong.has(id))
    .map(({ id, product }) => {
      const quantity = wanted.get(id) ?? 0;
      return quantity === 0 ? `${product} is out of the order.` : `${product}: ${number(quantity)} now.`;
    })
    .concat(along.map(({ product, addOnOfName }) => outToo(product ?? '', addOnOfName ?? '')));
  await record(view, {
    organizationId: view.customer.id,
    orderId: order.id,
    kind: 'basket',
    summary: `Changed the basket of order ${order.number}: ${said.join(' ')}`,
    before: { lines: changed.map(({ product, quantity }) => ({ product, quantity })) },
    after: { lines: left.map(({ product, quantity }) => ({ product, quantity })) },
  });
  return showOrder(view, order, wizards, { said });
}

/** What is left, and the add-ons that go along with the product they belong to. */
async function takenOut(
  { db, customer }: View,
  lines: readonly PricedLine[],
  wanted: ReadonlyMap<number, number>,
) {
  const left = lines
    .map((line) => ({ ...line, quantity: wanted.get(line.id) ?? line.quantity }))
    .filter(({ quantity }) => quantity !== 0);
  const has = new Set(await loadSubscribed(db, customer.id));
  const before = new Set(aloneOf(lines, has).map(({ id }) => id));
  const along = aloneOf(left, has).filter(({ id }) => !before.has(id));
  return { left: left.filter((line) => !along.includes(line)), along };
}

/** Out of the basket, to go on later. */
export function saveAsDraft(asked: Asked, which: string): Promise<Reply> {
  return withDraft(asked, which, async (view, order) => {
    await setStatus(view, order, 'Draft', `Saved order ${order.number} as a draft`);
    return savedForLater(view.customer.name, String(order.number));
  });
}

/** What else hears of it, in the same transaction. */
export type Discarded = (asked: Asked, order: Pick<DraftOrder, 'id' | 'number'>) => Promise<void>;

/** `discard 10027`: an order of the basket, or a draft. */
export function discard(asked: Asked, which: string | undefined, discarded: Discarded): Promise<Reply> {
  if (which === undefined) return Promise.resolve(whichDraft('discard'));
  return withDraft(asked, which, async (view, order) => {
    await setStatus(view, order, 'Deleted', `Deleted order ${order.number}`);
    await discarded(view, order);
    return removed(view.customer.name, String(order.number));
  });
}

export async function setStatus(
  view: View,
  order: Pick<DraftOrder, 'id' | 'number'> & { readonly status: OrderStatus },
  status: 'Started' | 'Draft' | 'Deleted',
  summary: string,
): Promise<void> {
  if (order.status === status) return;
  await updateDraft(view.db, order.id, { status });
  await record(view, {
    organizationId: view.customer.id,
    orderId: order.id,
    kind: 'order',
    summary,
    before: { status: order.status },
    after: { status },
  });
  // It may have waited for approval before, and still stand in a conversation.
  await refreshSoon(view, orderTrack(order.id), 'the last');
}
