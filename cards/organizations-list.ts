/** The organizations that somebody may see: what each is, where, and whom one reaches there. */
import type { Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { count, list } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OrganizationRow = {
  readonly name: string;
  readonly kind: 'provider' | 'reseller' | 'customer';
  /** Whose reseller or customer it is. */
  readonly parent?: string | undefined;
  /** `Madrid, Spain` */
  readonly place: string;
  readonly contact: string;
  readonly contactEmail?: string | undefined;
  readonly mpnId?: string | undefined;
};

export type OrganizationsList = Paging & {
  readonly organization: string;
  /** What was searched for. */
  readonly text?: string | undefined;
  readonly resellers: number;
  readonly customers: number;
  readonly organizations: readonly OrganizationRow[];
  /** The viewer may make a new one. */
  readonly mayCreate: boolean;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Organization', width: 4 },
  { title: 'Place', width: 2.5 },
  { title: 'Contact', width: 4 },
];
const KINDS = { provider: 'Provider', reseller: 'Reseller', customer: 'Customer' } as const;
const MOST_OPENED = 4;

export function organizationsListCard(data: OrganizationsList): Card {
  const { organization, organizations } = data;
  const pages = pageButtons(data, 'organizations.page', { text: data.text ?? '' });
  const opened = organizations.length <= MOST_OPENED && pages.length === 0 ? organizations : [];
  return card({
    organization,
    title: 'Organizations',
    body: [
      lead(answer(data)),
      organizations.length > 0 ? table(COLUMNS, organizations.map(row)) : undefined,
      pageLine(data),
      opened.length > 0 ? undefined : hint(organizations),
    ],
    actions: [
      ...opened.map(({ name }) => commandButton(name, `organization ${quoted(name)}`)),
      ...pages,
      data.mayCreate ? commandButton('New organization', 'new organization') : undefined,
      data.text ? commandButton('All organizations', 'organizations') : undefined,
    ],
  });
}

function answer({ total, resellers, customers, text }: OrganizationsList): string {
  if (total === 0) return text ? `No organization has to do with “${text}”.` : 'There is no organization.';
  const kinds = [
    ...(resellers > 0 ? [count(resellers, 'reseller')] : []),
    ...(customers > 0 ? [count(customers, 'customer')] : []),
  ];
  const searched = text ? ` with “${text}”` : '';
  const among = kinds.length > 0 && total > 1 ? `, among them ${list(kinds)}` : '';
  return `${count(total, 'organization')}${searched}${among}.`;
}

function row({ name, kind, parent, place, contact, contactEmail, mpnId }: OrganizationRow): Cell[] {
  const of = parent === undefined ? KINDS[kind] : `${KINDS[kind]} of ${parent}`;
  return [
    [{ text: name, weight: 'bolder' }, small(of), ...(mpnId ? [small(`MPN ID ${mpnId}`)] : [])],
    place,
    [contact, ...(contactEmail ? [small(contactEmail)] : [])],
  ];
}

function hint(organizations: readonly OrganizationRow[]): Element | undefined {
  const first = organizations[0];
  return first && subtle(`To open one, type its name: organization ${first.name}`);
}

const demo: OrganizationRow[] = [
  {
    name: 'HamaraCloud',
    kind: 'provider',
    place: 'Bengaluru, India',
    contact: 'Priya Raman',
    contactEmail: 'priya@hamaracloud.example',
    mpnId: '5120001',
  },
  {
    name: 'Northwind Partners',
    kind: 'reseller',
    parent: 'HamaraCloud',
    place: 'Stockholm, Sweden',
    contact: 'Nora Lindgren',
    contactEmail: 'nora@northwind.example',
    mpnId: '4783211',
  },
  {
    name: 'Contoso',
    kind: 'customer',
    parent: 'Northwind Partners',
    place: 'Madrid, Spain',
    contact: 'Carla Diaz',
    contactEmail: 'carla@contoso.example',
  },
  { name: 'Fabrikam', kind: 'customer', parent: 'HamaraCloud', place: 'Berlin, Germany', contact: '' },
];
const one = { page: 1, pages: 1 };

export const samples: Record<string, Card> = {
  demo: organizationsListCard({
    ...one,
    organization: 'HamaraCloud',
    total: 4,
    resellers: 1,
    customers: 2,
    organizations: demo,
    mayCreate: true,
  }),
  own: organizationsListCard({
    ...one,
    organization: 'Contoso',
    total: 1,
    resellers: 0,
    customers: 1,
    organizations: demo.slice(2, 3),
    mayCreate: false,
  }),
  empty: organizationsListCard({
    ...one,
    organization: 'HamaraCloud',
    text: 'tailspin',
    total: 0,
    resellers: 0,
    customers: 0,
    organizations: [],
    mayCreate: true,
  }),
  page: organizationsListCard({
    organization: longest.organization,
    page: 2,
    pages: 7,
    total: 68,
    resellers: 12,
    customers: 56,
    text: 'fernmelde',
    organizations: many(10, () => ({
      name: longest.organization,
      kind: 'customer',
      parent: longest.organization,
      place: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, United Kingdom',
      contact: 'Maximiliane Oberhuber-Schwarzenbergerova',
      contactEmail: longest.user,
      mpnId: '478321199999',
    })),
    mayCreate: true,
  }),
};
