/** What a release did. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging } from './demo.ts';
import { card, lead } from './elements.ts';
import { count } from './format.ts';
import { type Undo, undoButton, undoLine } from './undo.ts';
import { freeOf, type ServiceUnits, serviceLine } from './units.ts';

export type ReleaseDone = {
  readonly organization: string;
  readonly user: string;
  readonly released: number;
  /** What the user still has of the service. */
  readonly left: number;
  /** As it is now. */
  readonly service: ServiceUnits;
  readonly undo?: Undo | undefined;
};

export function releaseDoneCard({ organization, user, released, left, service, undo }: ReleaseDone): Card {
  const still = left === 0 ? `${user} has none left.` : `${user} still has ${count(left, 'unit')}.`;
  return card({
    organization,
    title: `${count(released, 'unit')} released from ${user}`,
    body: [serviceLine(service), lead(`${freeOf(service)} now. ${still}`), undoLine(undo)],
    actions: [
      commandButton('User', `user ${user}`),
      commandButton('Associate users', `associate ${service.service}`),
      commandButton('Free units', `free ${service.service}`),
      undoButton(undo),
    ],
  });
}

const undo = { id: '42', until: '2026-11-21T14:15:00Z' };

export const samples: Record<string, Card> = {
  some: releaseDoneCard({
    organization: 'Contoso',
    user: 'alice@contoso.example',
    released: 1,
    left: 1,
    service: { ...messaging, free: 8 },
    undo,
  }),
  all: releaseDoneCard({
    organization: longest.organization,
    user: longest.user,
    released: 1200,
    left: 0,
    service: { service: longest.service, product: longest.product, units: 2000, free: 2000 },
  }),
};
