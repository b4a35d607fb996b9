/** A key that was made: the only time that it can be read. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { callout, card, facts, lead, text } from './elements.ts';

export type KeyShown = {
  readonly organization: string;
  readonly id: number;
  readonly name: string;
  readonly key: string;
  /** Good for everything the provider has; else for a reseller and its customers. */
  readonly wide: boolean;
};

export function keysShownCard({ organization, id, name, key, wide }: KeyShown): Card {
  return card({
    organization,
    title: `The key “${name}” is made`,
    body: [
      lead(
        `Good for ${wide ? `all of ${organization}` : `${organization} and its customers`}, until it is revoked.`,
      ),
      text(key, { weight: 'bolder', spacing: 'medium' }),
      callout('Copy it now: it is shown this once and not kept. Who has it can do what you can.', 'warning'),
      facts([
        ['How to use it', 'Send it with each request, in the header: Authorization: Bearer and the key'],
        ['Description', '/api/v1/openapi.json'],
        ['Number', String(id)],
      ]),
    ],
    actions: [commandButton('Keys', 'keys'), commandButton('Revoke it', `key revoke ${id}`)],
  });
}

const key = `qm_${'nX4vTq-Jr8'.repeat(4)}_b7`;

export const samples: Record<string, Card> = {
  provider: keysShownCard({ organization: 'HamaraCloud', id: 3, name: 'billing', key, wide: true }),
  reseller: keysShownCard({ organization: 'Northwind Partners', id: 4, name: 'crm', key, wide: false }),
  long: keysShownCard({
    organization: longest.organization,
    id: 99_999,
    name: 'The billing system of the main office, second try',
    key,
    wide: false,
  }),
};
