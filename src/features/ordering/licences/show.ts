// The steps of an order of licences, as one sees them.
import type { OrderStep } from '../../../../cards/ordering.ts';
import { newOnce } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Product } from '../../catalog/offered.ts';
import { fieldAt, showOrder } from '../basket.ts';
import { notOffered } from '../offered.ts';
import { addOnStep, choiceStep, productStep } from '../replies.ts';
import { productsOf } from '../rules.ts';
import { shownTotals } from '../show.ts';
import { addOnsOf, type Ordering, withDraftOf } from './load.ts';

export type Errors = { readonly choice?: string; readonly product?: string; readonly quantity?: string };

/** The step at which the order is, with what was entered there. */
export async function show(of: Ordering, errors: Errors = {}): Promise<Reply> {
  const { view, products, offering, step } = of;
  if (products.length === 0) return notOffered(view, offering);
  if (of.draft.at !== step.at) return show(await withDraftOf(of, { ...of.draft, at: step.at }), errors);
  switch (step.at) {
    case 'category':
      return choices(of, 'category', step.categories, step.category, errors.choice);
    case 'group':
      return choices(of, 'group', step.groups, step.group, errors.choice);
    case 'product':
      return productForm(of, errors);
    case 'add-ons':
      return addOnForm(of, {});
    case 'basket':
      return showOrder(view, of.order, of.wizards);
  }
}

function head(of: Ordering, ...path: (string | undefined)[]): OrderStep {
  const { view, order, offering, lines } = of;
  return {
    organization: view.customer.name,
    order: String(order.number),
    path: [offering, ...path.flatMap((one) => one ?? [])],
    totals: lines.length === 0 ? undefined : shownTotals(view, lines),
    once: newOnce(),
  };
}

const QUESTIONS = { category: 'Category', group: 'Product group' } as const;

function choices(
  of: Ordering,
  step: 'category' | 'group',
  among: readonly string[],
  chosen: string | undefined,
  error: string | undefined,
): Reply {
  return choiceStep({
    ...head(of, ...(step === 'group' ? [of.step.category] : [])),
    question: QUESTIONS[step],
    step,
    choices: among.map((title, index) => ({ title, value: String(index + 1) })),
    chosen: chosen === undefined ? '' : String(among.indexOf(chosen) + 1),
    back: true,
    error,
    buttons: [{ title: 'Basket', command: `basket ${of.order.number}` }],
  });
}

function productForm(of: Ordering, errors: Errors): Reply {
  const { step, draft, products, has } = of;
  const offered = productsOf(products, step, has);
  const chosen = offered.find(({ id }) => id === step.product);
  const bound = chosen?.commitment === 'yearly' ? YEARLY : '';
  return productStep({
    ...head(of, step.category, step.group),
    products: offered.map(asChoice),
    about: [chosen?.description ?? '', bound].filter(Boolean).join(' ') || undefined,
    values: {
      product: chosen === undefined ? '' : String(chosen.id),
      quantity: draft.quantity ?? '',
    },
    errors,
    back: true,
  });
}

const YEARLY = 'Yearly: can be reduced within seven days, then at renewal.';

const asChoice = ({ id, name, unit, priceMinor, currency }: Product) => ({
  id,
  name,
  unit,
  price: { minor: priceMinor, currency },
});

export type Typed = Readonly<Record<string, unknown>>;

export function addOnForm(of: Ordering, errors: Readonly<Record<string, string>>, typed: Typed = {}): Reply {
  const { step, draft, products, lines } = of;
  const product = products.find(({ id }) => id === step.product);
  const quantityOf = (id: number | undefined) => lines.find(({ productId }) => productId === id)?.quantity;
  return addOnStep({
    ...head(of, step.category, step.group, product?.name),
    product: product?.name ?? '',
    quantity: quantityOf(product?.id) ?? 1,
    addOns: addOnsOf(of).map((addOn, index) => {
      const field = fieldAt('addon', index);
      const value = typed[field];
      return {
        ...asChoice(addOn),
        field,
        value:
          typeof value === 'string'
            ? value
            : (draft.addOns?.[addOn.id] ?? String(quantityOf(addOn.id) ?? '')),
        error: errors[field],
      };
    }),
  });
}
