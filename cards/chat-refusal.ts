/** Something that is not possible: why, and what to do instead. */
import type { Card } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, lead } from './elements.ts';

export type ChatRefusal = {
  readonly organization?: string | undefined;
  /** What is wrong, in one sentence. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy?: string | undefined;
  readonly buttons?: readonly Command[] | undefined;
};

export function chatRefusalCard({ organization, problem, remedy, buttons = [] }: ChatRefusal): Card {
  return card({
    organization,
    title: problem,
    body: [remedy === undefined ? undefined : lead(remedy)],
    actions: buttons.map(({ title, command }) => commandButton(title, command)),
  });
}

export const samples: Record<string, Card> = {
  unknown: chatRefusalCard({
    problem: 'I don’t know you yet',
    remedy: 'Ask an admin of your organization to type “grant” with your name.',
  }),
  order: chatRefusalCard({
    organization: 'Contoso',
    problem: 'Contoso has no order 10099',
    remedy: 'The list shows every order there is.',
    buttons: [
      { title: 'Recent orders', command: 'orders recent' },
      { title: 'Historical orders', command: 'orders historical' },
    ],
  }),
  undo: chatRefusalCard({
    organization: 'Contoso',
    problem: 'This can’t be undone any more',
    remedy: 'The 2 units of dave@contoso.example have moved on to another service since.',
    buttons: [{ title: 'History', command: 'history 10023' }],
  }),
  long: chatRefusalCard({
    organization: longest.organization,
    problem: `${longest.user} is not a user of ${longest.organization}`,
  }),
};
