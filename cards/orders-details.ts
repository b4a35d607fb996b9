/** One order with all one may know of it. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { large, longest, many, messaging, office, webex } from './demo.ts';
import { callout, card, facts, lead, section, subtle } from './elements.ts';
import { count, dateTime, list, type Money, money, number } from './format.ts';
import { type OrderStatus, statusBadge } from './status.ts';
import { type ServiceUnits, unitsTable } from './units.ts';

export type OrdersDetails = {
  readonly organization: string;
  /** With its prefix: `HAMARACLOUD10023`. */
  readonly number: string;
  /** As one types it: `10023`. */
  readonly short: string;
  /** `Order #11-03-2026` */
  readonly name: string;
  /** Name of the subscription. */
  readonly description?: string | undefined;
  readonly status: OrderStatus;
  /** The vendor's own word, such as `Fulfilled`. */
  readonly vendorStatus?: string | undefined;
  /** What the vendor answered where it refused. */
  readonly error?: string | undefined;
  readonly createdBy: { readonly person: string; readonly organization: string };
  readonly at: string;
  readonly changes: readonly string[];
  readonly payment?: string | undefined;
  readonly addOns: readonly string[];
  readonly quantity: number;
  /** `Per month`, `Once`, … */
  readonly costs: readonly { readonly title: string; readonly amount: Money }[];
  /** Only for those who may see it. */
  readonly markup?: string | undefined;
  readonly note?: string | undefined;
  readonly services: readonly ServiceUnits[];
  readonly subscription?: SubscriptionFacts | undefined;
};

export type SubscriptionFacts = {
  readonly adminEmail?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tenant?: string | undefined;
  /** `€12.60 per unit and month` */
  readonly price?: string | undefined;
};

const MOST_SERVICES = 10;

export function ordersDetailsCard(data: OrdersDetails): Card {
  return card({
    organization: data.organization,
    title: `Order ${data.short}`,
    badge: statusBadge(data.status),
    body: [
      lead(answer(data)),
      data.error === undefined ? undefined : callout(`The vendor says: ${data.error}`, 'attention'),
      data.note ? callout(`Note: ${data.note}`, 'warning') : undefined,
      ...services(data),
      section('Details'),
      orderFacts(data),
      ...subscription(data.subscription),
    ],
    actions: actions(data),
  });
}

function answer({ services: bought, createdBy, at }: OrdersDetails): string {
  const units = bought.reduce((sum, { units: more }) => sum + more, 0);
  const free = bought.reduce((sum, { free: more }) => sum + more, 0);
  const origin = `Created by ${createdBy.person} (${createdBy.organization}) on ${dateTime(at)}.`;
  if (bought.length === 0) return origin;
  return `${count(bought.length, 'service')}, ${number(free)} of ${count(units, 'unit')} free. ${origin}`;
}

function services({ services: bought, short }: OrdersDetails): (Element | undefined)[] {
  if (bought.length === 0) return [];
  const more = bought.length - MOST_SERVICES;
  return [
    unitsTable(bought.slice(0, MOST_SERVICES)),
    more > 0 ? subtle(`And ${number(more)} more: type services ${short}`) : undefined,
  ];
}

function orderFacts(data: OrdersDetails): Element | undefined {
  return facts([
    ['Number', data.number],
    ['Name', data.name],
    ['Subscription', data.description],
    ['Requested', some(data.changes)],
    ['Vendor status', data.vendorStatus],
    ['Quantity', data.quantity > 0 ? number(data.quantity) : undefined],
    ['Add-ons', some(data.addOns)],
    ['Payment', data.payment],
    ...data.costs.map(({ title, amount }) => [title, money(amount)] as const),
    ['Markup', data.markup],
  ]);
}

function subscription(known: SubscriptionFacts | undefined): (Element | undefined)[] {
  if (!known) return [];
  const person = [known.firstName, known.lastName].filter(Boolean).join(' ');
  return [
    section('Subscription'),
    facts([
      ['Admin', person || undefined],
      ['Admin e-mail', known.adminEmail],
      ['Tenant', known.tenant],
      ['Price', known.price],
    ]),
  ];
}

function actions({ short, services: bought, note }: OrdersDetails): (Action | undefined)[] {
  const open = bought.filter(({ free }) => free > 0);
  const only = open.length === 1 ? open[0] : undefined;
  const associate = only ? `associate ${only.service}` : 'associate';
  return [
    open.length > 0 ? commandButton('Associate users', associate) : undefined,
    bought.length > 0 ? commandButton('Services', `services ${short}`) : undefined,
    commandButton(note ? 'Change the note' : 'Add a note', `note ${short}`),
    commandButton('History', `history ${short}`),
    commandButton('All orders', 'orders'),
  ];
}

const some = (items: readonly string[]) => (items.length === 0 ? undefined : list(items));

const completed: OrdersDetails = {
  organization: 'Contoso',
  number: 'HAMARACLOUD10023',
  short: '10023',
  name: 'Order #11-03-2026',
  description: 'Contoso workplace',
  status: 'Completed',
  vendorStatus: 'Fulfilled',
  createdBy: { person: 'Nora Northwind', organization: 'Northwind Partners' },
  at: '2026-03-11T09:30:00Z',
  changes: ['New subscription'],
  payment: 'Invoice, 30 days',
  addOns: [],
  quantity: 17,
  costs: [
    { title: 'Per month', amount: { minor: 14250, currency: 'EUR' } },
    { title: 'Once', amount: { minor: 9900, currency: 'EUR' } },
  ],
  services: [messaging, office, webex],
  subscription: {
    adminEmail: 'alice@contoso.example',
    firstName: 'Alice',
    lastName: 'Ahlberg',
    tenant: 'contoso.onmicrosoft.com',
    price: '€12.60 per unit and month',
  },
};

export const samples: Record<string, Card> = {
  completed: ordersDetailsCard(completed),
  provider: ordersDetailsCard({
    ...completed,
    markup: '12 %',
    note: 'Renewal agreed with Bob until March',
    changes: ['Increase', 'Markup change'],
    addOns: ['Archive mailbox', 'Phone system'],
  }),
  error: ordersDetailsCard({
    organization: 'Fabrikam',
    number: 'HAMARACLOUD10028',
    short: '10028',
    name: 'Order #18-11-2026',
    status: 'Completed with errors',
    error: 'e-mail address invalid for the customer',
    createdBy: { person: 'Frida Fabrikam', organization: 'Fabrikam' },
    at: '2026-11-18T10:00:00Z',
    changes: [],
    addOns: [],
    quantity: 3,
    costs: [],
    services: [],
  }),
  long: ordersDetailsCard({
    ...completed,
    organization: longest.organization,
    number: longest.number,
    short: longest.short,
    description: longest.product,
    status: 'Provisioning failed',
    error: `The contact ${longest.user} can't be reached, and the tenant *name* [is](taken) already`,
    note: 'Ask again in March. '.repeat(12).trim(),
    services: many(14, (index) => ({
      ...large,
      product: longest.product,
      service: `${longest.short}/${index}`,
    })),
  }),
};
