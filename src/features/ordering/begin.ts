// Beginning an order: of a service that is chosen, or of a product that is named.
import { count } from '../../../cards/format.ts';
import { type Asked, newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type EnabledOffering, enabledFor } from '../catalog/offered.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { wizardOf } from './basket.ts';
import type { DraftOrder } from './drafts.ts';
import { withStarted } from './find.ts';
import { addToBasket, beginLicences, emptyOrder, fromFirst, goOn } from './licences/steps.ts';
import { notPricedFor, refusedAlone } from './offered.ts';
import { choiceStep, noSuchProduct, notEnabled, nothingEnabled, whichProduct } from './replies.ts';
import { looksLikeQuantity, notQuantity, parseQuantity } from './rules.ts';
import { type FoundProduct, findProducts, findStartedFor, loadStarted } from './store.ts';
import { forWhom } from './whom.ts';
import type { Wizards } from './wizard.ts';

/** `new order`, `new order "office 365 e3" 5` */
export async function newOrder(asked: Asked, wizards: Wizards, typed: readonly string[]): Promise<Reply> {
  const whom = await forWhom(asked, typed);
  if ('reply' in whom) return whom.reply;
  const { words } = whom;
  return inCustomerView(asked, async (view) => {
    const about = view.customer.id;
    if (words.length === 0) return { ...(await chooseService(view)), about };
    return { ...(await orderNamed(view, wizards, words)), about };
  });
}

/** The first step: what is enabled for the customer. */
export async function chooseService(
  view: View,
  { order, error }: { readonly order?: DraftOrder | undefined; readonly error?: string } = {},
): Promise<Reply> {
  const unpriced = await notPricedFor(view);
  if (unpriced !== undefined) return unpriced;
  const offerings = await enabledFor(view.db, view.customer.id);
  if (offerings.length === 0) return nothingEnabled(view.customer.name);
  const begun = await loadStarted(view.db, view.viewer);
  const title = begun.length === 0 ? 'Basket' : `Basket (${count(begun.length, 'order')})`;
  return choiceStep({
    organization: view.customer.name,
    order: order && String(order.number),
    path: [],
    totals: undefined,
    once: newOnce(),
    question: 'Service',
    step: 'service',
    choices: offerings.map(({ id, name, kind }) => ({ title: `${name} · ${kind}`, value: String(id) })),
    chosen: String(order?.offeringId ?? ''),
    back: false,
    error,
    buttons: [{ title, command: 'basket' }],
  });
}

/** The first step was answered; `number` is of the order whose wizard went back to it. */
export function serviceChosen(
  asked: Asked,
  { choice, order: number }: { readonly choice: string; readonly order: string },
  wizards: Wizards,
): Promise<Reply> {
  if (number !== '')
    return withStarted(asked, number, async (view, order) =>
      String(order.offeringId) === choice
        ? fromFirst(view, order, wizards)
        : beginChosen(view, choice, wizards, order),
    );
  return inCustomerView(asked, (view) => beginChosen(view, choice, wizards));
}

async function beginChosen(view: View, choice: string, wizards: Wizards, order?: DraftOrder): Promise<Reply> {
  const offering = (await enabledFor(view.db, view.customer.id)).find(({ id }) => String(id) === choice);
  if (offering === undefined) return chooseService(view, { order, error: 'Choose one of these.' });
  return { about: view.customer.id, ...(await begin(view, offering, wizards)) };
}

function begin(view: View, offering: EnabledOffering, wizards: Wizards): Promise<Reply> {
  const wizard = wizards[offering.kind];
  return wizard === undefined ? beginLicences(view, offering, wizards) : wizard.begin(view, offering);
}

/** Another product, or another configuration. */
export function addMore(asked: Asked, number: string, wizards: Wizards): Promise<Reply> {
  return withStarted(asked, number, async (view, order) => {
    const wizard = await wizardOf(view, order, wizards);
    return wizard === undefined ? goOn(view, order, wizards) : wizard.show(view, order);
  });
}

type Named = { readonly text: string; readonly quantity: string; readonly found: readonly FoundProduct[] };

/** The whole text may name a product that ends with a number; else the last word says how many. */
async function readWords(view: View, words: readonly string[]): Promise<Named> {
  const whole = words.join(' ');
  const found = await productsNamed(view, whole);
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1).join(' ');
  const exact = found.some(({ name, sku }) => [name, sku].some((one) => sameText(one, whole)));
  if (exact || before === '') return { text: whole, quantity: '', found };
  if (found.length > 0 && !looksLikeQuantity(last)) return { text: whole, quantity: '', found };
  const named = await productsNamed(view, before);
  if (named.length === 0 && !looksLikeQuantity(last)) return { text: whole, quantity: '', found };
  if (named.length === 1 || found.length === 0) return { text: before, quantity: last, found: named };
  return { text: whole, quantity: '', found };
}

const sameText = (one: string | null, text: string): boolean => one?.toLowerCase() === text.toLowerCase();

/** Those with this name or SKU, or else those that have it in their name. */
async function productsNamed(view: View, text: string): Promise<FoundProduct[]> {
  const found = await findProducts(view.db, view.customer.id, text);
  const exact = found.filter(({ name, sku }) => sameText(name, text) || sameText(sku, text));
  return exact.length > 0 ? exact : found;
}

async function orderNamed(view: View, wizards: Wizards, words: readonly string[]): Promise<Reply> {
  const unpriced = await notPricedFor(view);
  if (unpriced !== undefined) return unpriced;
  const { text, quantity, found } = await readWords(view, words);
  const enabled = found.filter((one) => one.enabled);
  const [only, ...others] = enabled;
  if (only === undefined) {
    const [other] = found;
    return other === undefined
      ? noSuchProduct(view.customer.name, text)
      : notEnabled(view.customer.name, other.name, other.offering);
  }
  if (others.length > 0)
    return whichProduct(
      view.customer.name,
      text,
      enabled.map(({ name }) => name),
      quantity,
    );
  const offering = (await enabledFor(view.db, view.customer.id)).find(({ id }) => id === only.offeringId);
  if (offering === undefined) return notEnabled(view.customer.name, only.name, only.offering);
  if (wizards[offering.kind] !== undefined) return begin(view, offering, wizards);
  return putNamed(view, wizards, offering, { product: only, quantity });
}

async function putNamed(
  view: View,
  wizards: Wizards,
  offering: EnabledOffering,
  { product, quantity: typed }: { readonly product: FoundProduct; readonly quantity: string },
): Promise<Reply> {
  const quantity = parseQuantity(typed);
  const by = { organizationId: view.customer.id, offeringId: offering.id, by: view.member };
  const started = await findStartedFor(view.db, by);
  const alone = await refusedAlone(view, product, quantity === undefined ? undefined : started?.id);
  if (alone !== undefined) return alone;
  if (quantity === undefined) {
    const { category, group, id } = product;
    const draft = { at: 'product', category, group, product: id, quantity: typed } as const;
    const errors = typed === '' ? undefined : { quantity: notQuantity(typed) };
    return beginLicences(view, offering, wizards, draft, errors);
  }
  const order = (await loadStarted(view.db, view.viewer)).find(({ id }) => id === started?.id);
  const into =
    order === undefined ? await emptyOrder(view, offering) : { ...order, status: 'Started' as const };
  return addToBasket(view, into, wizards, { product: product.id, quantity });
}
