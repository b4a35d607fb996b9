/** The form that mends what a vendor refused, and tries an order once more. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { callout, card, lead, subtle } from './elements.ts';
import { field, required, textInput } from './fields.ts';

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
  /** The contact that is asked for is that of the organization for it: `Microsoft O365` */
  readonly offering?: string | undefined;
  /** Whose account is made: the organization, or who it resells to. */
  readonly endCustomer: string;
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
      asks.includes('email') ? subtle(changes(data)) : undefined,
    ],
    actions: [
      submitButton('Retry', 'execution.retry', { order, once: data.once }),
      commandButton('Order', `order ${order}`),
      commandButton('History', `history ${order}`),
    ],
  });
}

/** Whose contact it is, and where else it counts. */
function changes({ organization, offering }: ExecutionMend): string {
  const of = offering === undefined ? organization : `${organization} for ${offering}`;
  return `This changes the contact of ${of}, for later orders too. The contact in the data of ${organization} stays as it is.`;
}

function input(name: keyof Fields, data: ExecutionMend): Element[] {
  const { values, errors = {}, suffix, organization, offering, endCustomer } = data;
  const domain = `customer.${suffix ?? 'example'}`;
  const of = offering === undefined ? organization : `${organization} for ${offering}`;
  const known = {
    name: { label: `Contact person of ${of}`, placeholder: 'Frida Berg', maxLength: 100 },
    email: { label: 'E-mail of this contact person', placeholder: 'frida@fabrikam.example', maxLength: 254 },
    domain: { label: `Domain name of ${organization}`, placeholder: domain, maxLength: 253 },
    customer: {
      label: `E-mail for the account of ${endCustomer}, for this order only`,
      placeholder: 'dana@customer.example',
      maxLength: 254,
    },
  }[name];
  const value = values[name];
  return field(required(textInput({ id: name, ...known, ...(value && { value }) })), errors[name]);
}

const plain: ExecutionMend = {
  organization: 'Fabrikam',
  order: '10028',
  reason: 'The vendor says: e-mail address invalid for the customer',
  values: { name: 'Frida Berg', email: 'frida@fabrikam', domain: '', customer: '' },
  offering: 'Microsoft O365',
  endCustomer: 'Fabrikam',
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
    offering: longest.product,
    endCustomer: longest.organization,
    order: longest.short,
    reason: `The contact ${longest.user} can’t be reached. `.repeat(8).trim(),
    values: { name: longest.organization, email: longest.user, domain: longest.user, customer: longest.user },
    asks: ['name', 'email', 'domain', 'customer'],
  }),
};
