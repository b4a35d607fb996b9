/** The orders of one customer: the recent ones, or the historical ones. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { commandButton, OPEN, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, date, type Money, money, number } from './format.ts';
import { type Origin, originInShort } from './ordered.ts';
import { type OrderStatus, statusColor, WAITS } from './status.ts';
import { type Cell, numbered, small, smallIf, type TableColumn, table } from './table.ts';

export type OrderRow = Origin & {
  /** With its prefix: `HAMARACLOUD10023`. */
  readonly number: string;
  /** As one types it: `10023`. */
  readonly short: string;
  /** Name of the subscription. */
  readonly description?: string | undefined;
  /** `10 × Office 365 E3` */
  readonly items: readonly string[];
  /** `New subscription`, `Increase`, … */
  readonly changes: readonly string[];
  readonly status: OrderStatus;
  /** Somebody else has to approve it first. */
  readonly waits?: boolean | undefined;
  /** The vendor's own word, such as `Fulfilled`. */
  readonly vendorStatus?: string | undefined;
  /** What the vendor answered where it refused. */
  readonly error?: string | undefined;
  readonly quantity?: number | undefined;
  /** Of one month; what it would be where the order is not placed yet. */
  readonly cost?: { readonly amount: Money; readonly estimated: boolean } | undefined;
  readonly note?: string | undefined;
};

export type OrdersList = Paging & {
  readonly organization: string;
  readonly view: 'recent' | 'historical';
  /** Of the historical ones. All of them are shown in more detail. */
  readonly filter?: 'active' | 'draft' | 'all' | undefined;
  readonly sort?: 'newest' | 'oldest' | undefined;
  /** What was searched for. */
  readonly text?: string | undefined;
  /** There are more than the total says. */
  readonly more?: boolean | undefined;
  readonly orders: readonly OrderRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Order and items', width: 6 },
  { title: 'Requested changes', width: 3 },
  { title: 'Status, note', width: 3 },
];

const FILTERS = [
  { filter: 'all', title: 'All' },
  { filter: 'active', title: 'Active' },
  { filter: 'draft', title: 'Drafts' },
] as const;

const HISTORICAL = { all: 'Historical orders', active: 'Historical orders', draft: 'Drafts' } as const;

export function ordersListCard(data: OrdersList): Card {
  const { organization, view, filter = 'all', orders } = data;
  const moves = navigation(data);
  const opens = orders.map(({ short }) => commandButton(`Order ${short}`, `order ${short}`));
  const fits = moves.length + opens.length <= MOST_ACTIONS;
  return card({
    organization,
    title: view === 'recent' ? 'Recent orders' : HISTORICAL[filter],
    body: [lead(answer(data)), ...rows(data), pageLine(data), fits ? undefined : chooser(orders)],
    actions: fits ? [...opens, ...moves] : [OPEN, ...moves],
  });
}

const MOST_ACTIONS = 6;

const KIND = { all: 'order', active: 'active order', draft: 'draft' } as const;

function answer({ total, more, view, filter = 'all', sort = 'newest', text }: OrdersList): string {
  const kind = view === 'recent' ? 'recent order' : KIND[filter];
  const what = total === 0 ? `No ${kind}s` : `${more ? 'More than ' : ''}${count(total, kind)}`;
  const searched = text ? ` with “${text}”` : '';
  const sorted = total > 1 ? `, the ${sort} first` : '';
  const narrower = more ? ' Say more of what is looked for to find the others.' : '';
  return `${what}${searched}${sorted}.${narrower}`;
}

function rows({ orders, view, filter = 'all' }: OrdersList): Element[] {
  if (orders.length === 0) return [];
  const detailed = view === 'historical' && filter === 'all';
  return [table(COLUMNS, orders.map(detailed ? detailedRow : row))];
}

function row({ number: name, items, changes, at, status, waits, note, ...made }: OrderRow): Cell[] {
  return [
    [numbered(name), ...items.map(small)],
    [changes.join(', '), small(originInShort(made)), small(date(at))],
    [
      { text: status, weight: 'bolder', color: statusColor(status) },
      ...(waits ? [{ text: WAITS, size: 'small', color: 'warning' } as const] : []),
      ...smallIf(note),
    ],
  ];
}

function detailedRow(order: OrderRow): Cell[] {
  const { description, items, quantity = 0, cost, vendorStatus, error, note } = order;
  const [, [changes = '', ...made] = []] = row(order);
  const costs = cost && `${cost.estimated ? 'Would cost' : 'Costs'} ${money(cost.amount)} a month`;
  const [, , [status = '', ...more] = []] = row({ ...order, note: undefined });
  return [
    [numbered(order.number), ...(description ? [description] : []), ...items.map(small)],
    [
      changes,
      ...made,
      ...[quantity > 0 ? `Quantity ${number(quantity)}` : undefined, costs].flatMap(smallIf),
    ],
    [
      status,
      ...more,
      ...smallIf(vendorStatus && `Vendor: ${vendorStatus}`),
      ...(error ? [{ text: error, size: 'small', color: 'attention' } as const] : []),
      ...smallIf(note),
    ],
  ];
}

