/** A change that was taken back. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, messaging } from './demo.ts';
import { card, lead } from './elements.ts';
import { freeOf, type ServiceUnits, serviceLine } from './units.ts';

export type HistoryUndone = {
  readonly organization: string;
  /** What it was, as the history tells it. */
  readonly what: string;
  /** The service whose units moved, as it is now. */
  readonly service?: ServiceUnits | undefined;
  /** The order it belongs to. */
  readonly order?: string | undefined;
};

export function historyUndoneCard({ organization, what, service, order }: HistoryUndone): Card {
  return card({
    organization,
    title: 'Undone',
    body: [lead(what), ...(service ? [lead(`${freeOf(service)} now.`), serviceLine(service)] : [])],
    actions: [
      service && commandButton('Free units', `free ${service.service}`),
      commandButton('History', order === undefined ? 'history' : `history ${order}`),
    ],
  });
}

export const samples: Record<string, Card> = {
  association: historyUndoneCard({
    organization: 'Contoso',
    what: 'Gave 2 units of 10023/1 to dave@contoso.example',
    service: messaging,
    order: '10023',
  }),
  note: historyUndoneCard({
    organization: longest.organization,
    what: `Put a note on order ${longest.number}`,
  }),
};
