/** Which customer a person works for in a conversation. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead } from './elements.ts';
import { freeOf } from './units.ts';

export type OrganizationsView = {
  readonly organization: string;
  /** Its reseller, or the provider. */
  readonly parent?: string | undefined;
  /** Bound to the person here, to the whole channel, or the only one there is. */
  readonly chosenBy: 'person' | 'channel' | 'only';
  readonly orders: { readonly recent: number; readonly historical: number };
  readonly units: number;
  readonly free: number;
};

const CHOSEN = {
  person: 'You chose this customer for this conversation; others here may see another.',
  channel: 'This channel is bound to this customer.',
  only: 'It is the only customer you can see.',
} as const;

export function organizationsViewCard(data: OrganizationsView): Card {
  const { organization, parent, chosenBy, orders } = data;
  return card({
    title: `You see orders of ${organization}`,
    body: [
      lead(CHOSEN[chosenBy]),
      facts([
        ['Customer of', parent],
        ['Recent orders', String(orders.recent)],
        ['Historical orders', String(orders.historical)],
        ['Units', freeOf(data)],
      ]),
    ],
    actions: [
      commandButton('Orders', 'orders'),
      commandButton('Free units', 'free'),
      commandButton('Associate users', 'associate'),
      chosenBy === 'only' ? undefined : commandButton('Another customer', 'use'),
    ],
  });
}

export const samples: Record<string, Card> = {
  person: organizationsViewCard({
    organization: 'Contoso',
    parent: 'Northwind Partners',
    chosenBy: 'person',
    orders: { recent: 0, historical: 3 },
    units: 2017,
    free: 2010,
  }),
  only: organizationsViewCard({
    organization: longest.organization,
    chosenBy: 'only',
    orders: { recent: 12, historical: 340 },
    units: 0,
    free: 0,
  }),
};
