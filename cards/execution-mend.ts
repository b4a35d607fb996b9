/** The form that mends what a vendor refused, and tries an order once more. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { callout, card, lead } from './elements.ts';
import { field, textInput } from './fields.ts';

type Fields = Readonly<Record<'name' | 'email' | 'domain' | 'customer', string>>;
export type ExecutionMend = {
  readonly organization: string;
  /** As one types it: `10029` */
  readonly order: string;
  /** Why it failed, and whose words that is. */
  readonly reason?: string | undefined;
  readonly values: Fields;
  /** Those that can be mended still. */
  readonly asks: readonly (keyof Fields)[];
  /** What a domain ends with: `onmicrosoft.com` */
  readonly suffix?: string | undefined;
  readonly errors?: Partial<Fields> | undefined;
  readonly once: string;
};

export function executionMendCard(data: ExecutionMend): Card {
  const { organization, order, reason, asks } = data;
  return card({
    organization,
    title: `Retry order ${order}`,
    body: [
      reason === undefined ? undefined : callout(reason, 'attention'),
      lead('Mend what is wrong, or try it again as it is. What is done already is not done again.'),
      ...asks.flatMap((name) => input(name, data)),
    ],
    actions: [
      submitButton('Retry', 'execution.retry', { order, once: data.once }),
      commandButton('Order', `order ${order}`),
      commandButton('History', `history ${order}`),
    ],
  });
}

function input(name: keyof Fields, { values, errors = {}, suffix }: ExecutionMend): Element[] {
  const domain = `customer.${suffix ?? 'example'}`;
  const known = {
    name: { label: 'Contact person', placeholder: 'Frida Berg', maxLength: 100 },
    email: { label: 'E-mail of the contact person', placeholder: 'frida@fabrikam.example', maxLength: 254 },
    domain: { label: 'Domain name', placeholder: domain, maxLength: 253 },
    customer: { label: 'E-mail of the end customer', placeholder: 'dana@customer.example', maxLength: 254 },
  }[name];
  const value = values[name];
  return field(textInput({ id: name, ...known, ...(value && { value }) }), errors[name]);
}

const plain: ExecutionMend = {
  organization: 'Fabrikam',
  order: '10028',
  reason: 'The vendor says: e-mail address invalid for the customer',
  values: { name: 'Frida Berg', email: 'frida@fabrikam', domain: '', customer: '' },
  asks: ['name', 'email'],
  once,
};

export const samples: Record<string, Card> = {
  plain: executionMendCard(plain),
  all: executionMendCard({
    ...plain,
    asks: ['name', 'email', 'domain', 'customer'],
    suffix: 'onmicrosoft.com',
  }),
  errors: executionMendCard({
    ...plain,
    asks: ['name', 'email', 'domain', 'customer'],
    suffix: 'onmicrosoft.com',
    values: { name: '', email: 'frida at fabrikam', domain: 'fabrikam', customer: 'nobody' },
    errors: {
      name: 'Type the name of the contact person.',
      email: '“frida at fabrikam” is not an e-mail address.',
      domain: '“fabrikam” is not a domain name that ends with .onmicrosoft.com.',
      customer: '“nobody” is not an e-mail address.',
    },
  }),
  long: executionMendCard({
    ...plain,
    organization: longest.organization,
    order: longest.short,
    reason: `The contact ${longest.user} can’t be reached. `.repeat(8).trim(),
    values: { name: longest.organization, email: longest.user, domain: longest.user, customer: longest.user },
    asks: ['name', 'email', 'domain', 'customer'],
  }),
};
