/** The form of an order's note. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, asking, commandButton, submitButton } from './buttons.ts';
import { once } from './demo.ts';
import { card } from './elements.ts';
import { field, orderInput, required, textInput } from './fields.ts';

export type OrdersNote = {
  readonly organization?: string | undefined;
  /** Nothing where the order is still to be named. */
  readonly short?: string | undefined;
  /** As typed, where it is named here. */
  readonly order?: string;
  /** As it is, or as it was typed. */
  readonly note: string;
  /** There is a note that can be removed. */
  readonly removable: boolean;
  readonly errors?: { readonly order?: string | undefined; readonly note?: string | undefined } | undefined;
  readonly once: string;
};

const MAX_LENGTH = 500;

export function ordersNoteCard({
  organization,
  short,
  order = '',
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
    title: short === undefined ? 'Note on an order' : `Note on order ${short}`,
    body: [
      ...(short === undefined ? field(required(orderInput(order)), errors?.order) : []),
      ...field(input, errors?.note),
    ],
    actions:
      short === undefined
        ? [submitButton('Save', 'note', { once: token }), commandButton('Orders', 'orders')]
        : [
            submitButton('Save', 'note', { order: short, once: token }),
            commandButton('Order', `order ${short}`),
            removable ? removeButton(short, token) : undefined,
          ],
  });
}

const removeButton = (short: string, token: string) =>
  asking(actionButton('Remove the note', 'note', { order: short, note: '', once: token }, 'destructive'), {
    title: 'Remove the note?',
    text: `Order ${short} has no note then. It can be undone for ten minutes.`,
    yes: 'Remove it',
  });

export const samples: Record<string, Card> = {
  open: ordersNoteCard({ note: '', removable: false, once }),
  unknown: ordersNoteCard({
    order: '99999',
    note: 'Call before renewal',
    removable: false,
    errors: { order: 'There is no order 99999 that you can see.' },
    once,
  }),
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
