/** What runs on after its order was completed. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, OPEN, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, type Money, money, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import { boughtAndBilled } from './units.ts';

export type SubscriptionRow = {
  readonly product: string;
  /** The order it came from, with its place there: `10023/1`. */
  readonly order: string;
  /** Units that are billed. */
  readonly quantity: number;
  /** Units that were bought, where that is another number. */
  readonly bought?: number | undefined;
  /** `Active`, `Suspended`, … */
  readonly status: string;
  /** Of machines the price is that of all of them. */
  readonly isMachines?: boolean | undefined;
  /** Of one unit and month. */
  readonly price?: Money | undefined;
  readonly admin?: { readonly name: string; readonly email: string } | undefined;
  readonly tenant?: string | undefined;
};

export type SubscriptionsList = Paging & {
  readonly organization: string;
  /** What was searched for. */
  readonly text?: string | undefined;
  /** There are more than the total says. */
  readonly more?: boolean | undefined;
  readonly subscriptions: readonly SubscriptionRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Subscription', width: 4 },
  { title: 'Admin, tenant', width: 3.5 },
  { title: 'Quantity, price', width: 2.4, align: 'right' },
];

export function subscriptionsListCard(data: SubscriptionsList): Card {
  const { organization, text = '', subscriptions } = data;
  return card({
    organization,
    title: 'Subscriptions',
    body: [
      lead(answer(data)),
      subscriptions.length > 0 ? table(COLUMNS, subscriptions.map(row)) : undefined,
      pageLine(data),
      subscriptions.length > 0 ? chooser(subscriptions) : undefined,
    ],
    actions: [
      ...(subscriptions.length > 0 ? [OPEN] : []),
      ...pageButtons(data, 'subscriptions.page', { text }),
      commandButton('Reconciliation', 'reconcile preview'),
      commandButton('Orders', 'orders'),
    ],
  });
}

function chooser(subscriptions: readonly SubscriptionRow[]): Element {
  return choiceInput({
    id: 'text',
    label: 'Open a subscription',
    choices: subscriptions.map(({ order, product }) => ({
      title: `${order} · ${product}`,
      value: `subscription ${order}`,
    })),
    style: 'compact',
    placeholder: 'Choose a subscription',
    ...(subscriptions[0] && { value: `subscription ${subscriptions[0].order}` }),
  });
}

function answer({ total, more, text }: SubscriptionsList): string {
  const what =
    total === 0 ? 'No subscriptions' : `${more ? 'More than ' : ''}${count(total, 'subscription')}`;
  return text ? `${what} with “${text}”.` : `${what}.`;
}

function row({
  product,
  order,
  quantity,
  bought = quantity,
  status,
  price,
  admin,
  tenant,
  isMachines,
}: SubscriptionRow): Cell[] {
  const each = isMachines ? 'per month' : 'each';
  return [
    [product, small(`${status} · ${order}`)],
    admin ? [admin.name, small(admin.email), ...(tenant ? [small(tenant)] : [])] : (tenant ?? ''),
    [
      isMachines ? 'Machines' : number(quantity),
      ...(bought === quantity || isMachines ? [] : [small(boughtAndBilled(bought, quantity))]),
      ...(price ? [small(`${money(price)} ${each}`)] : []),
    ],
  ];
}

const office: SubscriptionRow = {
  product: 'Office 365 E3',
  order: '10023/2',
  quantity: 5,
  status: 'Active',
  price: { minor: 1260, currency: 'EUR' },
  admin: { name: 'Alice Ahlberg', email: 'alice@contoso.example' },
  tenant: 'contoso.onmicrosoft.com',
};

export const samples: Record<string, Card> = {
  some: subscriptionsListCard({
    organization: 'Contoso',
    subscriptions: [
      office,
      {
        product: 'Azure Pack virtual machines',
        order: '10031/1',
        quantity: 1,
        status: 'Active',
        price: { minor: 25_000, currency: 'EUR' },
        isMachines: true,
      },
      { product: 'Webex Suite', order: '10023/3', quantity: 2, bought: 5, status: 'Active' },
      {
        product: 'UniversalMessaging Small Business Edition (1GB)',
        order: '10024/1',
        quantity: 2000,
        status: 'Active',
        price: { minor: 100, currency: 'EUR' },
      },
    ],
    page: 1,
    pages: 1,
    total: 3,
  }),
  empty: subscriptionsListCard({
    organization: 'Fabrikam',
    text: 'zoom',
    subscriptions: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: subscriptionsListCard({
    organization: longest.organization,
    subscriptions: many(10, (index) => ({
      ...office,
      product: longest.product,
      order: `1000000023/${index}`,
      quantity: 100_000,
      price: { minor: 12_345_678, currency: 'EUR' },
      admin: { name: 'Maximiliane Oberhuber-Schwarzenbergerova', email: longest.user },
      tenant: 'fernmeldewesen-sued-ost-gesellschaft.onmicrosoft.com',
    })),
    page: 2,
    pages: 100,
    total: 1000,
    more: true,
  }),
};
