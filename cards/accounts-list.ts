/** Who has an account in the portal of a provider, and who has none yet. */
import type { Card } from '../src/chat/card.ts';
import { type AccountState, stateText } from './accounts.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, dateTime } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type AccountRow = {
  /** `<organization>-<offering>`, by their ids. */
  readonly key: string;
  readonly organization: string;
  readonly offering: string;
  readonly role: 'Reseller' | 'User';
  readonly state: AccountState;
  readonly userName?: string | undefined;
  readonly synchronizedAt?: string | undefined;
  /** What the provider said. */
  readonly error?: string | undefined;
};
export type AccountsList = Paging & { readonly accounts: readonly AccountRow[] };

const COLUMNS: readonly TableColumn[] = [
  { title: 'Organization', width: 5 },
  { title: 'Account', width: 5 },
];

export function accountsListCard(data: AccountsList): Card {
  const { accounts, total } = data;
  if (accounts.length === 0) {
    return card({
      title: 'Provisioning sync status',
      body: [lead('Nobody has a service with portal accounts yet, such as virtual machines.')],
      actions: [commandButton('Catalog', 'catalog')],
    });
  }
  return card({
    title: 'Provisioning sync status',
    body: [
      lead(`${count(total, 'account')} in the portals of the providers.`),
      table(COLUMNS, accounts.map(row)),
      pageLine(data),
      choiceInput({
        id: 'account',
        label: 'Synchronize',
        style: 'compact',
        placeholder: 'Choose an organization',
        choices: accounts.map(({ key, organization, offering }) => ({
          title: `${organization} · ${offering}`,
          value: key,
        })),
      }),
    ],
    actions: [
      {
        type: 'Action.Execute',
        title: 'Sync options',
        verb: 'accounts.open',
        data: {},
        associatedInputs: 'auto',
      },
      ...pageButtons(data, 'accounts.page'),
    ],
  });
}

function row({ organization, offering, role, state, userName, synchronizedAt, error }: AccountRow): Cell[] {
  const when = synchronizedAt === undefined ? [] : [small(dateTime(synchronizedAt))];
  return [
    [{ text: organization, weight: 'bolder' }, small(`${offering} · ${role}`)],
    [stateText(state), ...(userName ? [small(userName)] : []), ...when, ...(error ? [small(error)] : [])],
  ];
}

const page = { page: 1, pages: 1, total: 3 };
const northwind: AccountRow = {
  key: '2-4',
  organization: 'Northwind Partners',
  offering: 'Azure Pack',
  role: 'Reseller',
  state: 'synchronized',
  userName: 'nora@northwind.example',
  synchronizedAt: '2026-11-21T14:05:00Z',
};
const contoso: AccountRow = {
  key: '3-4',
  organization: 'Contoso',
  offering: 'Azure Pack',
  role: 'User',
  state: 'not synchronized',
};

export const samples: Record<string, Card> = {
  some: accountsListCard({
    ...page,
    accounts: [
      northwind,
      contoso,
      {
        ...contoso,
        key: '4-4',
        organization: 'Fabrikam',
        state: 'synchronizing',
        userName: 'frida@fabrikam.example',
      },
    ],
  }),
  failed: accountsListCard({
    ...page,
    total: 1,
    accounts: [
      {
        ...contoso,
        state: 'failed',
        userName: 'carla@contoso.example',
        error: 'e-mail address invalid for the customer',
      },
    ],
  }),
  many: accountsListCard({
    page: 2,
    pages: 9,
    total: 90,
    accounts: many(10, (index) => ({
      ...northwind,
      key: `${index}-4`,
      organization: `${index} ${longest.organization}`,
      offering: longest.product,
      userName: longest.user,
    })),
  }),
  none: accountsListCard({ page: 1, pages: 1, total: 0, accounts: [] }),
};
