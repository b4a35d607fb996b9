/** What a move did. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging, office } from './demo.ts';
import { card, lead } from './elements.ts';
import { count } from './format.ts';
import { type Undo, undoButton, undoLine } from './undo.ts';
import { type ServiceUnits, unitsTable } from './units.ts';

export type MoveDone = {
  readonly organization: string;
  readonly user: string;
  readonly units: number;
  /** Both as they are now. */
  readonly from: ServiceUnits;
  readonly to: ServiceUnits;
  readonly undo?: Undo | undefined;
};

export function moveDoneCard({ organization, user, units, from, to, undo }: MoveDone): Card {
  return card({
    organization,
    title: `${user} has moved to ${to.product}`,
    body: [
      lead(`${count(units, 'unit')} moved from ${from.service} to ${to.service}.`),
      unitsTable([from, to]),
      undoLine(undo),
    ],
    actions: [
      commandButton('User', `user ${user}`),
      commandButton('Move another', 'move'),
      commandButton('Free units', 'free'),
      undoButton(undo),
    ],
  });
}

export const samples: Record<string, Card> = {
  moved: moveDoneCard({
    organization: 'Contoso',
    user: 'bob@contoso.example',
    units: 1,
    from: { ...messaging, free: 8 },
    to: { ...office, free: 2 },
    undo: { id: '43', until: '2026-11-21T14:15:00Z' },
  }),
  long: moveDoneCard({
    organization: longest.organization,
    user: longest.user,
    units: 1200,
    from: { service: longest.service, product: longest.product, units: 2000, free: 2000 },
    to: { service: `${longest.short}/13`, product: longest.product, units: 1200, free: 0 },
  }),
};
