/** The form that has the password of a tenant's first administrator sent: once, ever. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { callout, card, lead } from './elements.ts';
import { field, required, textInput } from './fields.ts';

export type AccountsCredentials = {
  readonly organization: string;
  readonly offering: string;
  /** `<organization>-<offering>`, by their ids. */
  readonly account: string;
  readonly domain: string;
  /** As typed. */
  readonly email: string;
  readonly errors?: { readonly email?: string | undefined } | undefined;
  readonly once: string;
};

export function accountsCredentialsCard(data: AccountsCredentials): Card {
  const { organization, offering, account, domain, email, errors, once: token } = data;
  const input = textInput({
    id: 'email',
    label: 'E-mail address that the password goes to',
    placeholder: 'name@company.example',
    style: 'email',
    maxLength: 254,
    ...(email && { value: email }),
  });
  return card({
    organization,
    title: 'Admin credentials',
    body: [
      lead(`Of the first administrator of ${domain} (${offering}).`),
      ...field(required(input), errors?.email),
      callout(
        'This can be done one time only. The credentials then belong to whoever gets the letter; asked again, only the admin user name is shown.',
        'warning',
      ),
    ],
    actions: [
      submitButton('Send the password', 'accounts.credentials', { account, once: token }),
      commandButton('Orders', 'orders'),
    ],
  });
}

const demo: AccountsCredentials = {
  organization: 'Contoso',
  offering: 'Microsoft O365',
  account: '3-2',
  domain: 'contoso.onmicrosoft.com',
  email: 'carla@contoso.example',
  once,
};

export const samples: Record<string, Card> = {
  ask: accountsCredentialsCard(demo),
  error: accountsCredentialsCard({
    ...demo,
    email: 'carla at contoso',
    errors: { email: '“carla at contoso” is not an e-mail address.' },
  }),
  long: accountsCredentialsCard({
    ...demo,
    organization: longest.organization,
    offering: longest.product,
    domain: 'fernmeldewesen-sued-ost-und-telekommunikation.onmicrosoft.com',
    email: longest.user,
  }),
};
