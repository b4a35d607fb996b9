/** The form that takes a person's role away. */
import type { Card } from '../src/chat/card.ts';
import { asking, commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { field, personInput, required } from './fields.ts';

export type AccessRevoke = {
  readonly organization: string;
  /** As typed. */
  readonly person: string;
  readonly error?: string | undefined;
  readonly once: string;
};

export function accessRevokeCard({ organization, person, error, once: token }: AccessRevoke): Card {
  return card({
    organization,
    title: 'Take a role away',
    body: [
      lead('The person can’t talk to me any more. What they did stays as it is.'),
      ...field(required(personInput(person)), error),
    ],
    actions: [
      asking(
        { ...submitButton('Take the role away', 'access.revoke', { once: token }), style: 'destructive' },
        {
          title: 'Take the role away?',
          text: 'The person can’t talk to me any more, from now on. What they did stays as it is.',
          yes: 'Take it away',
        },
      ),
      commandButton('Members', 'members'),
    ],
  });
}

export const samples: Record<string, Card> = {
  new: accessRevokeCard({ organization: 'Contoso', person: '', once }),
  error: accessRevokeCard({
    organization: longest.organization,
    person: longest.user,
    error: `${longest.user} has no role that you can take.`,
    once,
  }),
};
