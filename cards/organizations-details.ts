/** One organization: where it is, whom one reaches there, and what it lacks before it can order. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { actionButton, commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { badge, callout, card, facts, lead, section, subtle } from './elements.ts';
import { list, percent } from './format.ts';

export type OrganizationsDetails = {
  readonly id: number;
  readonly name: string;
  readonly kind: 'provider' | 'reseller' | 'customer';
  readonly parent?: string | undefined;
  /** What was just done with it: `Created.` */
  readonly news?: string | undefined;
  readonly address: readonly string[];
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
  readonly phone?: string | undefined;
  readonly contact: {
    readonly firstName?: string | undefined;
    readonly lastName?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
  };
  readonly domains: readonly string[];
  readonly mpnId?: string | undefined;
  readonly currency: string;
  /** Hundredths of a percent; only for those who may see it. */
  readonly markupBp?: number | undefined;
  /** Of a customer: what must be known before something can be ordered. */
  readonly missing: readonly string[];
  readonly mayChange: boolean;
  /** It is new, and this person says what is added to its prices. */
  readonly setsMarkup?: boolean;
};

const BADGES = {
  provider: badge('Provider', 'accent'),
  reseller: badge('Reseller', 'informative'),
  customer: badge('Customer', 'informative'),
} as const;

export function organizationsDetailsCard(data: OrganizationsDetails): Card {
  const { contact } = data;
  return card({
    organization: data.parent,
    title: data.name,
    badge: BADGES[data.kind],
    body: [
      lead(answer(data)),
      data.missing.length > 0
        ? callout(`Before anything can be ordered, add ${list(data.missing)}.`, 'warning')
        : undefined,
      data.setsMarkup ? subtle('Nothing is added to its prices yet.') : undefined,
      ...part('Address', [
        ['Address', data.address.join('\n') || undefined],
        ['Postal code', data.postalCode],
        ['City', data.city],
        ['State', data.state],
        ['Country', data.country],
        ['Phone', data.phone],
      ]),
      ...part('Contact', [
        ['First name', contact.firstName],
        ['Last name', contact.lastName],
        ['E-mail', contact.email],
        ['Phone', contact.phone],
      ]),
      ...part('More', [
        ['Domains', data.domains.join(', ') || undefined],
        ['MPN ID', data.mpnId],
        ['Currency', data.currency],
        ['Markup', data.markupBp === undefined ? undefined : percent(data.markupBp)],
      ]),
    ],
    actions: actions(data),
  });
}

function answer({ kind, parent, missing, news }: OrganizationsDetails): string {
  const said = news === undefined ? [] : [news];
  const of = parent === undefined ? 'The provider.' : `A ${kind} of ${parent}.`;
  const ready = kind === 'customer' && missing.length === 0 ? ['All that an order needs is known.'] : [];
  return [...said, of, ...ready].join(' ');
}

function part(title: string, pairs: Parameters<typeof facts>[0]): Element[] {
  const known = facts(pairs);
  return known === undefined ? [] : [section(title), known];
}

function actions(data: OrganizationsDetails): (Action | undefined)[] {
  const { id, name, kind, mayChange, missing, setsMarkup } = data;
  const markup = setsMarkup ? commandButton('Set the markup', `markup ${quoted(name)}`) : undefined;
  const change = mayChange ? commandButton('Change', `change organization ${quoted(name)}`) : undefined;
  if (kind !== 'customer') {
    return [
      change,
      markup,
      commandButton('Its customers', `organizations ${quoted(name)}`),
      commandButton('All organizations', 'organizations'),
    ];
  }
  const go = (title: string, command: string) =>
    actionButton(title, 'organizations.use', { choice: `${id} ${command}` });
  return [
    change,
    markup,
    commandButton('Use', `use ${quoted(name)}`),
    go('Orders', 'orders'),
    missing.length === 0 ? go('New order', 'new order') : undefined,
    commandButton('All organizations', 'organizations'),
  ];
}

const contoso: OrganizationsDetails = {
  id: 3,
  name: 'Contoso',
  kind: 'customer',
  parent: 'Northwind Partners',
  address: ['Calle de Alcalá 45', 'Planta 4'],
  city: 'Madrid',
  postalCode: '28014',
  country: 'Spain',
  phone: '+34915550120',
  contact: { firstName: 'Carla', lastName: 'Diaz', email: 'carla@contoso.example' },
  domains: ['contoso.example', 'contoso.onmicrosoft.com'],
  currency: 'EUR',
  missing: [],
  mayChange: true,
};

export const samples: Record<string, Card> = {
  customer: organizationsDetailsCard(contoso),
  markup: organizationsDetailsCard({ ...contoso, markupBp: 1500 }),
  created: organizationsDetailsCard({
    ...contoso,
    markupBp: 0,
    news: 'Contoso is created.',
    setsMarkup: true,
  }),
  missing: organizationsDetailsCard({
    ...contoso,
    name: 'Fabrikam',
    parent: 'HamaraCloud',
    address: ['Lindenstraße 14'],
    city: 'Berlin',
    postalCode: '10969',
    country: 'Germany',
    phone: '+49305550130',
    contact: {},
    domains: ['fabrikam.example'],
    missing: ['the contact’s first name', 'the contact’s last name', 'the contact’s e-mail address'],
  }),
  reseller: organizationsDetailsCard({
    ...contoso,
    name: 'Northwind Partners',
    kind: 'reseller',
    address: ['Kungsgatan 12'],
    city: 'Stockholm',
    postalCode: '111 35',
    country: 'Sweden',
    phone: '+4685550110',
    contact: { firstName: 'Nora', lastName: 'Lindgren', email: 'nora@northwind.example' },
    parent: 'HamaraCloud',
    mpnId: '4783211',
    domains: [],
    mayChange: false,
  }),
  long: organizationsDetailsCard({
    ...contoso,
    name: longest.organization,
    parent: longest.organization,
    address: [
      'Straße der Königlichen Gesellschaft für Telekommunikation 1100–1108',
      'Hinterhaus, 14. Stock, links',
    ],
    city: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    state: 'Mecklenburg-Vorpommern',
    contact: {
      firstName: 'Maximiliane',
      lastName: 'Oberhuber-Schwarzenbergerova',
      email: longest.user,
      phone: '+493055501000',
    },
    domains: Array.from({ length: 20 }, (_, index) => `fernmeldewesen-${index}.contoso.example`),
    markupBp: 123456,
  }),
};
