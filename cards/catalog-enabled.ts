/** An offering was added to a store, or to a customer: what comes next. */
import type { Card } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, linkButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead } from './elements.ts';

export type CatalogEnabled = {
  readonly organization: string;
  readonly offering: string;
  readonly isCustomer: boolean;
  readonly contact: string;
  readonly mpnId?: string | undefined;
  readonly domain?: string | undefined;
  readonly isMigration: boolean;
  /** Who can have it next. */
  readonly next: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
};

const MOST_NEXT = 3;

export function catalogEnabledCard(data: CatalogEnabled): Card {
  const { organization, offering, isCustomer, contact, mpnId, domain, isMigration, next, links } = data;
  return card({
    organization,
    title: isCustomer ? `${offering} is enabled` : `${offering} is in the store`,
    body: [
      lead(
        isCustomer
          ? `${organization} can order it now.`
          : 'The catalog shows its prices. Next, enable it for a customer.',
      ),
      facts([
        ['Contact', contact],
        ['MPN ID', mpnId],
        ['Domain', domain],
        ['Migrate', isMigration ? 'Its subscriptions move here' : undefined],
      ]),
    ],
    actions: [
      isCustomer ? commandButton('New order', 'new order') : undefined,
      ...next
        .slice(0, MOST_NEXT)
        .map((name) => commandButton(`Enable for ${name}`, `enable ${quoted(offering)} ${quoted(name)}`)),
      commandButton(isCustomer ? 'Catalog' : 'Prices', isCustomer ? 'catalog' : 'prices'),
      ...links.map(linkButton),
    ],
  });
}

const customer: CatalogEnabled = {
  organization: 'Fabrikam',
  offering: 'Microsoft O365',
  isCustomer: true,
  contact: 'Frida Berg <frida@fabrikam.example>',
  domain: 'fabrikam.onmicrosoft.com',
  isMigration: false,
  next: [],
  links: [
    {
      title: 'Setup guide',
      url: 'https://learn.microsoft.com/microsoft-365/admin/setup/plan-your-setup',
    },
  ],
};

export const samples: Record<string, Card> = {
  customer: catalogEnabledCard(customer),
  migrated: catalogEnabledCard({ ...customer, isMigration: true }),
  store: catalogEnabledCard({
    ...customer,
    organization: 'Northwind Partners',
    isCustomer: false,
    contact: 'Nora Lindgren <nora@northwind.example>',
    mpnId: '4783211',
    domain: undefined,
    next: ['Contoso', 'Tailspin'],
  }),
  long: catalogEnabledCard({
    ...customer,
    organization: longest.organization,
    offering: longest.product,
    isCustomer: false,
    next: [longest.organization, longest.organization, longest.organization, longest.organization],
  }),
};
