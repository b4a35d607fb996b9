/** Something broke that the person cannot mend. */
import type { Card } from '../src/chat/card.ts';
import { card, lead, subtle } from './elements.ts';

export type ChatFault = {
  /** Finds the fault in the log. */
  readonly reference: string;
};

export function chatFaultCard({ reference }: ChatFault): Card {
  return card({
    title: 'Something went wrong on our side',
    body: [lead('Nothing was changed. You can try again in a moment.'), subtle(`Reference ${reference}`)],
  });
}

export const samples: Record<string, Card> = {
  fault: chatFaultCard({ reference: '7F3A9C' }),
};
