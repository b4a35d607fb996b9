/** The form of an order's note. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, commandButton, submitButton } from './buttons.ts';
import { once } from './demo.ts';
import { card } from './elements.ts';
import { field, textInput } from './fields.ts';

export type OrdersNote = {
  readonly organization: string;
  readonly short: string;
  /** As it is, or as it was typed. */
  readonly note: string;
  /** There is a note that can be removed. */
  readonly removable: boolean;
  readonly errors?: { readonly note?: string | undefined } | undefined;
  readonly once: string;
};

const MAX_LENGTH = 500;

export function ordersNoteCard({
  organization,
  short,
  note,
  removable,
  errors,
  once: token,
}: OrdersNote): Card {
  const input = textInput({
    id: 'note',
    label: 'Note',
    placeholder: 'What the next reader of this order should know',
    isMultiline: true,
    maxLength: MAX_LENGTH,
    ...(note && { value: note }),
  });
  return card({
    organization,
    title: `Note on order ${short}`,
    body: field(input, errors?.note),
    actions: [
      submitButton('Save', 'note', { order: short, once: token }),
      commandButton('Order', `order ${short}`),
      removable
        ? actionButton('Remove the note', 'note', { order: short, note: '', once: token }, 'destructive')
        : undefined,
    ],
  });
}

export const samples: Record<string, Card> = {
  new: ordersNoteCard({ organization: 'Contoso', short: '10023', note: '', removable: false, once }),
  change: ordersNoteCard({
    organization: 'Contoso',
    short: '10023',
    note: 'Renewal agreed with Bob until March',
    removable: true,
    once,
  }),
  error: ordersNoteCard({
    organization: 'Contoso',
    short: '10023',
    note: 'Renewal agreed with Bob until March, '.repeat(14),
    removable: true,
    errors: { note: 'The note has 518 characters; 500 fit.' },
    once,
  }),
};
