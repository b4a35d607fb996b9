/** One subscription: what runs on, for whom, at which price, and until when it can be reduced. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { boughtLines, differs, whatOf } from './bought.ts';
import { commandButton } from './buttons.ts';
import { type Commitment, termLine } from './commitment.ts';
import { longest, many } from './demo.ts';
import { badge, callout, card, facts, lead, section, subtle } from './elements.ts';
import { count, date, dateTime, type Money, money, number } from './format.ts';
import { configurationFacts } from './ordered.ts';

export type SubscriptionsDetails = {
  readonly organization: string;
  /** `10023/1` */
  readonly subscription: string;
  readonly product: string;
  readonly status: 'active' | 'suspended' | 'cancelled';
  /** Units that are billed. */
  readonly quantity: number;
  /** Units that were bought and not given back. */
  readonly bought: number;
  /** `user`, `GB` */
  readonly unit: string;
  /** Units that users have. */
  readonly associated: number;
  /** Of machines there are no units: nobody is associated with them, and they are changed at their portal. */
  readonly isMachines: boolean;
  /** Of the customer's person who gets it. */
  readonly adminEmail: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tenant?: string | undefined;
  /** What the customer pays for one unit and month, and for all of them. */
  readonly price: Money;
  readonly total: Money;
  /** What is behind that price: only for those who may see it. */
  readonly inside: readonly (readonly [title: string, value: string])[];
  readonly commitment: Commitment;
  readonly startedAt?: string | undefined;
  readonly renewsAt?: string | undefined;
  readonly coAdministrator?: string | undefined;
  /** What the provider calls it. */
  readonly providerSubscription?: string | undefined;
  readonly configuration: readonly (readonly [title: string, value: string])[];
};

const STATUS = {
  active: ['Active', 'good'],
  suspended: ['Suspended', 'warning'],
  cancelled: ['Cancelled', 'informative'],
} as const;

export function subscriptionsDetailsCard(data: SubscriptionsDetails): Card {
  const { organization, subscription, status } = data;
  const [word, style] = STATUS[status];
  return card({
    organization,
    title: `Subscription ${subscription}`,
    badge: badge(word, style),
    body: [
      lead(answer(data)),
      data.status === 'suspended' ? callout(suspended(data), 'warning') : undefined,
      ...boughtLines(data).map((line) => subtle(line, 'medium')),
      section('Who it is for'),
      facts([
        ['Admin e-mail', data.adminEmail],
        ['First name', data.firstName],
        ['Last name', data.lastName],
        ['Tenant name', data.tenant],
        ['Co-administrator', data.coAdministrator],
      ]),
      ...prices(data),
      section('Term'),
      facts([
        ['Started', data.startedAt && dateTime(data.startedAt)],
        ['Renews', data.renewsAt && date(data.renewsAt)],
        ['Commitment', termLine(data.commitment, data.isMachines)],
        ['At the vendor', data.providerSubscription],
        ['Order', subscription.split('/')[0]],
      ]),
      ...configurationFacts(data.configuration),
    ],
    actions: actions(data),
  });
}

const suspended = ({ isMachines }: SubscriptionsDetails): string =>
  isMachines
    ? 'It is suspended: the machines can’t be used now.'
    : 'It is suspended: its users can’t use it now.';

function answer(data: SubscriptionsDetails): string {
  const { quantity, bought, product, unit, associated, isMachines } = data;
  if (isMachines) return `${product}. They are not associated with users.`;
  const given = associated === 0 ? 'none' : number(associated);
  const units = count(differs(data) ? bought : quantity, 'unit');
  return `${whatOf(data)} (per ${unit}), ${given} of ${units} associated.`;
}

function prices({ price, total, unit, inside, isMachines }: SubscriptionsDetails): (Element | undefined)[] {
  return [
    section('Price details'),
    facts([
      ['Price', isMachines ? undefined : `${money(price)} per ${unit} and month`],
      ['Total', `${money(total)} per month`],
      ...inside,
    ]),
  ];
}

