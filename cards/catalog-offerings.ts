/** Which offerings an organization has, and which it can have. */
import type { Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead, section, subtle, text } from './elements.ts';
import { count, date, list } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OfferingRow = {
  readonly name: string;
  readonly vendor: string;
  readonly contact: string;
  readonly email: string;
  readonly mpnId?: string | undefined;
  readonly domain?: string | undefined;
  readonly isMigration: boolean;
  readonly since: string;
  readonly by: string;
};

export type CatalogOfferings = {
  readonly organization: string;
  readonly isCustomer: boolean;
  readonly isOwn: boolean;
  readonly has: readonly OfferingRow[];
  /** In the store that it buys from, and not yet its own. */
  readonly canHave: readonly string[];
  /** What it has to fill in first, in words. */
  readonly missing: readonly string[];
  /** Whose store it buys from, where the reader may look into it. */
  readonly store?: string | undefined;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Offering', width: 3 },
  { title: 'Contact', width: 4 },
  { title: 'Since, by', width: 2.4 },
];
const MOST_BUTTONS = 3;

export function catalogOfferingsCard(data: CatalogOfferings): Card {
  const { organization, isCustomer, has, canHave, missing, store } = data;
  const complete = missing.length === 0;
  return card({
    organization,
    title: isCustomer ? 'Offerings' : 'Offerings in the store',
    body: [
      lead(answer(data)),
      has.length > 0 ? table(COLUMNS, has.map(row)) : undefined,
      ...canStillHave(canHave, isCustomer),
      complete ? undefined : callout(`First fill in ${list(missing)}.`, 'warning'),
    ],
    actions: [
      ...(complete
        ? canHave
            .slice(0, MOST_BUTTONS)
            .map((name) => commandButton(`Enable ${name}`, `enable ${quoted(name)} ${quoted(organization)}`))
        : [commandButton('Fill in the details', `organization ${quoted(organization)}`)]),
      has.length > 0 && isCustomer ? commandButton('New order', 'new order') : undefined,
      commandButton('Catalog', 'catalog'),
      store === undefined ? undefined : commandButton('Store', `offerings ${quoted(store)}`),
    ],
  });
}

function answer({ has, isCustomer, isOwn, organization }: CatalogOfferings): string {
  const whose = isOwn && !isCustomer ? 'Your store' : organization;
  if (has.length === 0) return `${whose} has no offering yet.`;
  return `${whose} has ${count(has.length, 'offering')}.`;
}

function row({ name, vendor, contact, email, mpnId, domain, isMigration, since, by }: OfferingRow): Cell[] {
  return [
    [{ text: name, weight: 'bolder' }, small(vendor), ...(isMigration ? [small('Migrated')] : [])],
    [
      contact,
      small(email),
      ...(domain === undefined ? [] : [small(domain)]),
      ...(mpnId === undefined ? [] : [small(`MPN ID ${mpnId}`)]),
    ],
    [date(since), small(by)],
  ];
}

function canStillHave(names: readonly string[], isCustomer: boolean): Element[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_BUTTONS ? [subtle('To enable one, type: enable and its name')] : [];
  return [section(isCustomer ? 'Can be enabled' : 'Can be added'), text(names.join(', ')), ...more];
}

const office: OfferingRow = {
  name: 'Microsoft O365',
  vendor: 'Microsoft',
  contact: 'Carla Diaz',
  email: 'carla@contoso.example',
  domain: 'contoso.onmicrosoft.com',
  isMigration: false,
  since: '2026-09-01T09:30:00Z',
  by: 'Nora Lindgren',
};
const none = { has: [], canHave: [], missing: [] };

export const samples: Record<string, Card> = {
  customer: catalogOfferingsCard({
    ...none,
    organization: 'Contoso',
    isCustomer: true,
    isOwn: false,
    has: [office, { ...office, name: 'Webex', vendor: 'Cisco', domain: undefined, isMigration: true }],
    canHave: ['Azure Pack'],
    store: 'Northwind Partners',
  }),
  store: catalogOfferingsCard({
    ...none,
    organization: 'Northwind Partners',
    isCustomer: false,
    isOwn: true,
    has: [
      {
        ...office,
        domain: undefined,
        mpnId: '4783211',
        contact: 'Nora Lindgren',
        email: 'nora@northwind.example',
      },
    ],
    canHave: ['Azure Pack', 'UniversalMessaging', 'Webex', 'Zoom'],
    store: 'HamaraCloud',
  }),
  missing: catalogOfferingsCard({
    ...none,
    organization: 'Fabrikam',
    isCustomer: true,
    isOwn: false,
    canHave: ['Microsoft O365', 'Webex'],
    missing: ['the contact’s first name', 'the contact’s last name', 'the contact’s e-mail address'],
  }),
  empty: catalogOfferingsCard({ ...none, organization: 'Contoso', isCustomer: true, isOwn: true }),
  long: catalogOfferingsCard({
    ...none,
    organization: longest.organization,
    isCustomer: true,
    isOwn: false,
    has: many(12, () => ({
      ...office,
      name: longest.product,
      vendor: longest.organization,
      contact: 'Maximiliane Oberhuber-Schwarzenbergerova',
      email: longest.user,
      mpnId: '1234567890',
      domain: 'fernmeldewesen-sued-ost-gesellschaft.onmicrosoft.com',
      by: 'Maximiliane Oberhuber-Schwarzenbergerova',
    })),
    canHave: many(20, () => longest.product),
    store: longest.organization,
  }),
};
