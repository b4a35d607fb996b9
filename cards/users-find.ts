/** The form that looks up a user, who is found by name or address. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { field, required, userInput } from './fields.ts';

export type UsersFind = {
  /** As typed. */
  readonly user: string;
  readonly error?: string | undefined;
  readonly once: string;
};

export function usersFindCard({ user, error, once: token }: UsersFind): Card {
  return card({
    title: 'Look up a user',
    body: [lead('You see what the user has of each service.'), ...field(required(userInput(user)), error)],
    actions: [submitButton('Show', 'users.find', { once: token }), commandButton('Associate', 'associate')],
  });
}

export const samples: Record<string, Card> = {
  new: usersFindCard({ user: '', once }),
  error: usersFindCard({ user: 'alice', error: '“alice” is not an e-mail address.', once }),
  long: usersFindCard({
    user: longest.user,
    error: `${longest.organization} has no user ${longest.user}.`,
    once,
  }),
};
