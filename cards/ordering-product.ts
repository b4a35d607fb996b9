/** The step of an order at which a product and its quantity are entered. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, subtle } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';
import type { Money } from './format.ts';
import { backButton, type OrderStep, orderTitle, productTitle, totalFacts } from './ordering.ts';

export type OrderingProduct = OrderStep & {
  readonly products: readonly {
    readonly id: number;
    readonly name: string;
    /** Of one unit and month. */
    readonly price: Money;
    readonly unit: string;
  }[];
  /** What is known of the one that is chosen: what it is for, how long one is bound. */
  readonly about?: string | undefined;
  /** As typed; empty where nothing was. */
  readonly values: { readonly product: string; readonly quantity: string };
  readonly errors?:
    | { readonly product?: string | undefined; readonly quantity?: string | undefined }
    | undefined;
  readonly back: boolean;
};

const MOST_SHOWN = 6;

export function orderingProductCard(data: OrderingProduct): Card {
  const { organization, order, path, products, about, values, errors = {}, back, totals } = data;
  const to = { step: 'product', ...(order !== undefined && { order }) };
  return card({
    organization,
    title: orderTitle(order),
    body: [
      subtle(path.join(' › ')),
      ...field(required(productInput(products, values.product)), errors.product),
      about === undefined ? undefined : subtle(about),
      ...field(required(quantityInput(values.quantity)), errors.quantity),
      totalFacts(totals),
    ],
    actions: [
      submitButton('Put into the basket', 'ordering.product', { ...to, once: data.once }),
      back ? backButton(to) : undefined,
      commandButton('Basket', order === undefined ? 'basket' : `basket ${order}`),
    ],
  });
}

function productInput(products: OrderingProduct['products'], value: string) {
  return choiceInput({
    id: 'product',
    label: 'Product',
    choices: products.map((product) => ({ title: productTitle(product), value: String(product.id) })),
    style: products.length > MOST_SHOWN ? 'compact' : 'expanded',
    placeholder: 'Choose a product',
    ...(value && { value }),
  });
}

/** A text, not a number: what was typed comes back as it was typed. */
function quantityInput(value: string) {
  return textInput({
    id: 'quantity',
    label: 'Quantity, 1 to 100,000',
    placeholder: '5',
    maxLength: 20,
    ...(value && { value }),
  });
}

const office: OrderingProduct = {
  organization: 'Contoso',
  order: '10029',
  path: ['Microsoft O365', 'Corporate', 'Office 365'],
  totals: undefined,
  once,
  products: [
    { id: 4, name: 'Office 365 E1', price: { minor: 1002, currency: 'EUR' }, unit: 'user' },
    { id: 2, name: 'Office 365 E3', price: { minor: 2200, currency: 'EUR' }, unit: 'user' },
  ],
  values: { product: '', quantity: '' },
  back: true,
};

export const samples: Record<string, Card> = {
  new: orderingProductCard(office),
  filled: orderingProductCard({
    ...office,
    about:
      'Office on every device, mail and Teams. Yearly: can be reduced within seven days, then at renewal.',
    values: { product: '2', quantity: '5' },
    totals: { price: { minor: 3006, currency: 'EUR' }, purchase: undefined, isChange: false },
  }),
  errors: orderingProductCard({
    ...office,
    values: { product: '', quantity: 'five' },
    errors: {
      product: 'Choose a product.',
      quantity: '“five” is not a whole number from 1 to 100,000.',
    },
    totals: {
      price: { minor: 3006, currency: 'EUR' },
      purchase: { minor: 2614, currency: 'EUR' },
      isChange: false,
    },
  }),
  long: orderingProductCard({
    ...office,
    organization: longest.organization,
    order: longest.short,
    path: [longest.product, longest.product],
    products: many(25, (index) => ({
      id: index,
      name: longest.product,
      price: { minor: 123_456_789, currency: 'EUR' },
      unit: 'concurrent session',
    })),
    about: longest.product,
    values: { product: '3', quantity: '100,000' },
  }),
};
