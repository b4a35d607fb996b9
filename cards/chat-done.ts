/** A change that one sentence says all about. */
import type { Card } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { card, lead } from './elements.ts';
import { type Undo, undoButton, undoLine } from './undo.ts';

export type ChatDone = {
  readonly organization?: string | undefined;
  /** What is so now, in one sentence. */
  readonly answer: string;
  readonly detail?: string | undefined;
  readonly buttons?: readonly Command[] | undefined;
  readonly undo?: Undo | undefined;
};

export function chatDoneCard({ organization, answer, detail, buttons = [], undo }: ChatDone): Card {
  return card({
    organization,
    title: answer,
    body: [detail === undefined ? undefined : lead(detail), undoLine(undo)],
    actions: [...buttons.map(({ title, command }) => commandButton(title, command)), undoButton(undo)],
  });
}

export const samples: Record<string, Card> = {
  note: chatDoneCard({
    organization: 'Contoso',
    answer: 'The note on order 10023 is saved',
    detail: 'Renewal agreed with Bob until March.',
    buttons: [{ title: 'Order 10023', command: 'order 10023' }],
    undo: { id: '42', until: '2026-11-21T14:15:00Z' },
  }),
  notify: chatDoneCard({
    answer: 'Job notices are posted in #licences now',
    buttons: [
      { title: 'All notices', command: 'notify list' },
      { title: 'Stop them', command: 'notify off' },
    ],
  }),
};
