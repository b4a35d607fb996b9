/** One order with all one may know of it. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton, linkButton } from './buttons.ts';
import { large, longest, machines, many, messaging, office, webex } from './demo.ts';
import { callout, card, lead, section, subtle } from './elements.ts';
import { count, type Money, number } from './format.ts';
import {
  type Approval,
  approvalLine,
  configurationFacts,
  type Invoice,
  invoicesTable,
  linesTable,
  type OrderKnown,
  type OrderLine,
  type Origin,
  orderFacts,
  originLine,
  priceChanged,
  type Step,
  type SubscriptionFacts,
  stepsTable,
  subscriptionFacts,
} from './ordered.ts';
import { type OrderStatus, orderBadge } from './status.ts';
import { type ServiceUnits, sumOf, unitsTable } from './units.ts';

export type OrdersDetails = Origin &
  OrderKnown & {
    readonly organization: string;
    /** As one types it: `10023`. */
    readonly short: string;
    readonly status: OrderStatus;
    /** Somebody else has to approve it first. */
    readonly waits?: boolean | undefined;
    /** What it came to in a month when it was seen last, where it costs something else now. */
    readonly costBefore?: Money | undefined;
    /** Why it failed, and whose words that is. */
    readonly error?: string | undefined;
    /** What is asked for, while there are no services yet. */
    readonly lines: readonly OrderLine[];
    readonly approval?: Approval | undefined;
    readonly steps: readonly Step[];
    readonly invoices: readonly Invoice[];
    readonly note?: string | undefined;
    readonly services: readonly ServiceUnits[];
    readonly configuration: readonly (readonly [title: string, value: string])[];
    readonly subscription?: SubscriptionFacts | undefined;
    /** Where one goes on: to set the service up. */
    readonly links: readonly { readonly title: string; readonly url: string }[];
  };

const MOST_SERVICES = 10;
const APPROVAL_STYLE = {
  waiting: 'warning',
  approved: 'good',
  refused: 'attention',
  withdrawn: 'emphasis',
  expired: 'warning',
  changed: 'warning',
} as const;

export function ordersDetailsCard(data: OrdersDetails): Card {
  const { approval, error, note, costBefore } = data;
  return card({
    organization: data.organization,
    title: `Order ${data.short}`,
    badge: orderBadge(data),
    body: [
      lead(answer(data)),
      error === undefined ? undefined : callout(error, 'attention'),
      approval && callout(approvalLine(approval), APPROVAL_STYLE[approval.state]),
      costBefore && callout(priceChanged(costBefore), 'warning'),
      note ? callout(`Note: ${note}`, 'warning') : undefined,
      ...services(data),
      ...linesTable(data.lines),
      ...stepsTable(data.steps),
      section('Details'),
      orderFacts(data),
      ...configurationFacts(data.configuration),
      ...invoicesTable(data.invoices),
      ...subscriptionFacts(data.subscription),
    ],
    actions: actions(data),
  });
}

function answer({ services: bought, ...made }: OrdersDetails): string {
  const { isCounted, units, free } = sumOf(bought);
  const origin = originLine(made);
  if (bought.length === 0) return origin;
  const left = isCounted ? `, ${number(free)} of ${count(units, 'unit')} free` : '';
  return `${count(bought.length, 'service')}${left}. ${origin}`;
}

function services({ services: bought, short }: OrdersDetails): (Element | undefined)[] {
  if (bought.length === 0) return [];
  const more = bought.length - MOST_SERVICES;
  return [
    unitsTable(bought.slice(0, MOST_SERVICES)),
    more > 0 ? subtle(`And ${number(more)} more: type services ${short}`) : undefined,
  ];
}

/** What the order waits for comes first; what has no place any more can be typed. */
function actions(data: OrdersDetails): (Action | undefined)[] {
  const { short, status, approval, services: bought, note, links } = data;
  const open = bought.filter(({ free }) => free > 0);
  const only = open.length === 1 ? open[0] : undefined;
  const associate = only ? `associate ${only.service}` : 'associate';
  return [
    approval?.state === 'waiting' ? commandButton('Approval', `approvals ${short}`) : begun(status, short),
    FAILED.includes(status) ? commandButton('Retry', `retry ${short}`) : undefined,
    open.length > 0 ? commandButton('Associate users', associate) : undefined,
    bought.length > 0 ? commandButton('Services', `services ${short}`) : undefined,
    status === 'Completed' ? linksOf(short, links) : undefined,
    commandButton(note ? 'Change the note' : 'Add a note', `note ${short}`),
    commandButton('History', `history ${short}`),
    commandButton('All orders', 'orders'),
  ];
}

/** One is a button; several have a card of their own, so that there is room for what else one does. */
function linksOf(short: string, [only, ...others]: OrdersDetails['links']): Action | undefined {
  if (only === undefined || others.length === 0) return only && linkButton(only);
  return actionButton('Set up the services', 'orders.links', { order: short });
}

/** What is begun is placed next; a draft goes into the basket first. */
function begun(status: OrderStatus, short: string): Action | undefined {
  if (status === 'Started') return commandButton('Go on', `checkout ${short}`);
  return status === 'Draft' ? commandButton('Resume', `resume ${short}`) : undefined;
}

const FAILED: readonly OrderStatus[] = ['Provisioning failed', 'Completed with errors'];

