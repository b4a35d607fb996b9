/** The step of an order at which one says how many of each add-on go with a product. */
import type { Card } from '../src/chat/card.ts';
import { submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { field, textInput } from './fields.ts';
import { count } from './format.ts';
import { backButton, type OrderStep, orderTitle, productTitle, totalFacts } from './ordering.ts';
import type { OrderingProduct } from './ordering-product.ts';

export type OrderingAddons = OrderStep & {
  /** What they go with. */
  readonly product: string;
  readonly quantity: number;
  readonly addOns: readonly (OrderingProduct['products'][number] & {
    /** `addonA` */
    readonly field: string;
    /** As typed. */
    readonly value: string;
    readonly error?: string | undefined;
  })[];
};

export function orderingAddonsCard(data: OrderingAddons): Card {
  const { organization, order, path, product, quantity, addOns, totals } = data;
  const to = { step: 'add-ons', ...(order !== undefined && { order }) };
  return card({
    organization,
    title: orderTitle(order),
    body: [
      subtle(path.join(' › ')),
      lead(
        `${count(quantity, 'unit')} of ${product} ${quantity === 1 ? 'is' : 'are'} in the basket. Add-ons for it?`,
      ),
      ...addOns.flatMap((addOn) => field(input(addOn), addOn.error)),
      totalFacts(totals),
    ],
    actions: [submitButton('Next', 'ordering.addons', { ...to, once: data.once }), backButton(to)],
  });
}

function input(addOn: OrderingAddons['addOns'][number]) {
  return textInput({
    id: addOn.field,
    label: `How many ${productTitle(addOn)}`,
    placeholder: '0',
    maxLength: 20,
    ...(addOn.value && { value: addOn.value }),
  });
}

const office: OrderingAddons = {
  organization: 'Contoso',
  order: '10029',
  path: ['Microsoft O365', 'Corporate', 'Office 365', 'Office 365 E3'],
  totals: { price: { minor: 11_000, currency: 'EUR' }, purchase: undefined, isChange: false },
  once,
  product: 'Office 365 E3',
  quantity: 5,
  addOns: [
    {
      id: 7,
      name: 'Audio Conferencing',
      price: { minor: 399, currency: 'EUR' },
      unit: 'user',
      field: 'addonA',
      value: '',
    },
  ],
};

export const samples: Record<string, Card> = {
  new: orderingAddonsCard(office),
  error: orderingAddonsCard({
    ...office,
    quantity: 1,
    addOns: office.addOns.map((one) => ({
      ...one,
      value: 'some',
      error: '“some” is not a whole number from 1 to 100,000.',
    })),
  }),
  long: orderingAddonsCard({
    ...office,
    organization: longest.organization,
    order: longest.short,
    path: [longest.product],
    product: longest.product,
    addOns: many(5, (index) => ({
      id: index,
      name: longest.product,
      price: { minor: 123_456, currency: 'EUR' },
      unit: 'user',
      field: `addon${'ABCDE'.charAt(index - 1)}`,
      value: '100,000',
    })),
  }),
};
