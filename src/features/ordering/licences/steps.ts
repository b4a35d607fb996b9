// What one does at the steps of an order of licences.
import { type Asked, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { EnabledOffering, Product } from '../../catalog/offered.ts';
import type { View } from '../../organizations/view.ts';
import { fieldAt } from '../basket.ts';
import { type DraftOrder, putLines, startOrTakeEmpty } from '../drafts.ts';
import { notOffered } from '../offered.ts';
import { asLine } from '../prices.ts';
import {
  type LicencesDraft,
  merged,
  notQuantity,
  parseQuantity,
  productsOf,
  type Step,
  stepBefore,
  stepOf,
} from '../rules.ts';
import type { Wizards } from '../wizard.ts';
import { addOnsOf, inOrdering, loadOrdering, type Ordering, withDraftOf } from './load.ts';
import { addOnForm, type Errors, show, type Typed } from './show.ts';

/** Begins an order, or takes an empty one of the same person. */
export async function beginLicences(
  view: View,
  offering: EnabledOffering,
  wizards: Wizards,
  draft: LicencesDraft = { at: 'category' },
  errors?: Errors,
): Promise<Reply> {
  return show(await loadOrdering(view, await emptyOrder(view, offering), wizards, draft), errors);
}

export const emptyOrder = (
  view: View,
  { id, name }: Pick<EnabledOffering, 'id' | 'name'>,
): Promise<DraftOrder> => startOrTakeEmpty(view, { offeringId: id, description: name, draft: null });

/** The first step of an order that is begun, with all that was entered there and later. */
export const fromFirst = (view: View, order: DraftOrder, wizards: Wizards): Promise<Reply> =>
  loadOrdering(view, order, wizards).then(async (of) =>
    show(await withDraftOf(of, { ...of.draft, at: 'category' })),
  );

/** The step at which an order is, or, once more, that of its products. */
export const goOn = (view: View, order: DraftOrder, wizards: Wizards): Promise<Reply> =>
  loadOrdering(view, order, wizards).then(async (of) =>
    show(await withDraftOf(of, { ...of.draft, at: 'product', quantity: '', product: undefined })),
  );

export function chooseInStep(
  asked: Asked,
  { order, step, choice }: { order: string; step: 'category' | 'group'; choice: string },
  wizards: Wizards,
): Promise<Reply> {
  return inOrdering(asked, order, wizards, async (of) => {
    const chosen = chosenAt(of, step, choice);
    if (chosen === undefined) {
      return show(await withDraftOf(of, { ...of.draft, at: step }), { choice: 'Choose one of these.' });
    }
    const next = step === 'category' ? 'group' : 'product';
    const draft = { ...of.draft, at: next, [step]: chosen } as const;
    // What was chosen below another category stays only where it is the same one again.
    const kept = step === 'category' && chosen !== of.draft.category ? { ...draft, group: undefined } : draft;
    return show(await withDraftOf(of, kept));
  });
}

const chosenAt = ({ step: { categories, groups } }: Ordering, step: Step, choice: string) =>
  ({ category: categories, group: groups, product: [], 'add-ons': [] })[step][Number(choice) - 1];

export type BackTo = {
  readonly order: string;
  readonly step: Step;
  /** What was typed at the step that one leaves. */
  readonly product?: string | undefined;
  readonly quantity?: string | undefined;
  /** What was chosen there, at a step with choices. */
  readonly choice?: string | undefined;
  /** The add-ons, by the names of their fields. */
  readonly fields: Typed;
};

/** The step before, with what was entered there; `first` shows the choice of the service. */
export function backFrom(
  asked: Asked,
  { order, step, product, quantity, choice = '', fields }: BackTo,
  wizards: Wizards,
  first: (view: View, order: DraftOrder) => Promise<Reply>,
): Promise<Reply> {
  return inOrdering(asked, order, wizards, async (of) => {
    const before = stepBefore({ ...of.step, at: step });
    const chosen = chosenAt(of, step, choice);
    const typed = {
      ...(chosen !== undefined && { [step]: chosen }),
      ...(quantity !== undefined && { quantity }),
      ...(product !== undefined && product !== '' && { product: Number(product) }),
      ...(step === 'add-ons' && { addOns: typedAddOns(of, fields) }),
    };
    const kept = await withDraftOf(of, { ...of.draft, ...typed, at: before ?? 'category' });
    return before === undefined ? first(of.view, of.order) : show(kept);
  });
}

export type ProductValues = { readonly order: string; readonly product: string; readonly quantity: string };

/** Puts a product into the order: as many as were typed, also where it was in it before. */
export function putProduct(asked: Asked, values: ProductValues, wizards: Wizards): Promise<Reply> {
  return inOrdering(asked, values.order, wizards, async (of) => {
    const id = Number(values.product);
    const product = productsOf(of.products, of.step, of.has).find((one) => one.id === id);
    const quantity = parseQuantity(values.quantity);
    const typed = { ...of.draft, at: 'product' as const, product: product?.id, quantity: values.quantity };
    if (product === undefined || quantity === undefined) {
      return show(await withDraftOf(of, typed), {
        ...(product === undefined && { product: 'Choose a product.' }),
        ...(quantity === undefined && { quantity: notQuantity(values.quantity) }),
      });
    }
    return putInto(of, typed, product, quantity);
  });
}

async function putInto(
  of: Ordering,
  draft: LicencesDraft,
  { id, name, addOnOf }: Product,
  quantity: number,
): Promise<Reply> {
  const line = { kind: 'new subscription', productId: id, quantity } as const;
  await putLines(of.view.db, of.order.id, merged(of.lines.map(asLine), line));
  await recordPut(of, [{ name, quantity }]);
  const now = await loadOrdering(of.view, of.order, of.wizards, draft);
  const at = addOnOf === null && addOnsOf(now).length > 0 ? 'add-ons' : 'basket';
  return show(await withDraftOf(now, { ...draft, at }));
}

function recordPut(
  { view, order }: Ordering,
  put: readonly { readonly name: string; readonly quantity: number }[],
): Promise<number> {
  const what = put.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
  return record(view, {
    organizationId: view.customer.id,
    orderId: order.id,
    kind: 'basket',
    summary: `Put into the basket of order ${order.number}: ${what}`,
    after: { lines: put },
  });
}

const typedAddOns = (of: Ordering, values: Typed): Record<string, string> =>
  Object.fromEntries(
    addOnsOf(of).flatMap(({ id }, index) => {
      const value = values[fieldAt('addon', index)];
      return typeof value === 'string' ? [[String(id), value]] : [];
    }),
  );

export function putAddOns(asked: Asked, order: string, values: Typed, wizards: Wizards): Promise<Reply> {
  return inOrdering(asked, order, wizards, async (of) => {
    const errors: Record<string, string> = {};
    const wanted = addOnsOf(of).map((addOn, index) => {
      const field = fieldAt('addon', index);
      const value = typeof values[field] === 'string' ? values[field].trim() : '';
      const quantity = /^0*$/.test(value) ? 0 : parseQuantity(value);
      if (quantity === undefined) errors[field] = notQuantity(value);
      return { id: addOn.id, name: addOn.name, quantity: quantity ?? 0 };
    });
    if (Object.keys(errors).length > 0) return addOnForm(of, errors, values);
    const others = of.lines.filter(({ productId }) => !wanted.some(({ id }) => id === productId));
    const added = wanted.filter(({ quantity }) => quantity > 0);
    const lines = added.map(
      ({ id, quantity }) => ({ kind: 'new subscription', productId: id, quantity }) as const,
    );
    await putLines(of.view.db, of.order.id, [...others.map(asLine), ...lines]);
    if (added.length > 0) await recordPut(of, added);
    return show(await withDraftOf(of, { ...of.draft, addOns: undefined, at: 'basket' }));
  });
}

/** What a command said: into the order of the basket for the same service, added to what is there. */
export async function addToBasket(
  view: View,
  order: DraftOrder,
  wizards: Wizards,
  wanted: { readonly product: number; readonly quantity: number },
): Promise<Reply> {
  const of = await loadOrdering(view, order, wizards);
  const product = of.products.find(({ id }) => id === wanted.product);
  if (product === undefined) return notOffered(view, of.offering);
  const before = of.lines.find(({ productId }) => productId === product.id)?.quantity ?? 0;
  const { category, group, id } = product;
  const quantity = before + wanted.quantity;
  const typed = parseQuantity(String(quantity)) === undefined ? wanted.quantity : quantity;
  const draft = { at: 'product' as const, category, group, product: id, quantity: String(typed) };
  return putInto({ ...of, step: stepOf(draft, of.products, of.has) }, draft, product, typed);
}