const nothing = { lines: [], steps: [], invoices: [], configuration: [], links: [], addOns: [] } as const;
const completed: OrdersDetails = {
  organization: 'Contoso',
  number: 'HAMARACLOUD10023',
  short: '10023',
  name: 'Order #11-03-2026',
  description: 'Contoso workplace',
  status: 'Completed',
  vendorStatus: 'Fulfilled',
  createdBy: { person: 'Nora Lindgren', organization: 'Northwind Partners' },
  at: '2026-03-11T09:30:00Z',
  changes: ['New subscription'],
  ...nothing,
  placedAt: '2026-03-11T09:31:00Z',
  links: [{ title: 'Set up Microsoft O365', url: 'https://setup.example.com/' }],
  invoices: [
    {
      number: 'INV-10023',
      amount: { minor: 14250, currency: 'EUR' },
      issuedAt: '2026-03-11T09:31:00Z',
      dueAt: '2026-04-10T09:31:00Z',
    },
  ],
  payment: 'Invoice, 30 days',
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
    links: [...completed.links, { title: 'Set up Webex', url: 'https://setup.example.com/webex' }],
    changes: ['Increase', 'Markup change'],
    addOns: ['Archive mailbox', 'Phone system'],
  }),
  billed: ordersDetailsCard({
    ...completed,
    services: [{ ...messaging, billed: 3 }, { ...office, billed: 0 }, webex],
  }),
  draft: ordersDetailsCard({
    ...nothing,
    organization: 'Contoso',
    number: 'HAMARACLOUD10027',
    short: '10027',
    name: 'Order #12-11-2026',
    description: 'More Office licences',
    status: 'Draft',
    createdBy: { person: 'Carla Diaz', organization: 'Contoso' },
    at: '2026-11-12T09:30:00Z',
    changes: ['Increase'],
    lines: [
      {
        change: 'Increase',
        item: 'Office 365 E3',
        subscription: '10023/2',
        quantity: 3,
        price: { minor: 2200, currency: 'EUR' },
      },
    ],
    approval: {
      state: 'refused',
      requestedBy: 'Carla Diaz',
      expiresAt: '2026-11-15T09:30:00Z',
      decidedBy: 'Nora Lindgren',
      decidedAt: '2026-11-13T08:00:00Z',
      reason: 'The budget of this year is spent',
    },
    quantity: 3,
    costs: [{ title: 'Would cost per month', amount: { minor: 6600, currency: 'EUR' } }],
    services: [],
  }),
  machines: ordersDetailsCard({
    ...completed,
    short: '10031',
    number: 'HAMARACLOUD10031',
    status: 'Provisioning started',
    vendorStatus: undefined,
    quantity: 1,
    description: 'Machines in Frankfurt',
    purpose: 'Resale',
    endCustomer: 'Tailspin Toys, tina@tailspin.example',
    steps: [
      { title: 'Subscription recorded', state: 'done', at: '2026-03-11T09:31:10Z' },
      { title: 'Invoice', state: 'done', at: '2026-03-11T09:31:11Z' },
      { title: 'Portal account of Tailspin Toys', state: 'running' },
      { title: 'Portal subscription', state: 'waiting' },
      { title: 'Activation e-mail', state: 'waiting' },
    ],
    configuration: [
      ['Region', 'Frankfurt'],
      ['Machines', '2 × Medium, Ubuntu Server 24.04 (2 cores, 8 GB RAM, 80 GB disk)'],
      ['VPN', '1 × 10 S2S channels'],
    ],
    services: [],
    subscription: undefined,
  }),
  imported: ordersDetailsCard({
    ...completed,
    createdBy: undefined,
    imported: { by: 'Priya Raman' },
    services: [machines],
    quantity: 1,
  }),
  error: ordersDetailsCard({
    ...nothing,
    organization: 'Fabrikam',
    number: 'HAMARACLOUD10028',
    short: '10028',
    name: 'Order #18-11-2026',
    status: 'Completed with errors',
    error: 'The vendor says: e-mail address invalid for the customer',
    createdBy: { person: 'Frida Berg', organization: 'Fabrikam' },
    at: '2026-11-18T10:00:00Z',
    changes: [],
    quantity: 3,
    costs: [],
    services: [],
  }),
  long: ordersDetailsCard({
    ...completed,
    organization: longest.organization,
    number: longest.number,
    short: longest.short,
    status: 'Provisioning failed',
    error: `The contact ${longest.user} can't be reached, and the tenant *name* [is](taken) already`,
    note: 'Ask again in March. '.repeat(12).trim(),
    steps: many(14, (index) => ({
      title: `${index}. Portal subscription of ${longest.organization}`,
      state: index % 5 === 0 ? 'failed' : 'done',
      error: index % 5 === 0 ? `The contact ${longest.user} can’t be reached` : undefined,
    })),
    invoices: many(9, (index) => ({
      number: `INVOICE-1000000023-${index}`,
      amount: { minor: 123_456_789, currency: 'EUR' },
      issuedAt: '2026-03-11T09:31:00Z',
      dueAt: '2026-04-10T09:31:00Z',
    })),
    services: many(14, (index) => ({
      ...large,
      product: longest.product,
      service: `${longest.short}/${index}`,
    })),
  }),
};
