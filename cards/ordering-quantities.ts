/** The form that changes how many of each product an order has. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { field, textInput } from './fields.ts';

export type OrderingQuantities = {
  readonly organization: string;
  readonly order: string;
  readonly lines: readonly {
    readonly product: string;
    /** `quantityA`; nothing where the quantity can't be another one. */
    readonly field: string | undefined;
    /** As typed. */
    readonly value: string;
    readonly error?: string | undefined;
  }[];
  /** The lines that are shown, to be known again. */
  readonly shown: string;
  readonly once: string;
};

export function orderingQuantitiesCard(data: OrderingQuantities): Card {
  const { organization, order, lines, shown, once: token } = data;
  return card({
    organization,
    title: `Quantities of order ${order}`,
    body: [lead('Zero takes a product out of the order.'), ...lines.flatMap(inputs)],
    actions: [
      submitButton('Save', 'ordering.quantities.save', { order, shown, once: token }),
      actionButton('Back', 'ordering.open', { order }),
    ],
  });
}

function inputs({ product, field: id, value, error }: OrderingQuantities['lines'][number]) {
  if (id === undefined) return [subtle(`${product}: always ${value}. Each is bought separately.`, 'medium')];
  return field(textInput({ id, label: product, maxLength: 20, ...(value && { value }) }), error);
}

export const samples: Record<string, Card> = {
  new: orderingQuantitiesCard({
    organization: 'Contoso',
    order: '10029',
    lines: [
      { product: 'Office 365 E3', field: 'quantityA', value: '5' },
      {
        product: 'Audio Conferencing',
        field: 'quantityB',
        value: 'one',
        error: '“one” is not a whole number from 1 to 100,000.',
      },
      { product: 'Azure Pack virtual machines', field: undefined, value: '1' },
    ],
    shown: '1,2,3',
    once,
  }),
  long: orderingQuantitiesCard({
    organization: longest.organization,
    order: longest.short,
    lines: many(12, (index) => ({
      product: longest.product,
      field: `quantity${'ABCDEFGHIJKL'.charAt(index - 1)}`,
      value: '100,000',
    })),
    shown: '1,2,3',
    once,
  }),
};
