/** The orders of one customer: the recent ones, or the historical ones. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { count, date } from './format.ts';
import { type OrderStatus, statusColor } from './status.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OrderRow = {
  /** With its prefix: `HAMARACLOUD10023`. */
  readonly number: string;
  /** As one types it: `10023`. */
  readonly short: string;
  /** `10 × Office 365 E3` */
  readonly items: readonly string[];
  /** `New subscription`, `Increase`, … */
  readonly changes: readonly string[];
  readonly createdBy: { readonly person: string; readonly organization: string };
  readonly at: string;
  readonly status: OrderStatus;
  readonly note?: string | undefined;
};

export type OrdersList = Paging & {
  readonly organization: string;
  readonly view: 'recent' | 'historical';
  /** Of the historical ones. */
  readonly filter?: 'active' | 'draft' | 'all' | undefined;
  /** What was searched for. */
  readonly text?: string | undefined;
  readonly orders: readonly OrderRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Order and items', width: 4.8 },
  { title: 'Requested changes', width: 3.6 },
  { title: 'Status, note', width: 3 },
];

const FILTERS = [
  { filter: 'all', title: 'All' },
  { filter: 'active', title: 'Active' },
  { filter: 'draft', title: 'Drafts' },
] as const;

export function ordersListCard(data: OrdersList): Card {
  const { organization, view, orders } = data;
  const moves = navigation(data);
  const opens = orders.map(({ short }) => commandButton(`Order ${short}`, `order ${short}`));
  const fits = moves.length + opens.length <= 6;
  return card({
    organization,
    title: view === 'recent' ? 'Recent orders' : 'Historical orders',
    body: [lead(answer(data)), ...rows(orders), pageLine(data), fits ? undefined : hint(orders)],
    actions: fits ? [...opens, ...moves] : moves,
  });
}

function answer({ total, view, filter = 'all', text }: OrdersList): string {
  const kind = filter === 'draft' ? 'draft' : filter === 'active' ? 'active order' : 'order';
  const what = total === 0 ? `No ${kind}s` : count(total, kind);
  const searched = text ? ` with “${text}”` : '';
  return view === 'recent' ? `${what}${searched} that can still change.` : `${what}${searched}.`;
}

function rows(orders: readonly OrderRow[]): Element[] {
  return orders.length === 0 ? [] : [table(COLUMNS, orders.map(row))];
}

function row({ number, items, changes, createdBy, at, status, note }: OrderRow): Cell[] {
  return [
    [{ text: number, weight: 'bolder' }, ...items.map(small)],
    [changes.join(', '), small(`${createdBy.person}, ${createdBy.organization}`), small(date(at))],
    [{ text: status, weight: 'bolder', color: statusColor(status) }, ...(note ? [small(note)] : [])],
  ];
}

function hint(orders: readonly OrderRow[]): Element | undefined {
  const first = orders[0];
  return first && subtle(`To open one, type its number: order ${first.short}`);
}

function navigation(data: OrdersList): Action[] {
  const { view, filter = 'all', text = '' } = data;
  const pages = pageButtons(data, 'orders.page', { view, filter, text });
  const search = text === '' ? '' : ` ${text}`;
  if (view === 'recent')
    return [...pages, commandButton('Historical orders', `orders historical all${search}`)];
  const filters = FILTERS.filter((other) => other.filter !== filter).map((other) =>
    commandButton(other.title, `orders historical ${other.filter}${search}`),
  );
  return [...pages, ...filters, commandButton('Recent orders', `orders recent${search}`)];
}

const completed: OrderRow = {
  number: 'HAMARACLOUD10023',
  short: '10023',
  items: ['10 × UniversalMessaging Small Business Edition (1GB)', '5 × Office 365 E3', '2 × Webex Suite'],
  changes: ['New subscription'],
  createdBy: { person: 'Nora Northwind', organization: 'Northwind Partners' },
  at: '2026-03-11T09:30:00Z',
  status: 'Completed',
};
const failed: OrderRow = {
  number: 'HAMARACLOUD10025',
  short: '10025',
  items: ['3 × Office 365 E3'],
  changes: ['Increase'],
  createdBy: { person: 'Frida Fabrikam', organization: 'Fabrikam' },
  at: '2026-11-20T16:12:00Z',
  status: 'Provisioning failed',
  note: 'Contact e-mail is wrong, Frida is asking',
};
const STATUSES: readonly OrderStatus[] = ['Completed', 'Completed with errors', 'In progress', 'Draft'];
const none = { page: 1, pages: 1, total: 0, orders: [] };

export const samples: Record<string, Card> = {
  recent: ordersListCard({
    organization: 'Fabrikam',
    view: 'recent',
    orders: [
      failed,
      { ...failed, number: 'HAMARACLOUD10029', short: '10029', status: 'Started', note: '', changes: [] },
    ],
    page: 1,
    pages: 1,
    total: 2,
  }),
  historical: ordersListCard({
    organization: 'Contoso',
    view: 'historical',
    filter: 'all',
    orders: [completed],
    page: 1,
    pages: 1,
    total: 1,
  }),
  page: ordersListCard({
    organization: longest.organization,
    view: 'historical',
    filter: 'all',
    text: 'office',
    orders: many(10, (index) => ({
      ...completed,
      number: longest.number,
      short: longest.short,
      items: [`25 × ${longest.product}`, '5 × Office 365 E3'],
      changes: ['Increase', 'Markup change'],
      createdBy: { person: 'Maximiliane Oberhuber-Schwarzenbergerova', organization: longest.organization },
      status: STATUSES[index % STATUSES.length] ?? 'Draft',
      note: index % 3 === 0 ? 'Renewal agreed with Bob until March, then half of the seats' : '',
    })),
    page: 2,
    pages: 7,
    total: 68,
  }),
  empty: ordersListCard({ ...none, organization: 'Contoso', view: 'recent' }),
  notFound: ordersListCard({
    ...none,
    organization: 'Contoso',
    view: 'historical',
    filter: 'draft',
    text: 'webex',
  }),
};