/** Where there are too many for a button each. */
function chooser(orders: readonly OrderRow[]): Element {
  return choiceInput({
    id: 'text',
    label: 'Open an order',
    choices: orders.map(({ short, status, items: [item] }) => ({
      title: [short, status, ...(item === undefined ? [] : [item])].join(' · '),
      value: `order ${short}`,
    })),
    style: 'compact',
    placeholder: 'Choose an order',
    ...(orders[0] && { value: `order ${orders[0].short}` }),
  });
}

/** The last ones have no place on a page in the middle. */
function navigation(data: OrdersList): Action[] {
  const { view, filter = 'all', sort = 'newest', text = '', total } = data;
  const pages = pageButtons(data, 'orders.page', { view, filter, sort, text });
  const sorted = sort === 'newest' ? '' : ` ${sort}`;
  const search = text === '' ? '' : ` ${text}`;
  const resort = (of: string) => {
    const other = sort === 'newest' ? 'oldest' : 'newest';
    const title = sort === 'newest' ? 'Oldest first' : 'Newest first';
    return total > 1 ? [commandButton(title, `orders ${of} ${other}${search}`)] : [];
  };
  if (view === 'recent')
    return [
      ...pages,
      commandButton('Historical orders', `orders historical all${sorted}${search}`),
      ...resort('recent'),
    ];
  const filters = FILTERS.filter((other) => other.filter !== filter).map((other) =>
    commandButton(other.title, `orders historical ${other.filter}${sorted}${search}`),
  );
  return [
    ...pages,
    ...filters,
    commandButton('Recent orders', `orders recent${sorted}${search}`),
    ...resort(`historical ${filter}`),
  ];
}

const completed: OrderRow = {
  number: 'HAMARACLOUD10023',
  short: '10023',
  items: ['10 × UniversalMessaging Small Business Edition (1GB)', '5 × Office 365 E3', '2 × Webex Suite'],
  changes: ['New subscription'],
  createdBy: { person: 'Nora Lindgren', organization: 'Northwind Partners' },
  at: '2026-03-11T09:30:00Z',
  status: 'Completed',
  description: 'Contoso workplace',
  vendorStatus: 'Fulfilled',
  quantity: 17,
  cost: { amount: { minor: 15_490, currency: 'EUR' }, estimated: false },
};
const draft: OrderRow = {
  number: 'HAMARACLOUD10027',
  short: '10027',
  description: 'More Office licences',
  items: ['3 × Office 365 E3'],
  changes: ['Increase'],
  createdBy: { person: 'Carla Diaz', organization: 'Contoso' },
  at: '2026-11-12T09:30:00Z',
  status: 'Draft',
  quantity: 3,
  cost: { amount: { minor: 6_600, currency: 'EUR' }, estimated: true },
  note: 'Waits for the budget of next year',
};
const failed: OrderRow = {
  number: 'HAMARACLOUD10025',
  short: '10025',
  items: ['3 × Office 365 E3'],
  changes: ['Increase'],
  createdBy: { person: 'Frida Berg', organization: 'Fabrikam' },
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
      { ...failed, number: 'HAMARACLOUD10029', short: '10029', status: 'Started', waits: true, changes: [] },
    ],
    page: 1,
    pages: 1,
    total: 2,
  }),
  historical: ordersListCard({
    organization: 'Contoso',
    view: 'historical',
    filter: 'all',
    orders: [
      draft,
      completed,
      {
        ...completed,
        number: 'HAMARACLOUD10028',
        short: '10028',
        status: 'Completed with errors',
        vendorStatus: 'Error',
        error: 'e-mail address invalid for the customer',
      },
    ],
    page: 1,
    pages: 1,
    total: 3,
  }),
  drafts: ordersListCard({
    organization: 'Contoso',
    view: 'historical',
    filter: 'draft',
    orders: [draft],
    page: 1,
    pages: 1,
    total: 1,
  }),
  oldest: ordersListCard({
    organization: 'Contoso',
    view: 'historical',
    filter: 'active',
    sort: 'oldest',
    text: 'office',
    orders: [completed, failed],
    page: 1,
    pages: 100,
    total: 1000,
    more: true,
  }),
  page: ordersListCard({
    organization: longest.organization,
    view: 'historical',
    filter: 'all',
    text: 'office',
    orders: many(10, (index) => ({
      ...completed,
      number: `HAMARACLOUD${1_000_000_000 + index}`,
      short: String(1_000_000_000 + index),
      items: [`25 × ${longest.product}`, '5 × Office 365 E3'],
      changes: ['Increase', 'Markup change'],
      createdBy: { person: 'Maximiliane Oberhuber-Schwarzenbergerova', organization: longest.organization },
      status: STATUSES[index % STATUSES.length] ?? 'Draft',
      description: longest.product,
      quantity: 100_000,
      cost: { amount: { minor: 123_456_789, currency: 'EUR' }, estimated: index % 2 === 0 },
      error:
        index % 2 === 0 ? 'The contact has no e-mail address, and the tenant is taken already' : undefined,
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
