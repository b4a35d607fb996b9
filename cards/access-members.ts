/** Who may do what. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type AccessMembers = Paging & {
  readonly organization: string;
  readonly members: readonly {
    readonly person: string;
    readonly email?: string | undefined;
    readonly role: string;
    readonly organization: string;
  }[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Person', width: 4 },
  { title: 'Role', width: 2.5 },
  { title: 'Organization', width: 3 },
];

export function accessMembersCard(data: AccessMembers): Card {
  const { organization, members } = data;
  return card({
    organization,
    title: 'Members',
    body: [
      lead(
        data.total === 0 ? 'Nobody has a role yet.' : `${count(data.total, 'person', 'people')} with a role.`,
      ),
      members.length > 0 ? table(COLUMNS, members.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [
      ...pageButtons(data, 'members.page'),
      commandButton('Give a role', 'grant'),
      commandButton('Take a role away', 'revoke'),
    ],
  });
}

function row({ person, email, role, organization }: AccessMembers['members'][number]): Cell[] {
  const address = email ? [small(email)] : [];
  return [[person, ...address], role, organization];
}

export const samples: Record<string, Card> = {
  demo: accessMembersCard({
    organization: 'HamaraCloud',
    members: [
      {
        person: 'Priya Raman',
        email: 'priya@hamaracloud.example',
        role: 'Provider admin',
        organization: 'HamaraCloud',
      },
      { person: 'Arjun Mehta', role: 'Account manager', organization: 'HamaraCloud' },
      {
        person: 'Nora Lindgren',
        email: 'nora@northwind.example',
        role: 'Reseller admin',
        organization: 'Northwind Partners',
      },
      {
        person: 'Alice Ahlberg',
        email: 'alice@contoso.example',
        role: 'Customer admin',
        organization: 'Contoso',
      },
      { person: 'Chris Young', email: 'chris@contoso.example', role: 'Customer', organization: 'Contoso' },
    ],
    page: 1,
    pages: 1,
    total: 5,
  }),
  empty: accessMembersCard({ organization: 'Contoso', members: [], page: 1, pages: 1, total: 0 }),
  page: accessMembersCard({
    organization: longest.organization,
    members: many(15, () => ({
      person: 'Maximiliane Oberhuber-Schwarzenbergerova',
      email: longest.user,
      role: 'Customer admin',
      organization: longest.organization,
    })),
    page: 2,
    pages: 3,
    total: 40,
  }),
};
