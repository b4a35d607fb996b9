/** What will be synchronized, to be confirmed. */
import type { Card } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, facts, lead } from './elements.ts';

export type AccountsConfirm = {
  readonly organization: string;
  readonly offering: string;
  readonly account: string;
  readonly parent: string;
  readonly userName: string;
  readonly role: 'Reseller' | 'User';
  readonly once: string;
};

export function accountsConfirmCard(data: AccountsConfirm): Card {
  const { organization, offering, account, parent, userName, role, once: token } = data;
  return card({
    organization,
    title: `Synchronize with ${offering}?`,
    body: [
      lead(`An account is made in the portal of ${offering}. The activation e-mail goes to ${userName}.`),
      facts([
        ['Parent account', parent || 'None'],
        ['Username', userName],
        ['Role', role],
      ]),
    ],
    actions: [
      actionButton('OK', 'accounts.sync', { account, parent, userName, role, once: token }, 'positive'),
      actionButton('Back', 'accounts.back', { account, parent, userName, role }),
    ],
  });
}

const demo: AccountsConfirm = {
  organization: 'Contoso',
  offering: 'Azure Pack',
  account: '3-4',
  parent: 'acc-3f9a1c',
  userName: 'carla@contoso.example',
  role: 'User',
  once,
};

export const samples: Record<string, Card> = {
  customer: accountsConfirmCard(demo),
  reseller: accountsConfirmCard({
    ...demo,
    organization: 'Northwind Partners',
    parent: '',
    userName: 'nora@northwind.example',
    role: 'Reseller',
  }),
  long: accountsConfirmCard({
    ...demo,
    organization: longest.organization,
    offering: longest.product,
    userName: longest.user,
  }),
};
