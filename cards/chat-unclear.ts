/** Words that are no command, and the commands they may have meant. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { card, lead } from './elements.ts';

export type ChatUnclear = {
  /** What was typed. */
  readonly text: string;
  /** Whole commands, the likeliest first. */
  readonly nearest: readonly string[];
};

const MOST = 3;

export function chatUnclearCard({ text, nearest }: ChatUnclear): Card {
  return card({
    title: `I don’t know “${text}”`,
    body: [lead(nearest.length > 0 ? question(nearest.length) : 'The help lists everything you can type.')],
    actions: [
      ...nearest.slice(0, MOST).map((command) => commandButton(command, command)),
      commandButton('Help', 'help'),
    ],
  });
}

const question = (found: number) => (found === 1 ? 'Did you mean this?' : 'Did you mean one of these?');

export const samples: Record<string, Card> = {
  nearest: chatUnclearCard({ text: 'ordres', nearest: ['orders', 'order 10023'] }),
  unknown: chatUnclearCard({ text: 'make me a sandwich', nearest: [] }),
  long: chatUnclearCard({
    text: 'asociate 10023/1 maximiliane.oberhuber-schwarzenbergerova@contoso.example *2* [units](x)',
    nearest: ['associate 10023/1 maximiliane.oberhuber-schwarzenbergerova@contoso.example'],
  }),
};
