/** What one user has. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many, messaging, office, webex } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type UsersDetails = Paging & {
  readonly organization: string;
  /** The e-mail address. */
  readonly user: string;
  /** Over all services, whatever the page; `total` counts the services. */
  readonly units: number;
  readonly associations: readonly {
    readonly service: string;
    readonly product: string;
    readonly units: number;
  }[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Service', width: 6 },
  { title: 'Units', width: 1.5, align: 'right' },
];

export function usersDetailsCard(data: UsersDetails): Card {
  const { organization, user, associations } = data;
  const some = associations.length > 0;
  return card({
    organization,
    title: user,
    body: [lead(answer(data)), some ? table(COLUMNS, associations.map(row)) : undefined, pageLine(data)],
    actions: [
      ...pageButtons(data, 'users.page', { user }),
      commandButton('Associate', `associate ${user}`),
      ...(some ? [commandButton('Move', `move ${user}`), commandButton('Release', `release ${user}`)] : []),
    ],
  });
}

function answer({ total, units }: UsersDetails): string {
  return total === 0 ? 'Has no service.' : `Has ${count(units, 'unit')} of ${count(total, 'service')}.`;
}

function row({ service, product, units }: UsersDetails['associations'][number]): Cell[] {
  return [[product, small(service)], number(units)];
}

export const samples: Record<string, Card> = {
  alice: usersDetailsCard({
    organization: 'Contoso',
    user: 'alice@contoso.example',
    units: 4,
    associations: [
      { ...messaging, units: 2 },
      { ...office, units: 1 },
      { ...webex, units: 1 },
    ],
    page: 1,
    pages: 1,
    total: 3,
  }),
  empty: usersDetailsCard({
    organization: 'Contoso',
    user: 'dave@contoso.example',
    units: 0,
    associations: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: usersDetailsCard({
    organization: longest.organization,
    user: longest.user,
    units: 3200,
    associations: many(15, (index) => ({
      service: `${longest.short}/${index}`,
      product: longest.product,
      units: 100,
    })),
    page: 1,
    pages: 3,
    total: 32,
  }),
};
