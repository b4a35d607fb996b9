/** The form that makes a key for another program. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { field, required, textInput } from './fields.ts';

export type KeyForm = {
  /** What the key will be good for. */
  readonly organization: string;
  /** As typed; empty where nothing was. */
  readonly name: string;
  readonly error: string | undefined;
  readonly once: string;
};

export function keysFormCard({ organization, name, error, once: token }: KeyForm): Card {
  const input = textInput({
    id: 'name',
    label: 'Name',
    placeholder: 'billing',
    maxLength: 50,
    ...(name && { value: name }),
  });
  return card({
    organization,
    title: 'A key for another program',
    body: [
      lead('A billing system, for example, hands organizations, prices and orders over with it.'),
      ...field(required(input), error),
      subtle('The key is shown once, to you alone, and kept by nobody but you.', 'medium'),
    ],
    actions: [submitButton('Make the key', 'key.new', { once: token }), commandButton('Keys', 'keys')],
  });
}

export const samples: Record<string, Card> = {
  new: keysFormCard({ organization: 'HamaraCloud', name: '', error: undefined, once }),
  taken: keysFormCard({
    organization: 'HamaraCloud',
    name: 'billing',
    error: 'There is a key “billing” already.',
    once,
  }),
  long: keysFormCard({
    organization: longest.organization,
    name: longest.user,
    error: 'Up to 50 letters fit here; these are 61.',
    once,
  }),
};
