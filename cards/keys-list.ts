/** The keys of other programs, those that work first. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, date, dateTime } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type KeyRow = {
  readonly id: number;
  readonly name: string;
  /** Its first and last letters. */
  readonly hint: string;
  readonly organization: string;
  readonly by: string;
  readonly at: string;
  readonly usedAt?: string | undefined;
  readonly revokedAt?: string | undefined;
};

export type KeysList = Paging & { readonly organization: string; readonly keys: readonly KeyRow[] };

const COLUMNS: readonly TableColumn[] = [
  { title: 'No.', width: 1.2 },
  { title: 'Key', width: 4.4 },
  { title: 'Made', width: 3.4 },
  { title: 'Last used', width: 3 },
];
const MOST_REVOKED = 3;

export function keysListCard(data: KeysList): Card {
  const { organization, keys, total } = data;
  const working = keys.filter(({ revokedAt }) => revokedAt === undefined);
  return card({
    organization,
    title: 'Keys',
    body: [
      lead(total === 0 ? 'No other program has a key yet.' : `${count(total, 'key')} of other programs.`),
      keys.length > 0
        ? table(
            COLUMNS,
            keys.map((key) => row(key, organization)),
          )
        : undefined,
      pageLine(data),
    ],
    actions: [
      commandButton('New key', 'key new'),
      ...pageButtons(data, 'keys.page'),
      ...working
        .slice(0, MOST_REVOKED)
        .map(({ id, name }) => commandButton(`Revoke ${name}`, `key revoke ${id}`)),
    ],
  });
}

function row({ id, name, hint, organization, by, at, usedAt, revokedAt }: KeyRow, own: string): Cell[] {
  const whose = organization === own ? [] : [small(organization)];
  const state =
    revokedAt === undefined
      ? [usedAt === undefined ? 'Never' : dateTime(usedAt)]
      : [
          { text: `Revoked ${date(revokedAt)}`, color: 'attention' as const },
          ...(usedAt ? [small(`used ${dateTime(usedAt)}`)] : []),
        ];
  return [String(id), [name, small(hint), ...whose], [by, small(dateTime(at))], state];
}

const key: KeyRow = {
  id: 3,
  name: 'billing',
  hint: 'qm_nX4v…_b7Q',
  organization: 'HamaraCloud',
  by: 'Priya Raman',
  at: '2026-11-21T14:05:00Z',
  usedAt: '2026-11-21T15:30:00Z',
};

export const samples: Record<string, Card> = {
  some: keysListCard({
    organization: 'HamaraCloud',
    keys: [
      key,
      {
        ...key,
        id: 4,
        name: 'crm',
        organization: 'Northwind Partners',
        by: 'Nora Lindgren',
        usedAt: undefined,
      },
      { ...key, id: 1, name: 'first try', revokedAt: '2026-11-22T09:00:00Z' },
    ],
    page: 1,
    pages: 1,
    total: 3,
  }),
  none: keysListCard({ organization: 'Northwind Partners', keys: [], page: 1, pages: 1, total: 0 }),
  page: keysListCard({
    organization: longest.organization,
    keys: many(10, (index) => ({
      ...key,
      id: 123_456 - index,
      name: 'The billing system of the main office, second try',
      organization: longest.organization,
      by: longest.user,
      ...(index > 5 && { revokedAt: '2026-11-22T09:00:00Z' }),
    })),
    page: 2,
    pages: 5,
    total: 44,
  }),
};