function actions({ subscription, status, isMachines }: SubscriptionsDetails): (Action | undefined)[] {
  const isActive = status === 'active';
  const counted = !isMachines;
  return [
    isActive && counted ? commandButton('Increase', `increase ${subscription}`) : undefined,
    isActive && counted ? commandButton('Decrease', `decrease ${subscription}`) : undefined,
    isActive ? commandButton('Suspend', `suspend ${subscription}`) : undefined,
    status === 'suspended' ? commandButton('Resume', `resume ${subscription}`) : undefined,
    counted ? commandButton('Users', `service ${subscription}`) : undefined,
    commandButton('Order', `order ${subscription.split('/')[0]}`),
    commandButton('Subscriptions', 'subscriptions'),
  ];
}

const office: SubscriptionsDetails = {
  organization: 'Contoso',
  subscription: '10023/2',
  product: 'Office 365 E3',
  status: 'active',
  quantity: 5,
  bought: 5,
  unit: 'user',
  associated: 2,
  isMachines: false,
  adminEmail: 'carla@contoso.example',
  firstName: 'Carla',
  lastName: 'Diaz',
  tenant: 'contoso.onmicrosoft.com',
  price: { minor: 2200, currency: 'EUR' },
  total: { minor: 11_000, currency: 'EUR' },
  inside: [],
  commitment: {
    kind: 'yearly',
    reducible: [{ quantity: 3, until: '2026-11-28T09:30:00Z' }],
    renewsAt: '2027-09-14T09:30:00Z',
    renewsToday: false,
  },
  startedAt: '2026-09-14T09:30:00Z',
  renewsAt: '2027-09-14T09:30:00Z',
  configuration: [],
};

export const samples: Record<string, Card> = {
  customer: subscriptionsDetailsCard(office),
  provider: subscriptionsDetailsCard({
    ...office,
    commitment: { kind: 'monthly' },
    inside: [
      ['List price', '€18.22'],
      ['Purchase price', '€19.13'],
      ['Markup', '15 %'],
    ],
  }),
  billed: subscriptionsDetailsCard({
    ...office,
    quantity: 2,
    total: { minor: 4400, currency: 'EUR' },
    inside: [['Bought, not billed', '€57.39 per month']],
  }),
  'billed monthly': subscriptionsDetailsCard({ ...office, quantity: 0, commitment: { kind: 'monthly' } }),
  suspended: subscriptionsDetailsCard({
    ...office,
    status: 'suspended',
    associated: 0,
    commitment: { kind: 'yearly', reducible: [], renewsToday: true },
  }),
  cancelled: subscriptionsDetailsCard({ ...office, status: 'cancelled', tenant: undefined }),
  machines: subscriptionsDetailsCard({
    ...office,
    subscription: '10031/1',
    product: 'Azure Pack virtual machines',
    unit: 'configuration',
    quantity: 1,
    bought: 1,
    associated: 0,
    isMachines: true,
    coAdministrator: 'nora@northwind.example',
    providerSubscription: 'sub-7f3a',
    commitment: { kind: 'monthly' },
    configuration: [
      ['Region', 'Frankfurt'],
      ['Machines', '2 × Medium, Ubuntu Server 24.04 (2 cores, 8 GB RAM, 80 GB disk)'],
      ['VPN', '1 × 10 S2S channels'],
    ],
  }),
  long: subscriptionsDetailsCard({
    ...office,
    organization: longest.organization,
    subscription: longest.service,
    product: longest.product,
    quantity: 100_000,
    bought: 145_000,
    adminEmail: longest.user,
    firstName: 'Maximiliane',
    lastName: 'Oberhuber-Schwarzenbergerova',
    tenant: 'fernmeldewesen-sued-ost-gesellschaft.onmicrosoft.com',
    commitment: {
      kind: 'yearly',
      reducible: many(6, (index) => ({ quantity: index * 1000, until: `2026-11-2${index}T09:30:00Z` })),
      renewsAt: '2027-09-14T09:30:00Z',
      renewsToday: false,
    },
    configuration: many(
      6,
      (index) => [`Machines ${index}`, `1,000 × Extra large, ${longest.product}`] as const,
    ),
  }),
};
