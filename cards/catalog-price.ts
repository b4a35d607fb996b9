/** The form that sets one list price. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, facts, lead } from './elements.ts';
import { field, textInput } from './fields.ts';
import { type Money, money } from './format.ts';

export type CatalogPrice = {
  /** The product that is meant, where it is known, and what it costs now. */
  readonly product?: string | undefined;
  readonly present?: Money | undefined;
  /** As typed; empty where nothing was. */
  readonly values: { readonly sku: string; readonly price: string; readonly currency: string };
  readonly errors?:
    | {
        readonly sku?: string | undefined;
        readonly price?: string | undefined;
        readonly currency?: string | undefined;
      }
    | undefined;
  readonly once: string;
};

export function catalogPriceCard({ product, present, values, errors = {}, once: token }: CatalogPrice): Card {
  return card({
    title: 'Set a list price',
    body: [
      lead('For one unit and month. New orders have it; subscriptions that run keep what was agreed.'),
      facts([
        ['Product', product],
        ['Now', present && money(present)],
      ]),
      ...field(
        textInput({
          id: 'sku',
          required: true,
          label: 'SKU of the product',
          placeholder: 'O365-E3',
          maxLength: 200,
          ...(values.sku && { value: values.sku }),
        }),
        errors.sku,
      ),
      ...field(
        textInput({
          id: 'price',
          required: true,
          label: 'Price',
          placeholder: '22.50',
          maxLength: 30,
          ...(values.price && { value: values.price }),
        }),
        errors.price,
      ),
      ...field(
        textInput({
          id: 'currency',
          required: true,
          label: 'Currency',
          placeholder: 'EUR',
          maxLength: 10,
          ...(values.currency && { value: values.currency }),
        }),
        errors.currency,
      ),
    ],
    actions: [
      submitButton('Set the price', 'catalog.price', { once: token }),
      commandButton('Price list', 'prices'),
      commandButton('Import a price list', 'bulk prices'),
    ],
  });
}

const values = { sku: '', price: '', currency: 'EUR' };

export const samples: Record<string, Card> = {
  new: catalogPriceCard({ values, once }),
  product: catalogPriceCard({
    product: 'Office 365 E3',
    present: { minor: 1822, currency: 'EUR' },
    values: { ...values, sku: 'O365-E3' },
    once,
  }),
  errors: catalogPriceCard({
    values: { sku: 'O365', price: 'ten', currency: 'euro' },
    errors: {
      sku: 'There is no product with the SKU “O365”. A new one comes with a price list.',
      price: '“ten” is not an amount. Write it like 22.50 or 22,50.',
      currency: '“euro” is not a currency. Write its three letters, such as EUR.',
    },
    once,
  }),
  long: catalogPriceCard({
    product: longest.product,
    present: { minor: 2_147_483_647, currency: 'EUR' },
    values: { ...values, sku: longest.product },
    once,
  }),
};
