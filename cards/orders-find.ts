/** The form that opens an order, which is found by its number or by what is in it. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { field, orderInput, required } from './fields.ts';

export type OrdersFind = {
  /** What is shown of it. */
  readonly show: 'order' | 'services';
  /** As typed. */
  readonly order: string;
  readonly error?: string | undefined;
  readonly once: string;
};

const TITLES = { order: 'Open an order', services: 'Services of an order' } as const;

export function ordersFindCard({ show, order, error, once: token }: OrdersFind): Card {
  return card({
    title: TITLES[show],
    body: [
      lead('Type its number, a product, its creator or a word of its note.'),
      ...field(required(orderInput(order)), error),
    ],
    actions: [submitButton('Show', 'orders.find', { show, once: token }), commandButton('Orders', 'orders')],
  });
}

export const samples: Record<string, Card> = {
  order: ordersFindCard({ show: 'order', order: '', once }),
  services: ordersFindCard({ show: 'services', order: '10023', once }),
  error: ordersFindCard({
    show: 'order',
    order: longest.product,
    error: `There is no order ${longest.product} that you can see.`,
    once,
  }),
};
