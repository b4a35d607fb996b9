/** The form that sets a markup. */
import type { Card } from '../src/chat/card.ts';
import { submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { field, textInput } from './fields.ts';
import { percent } from './format.ts';

export type CatalogMarkup = {
  /** Whose markup it is, where that is known, and what it is now. */
  readonly now?: { readonly what: string; readonly markupBp: number } | undefined;
  /** As typed; empty where nothing was. */
  readonly values: { readonly of: string; readonly percent: string };
  readonly errors?: { readonly of?: string | undefined; readonly percent?: string | undefined } | undefined;
  readonly once: string;
};

export function catalogMarkupCard({ now, values, errors = {}, once: token }: CatalogMarkup): Card {
  return card({
    title: 'Set a markup',
    body: [
      lead('It is added to the purchase price. You see what it does before anything is changed.'),
      now && lead(`${now.what}: ${percent(now.markupBp)} now.`),
      ...field(
        textInput({
          id: 'of',
          required: true,
          label: 'Customer or reseller, or a subscription such as 10023/1',
          placeholder: 'Contoso',
          maxLength: 200,
          ...(values.of && { value: values.of }),
        }),
        errors.of,
      ),
      ...field(
        textInput({
          id: 'percent',
          required: true,
          label: 'Markup in percent',
          placeholder: '12.5',
          maxLength: 20,
          ...(values.percent && { value: values.percent }),
        }),
        errors.percent,
      ),
    ],
    actions: [submitButton('Show what it does', 'catalog.markup', { once: token })],
  });
}

const values = { of: '', percent: '' };

export const samples: Record<string, Card> = {
  new: catalogMarkupCard({ values, once }),
  customer: catalogMarkupCard({
    now: { what: 'Contoso', markupBp: 1500 },
    values: { of: 'Contoso', percent: '' },
    once,
  }),
  errors: catalogMarkupCard({
    values: { of: 'Contosso', percent: 'much' },
    errors: {
      of: 'There is no customer, reseller or subscription “Contosso” that you can see.',
      percent: '“much” is not a percent. Write it like 12.5.',
    },
    once,
  }),
  long: catalogMarkupCard({
    now: { what: `${longest.service} · ${longest.product}`, markupBp: 1_000_000 },
    values: { of: longest.service, percent: '12.5' },
    once,
  }),
};
