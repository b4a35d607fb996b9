/** One order of the basket, which can still be changed. */
import type { Action, Card } from '../src/chat/card.ts';
import { actionButton, commandButton, removeOrderButton } from './buttons.ts';
import { eur, longest, many } from './demo.ts';
import { callout, card, lead, subtle } from './elements.ts';
import { count } from './format.ts';
import { linesTable, type OrderLine, type OrderTotals, totalFacts } from './ordering.ts';
import { statusBadge } from './status.ts';

export type OrderingOrder = {
  readonly organization: string;
  readonly order: string;
  readonly description: string;
  /** `begun by Nora Lindgren, Northwind Partners`, where that was somebody else. */
  readonly begun?: string | undefined;
  readonly lines: readonly OrderLine[];
  readonly totals: OrderTotals;
  /** What has just happened. */
  readonly said: readonly string[];
  /** What is to be looked at: a price that has changed, why it was refused. */
  readonly warnings: readonly string[];
  /** What can be done with what is in it. */
  readonly kind: 'licences' | 'configuration' | 'change';
};

const MOST_LINES = 12;

export function orderingOrderCard(data: OrderingOrder): Card {
  const { organization, order, description, begun, lines, totals, said, warnings } = data;
  const more = lines.length - MOST_LINES;
  return card({
    organization,
    title: `Order ${order}`,
    badge: statusBadge('Started'),
    body: [
      lead(answer(data)),
      ...said.map((sentence) => callout(sentence, 'emphasis')),
      ...warnings.map((sentence) => callout(sentence, 'warning')),
      lines.length > 0 ? linesTable(lines.slice(0, MOST_LINES)) : undefined,
      more > 0 ? subtle(`And ${count(more, 'more line')}.`) : undefined,
      lines.length > 0 ? totalFacts(totals) : undefined,
      subtle([description, begun].filter(Boolean).join(' · ')),
    ],
    actions: actions(data),
  });
}

function answer({ organization, lines }: OrderingOrder): string {
  return lines.length === 0
    ? `Nothing is in this order of ${organization} yet.`
    : `In the basket of ${organization}. Nothing is bought before you place the order.`;
}

function actions({ order, lines, kind }: OrderingOrder): (Action | undefined)[] {
  const add = {
    licences: actionButton('Add a product', 'ordering.add', { order }),
    configuration: actionButton('Change configuration', 'ordering.add', { order }),
    change: undefined,
  }[kind];
  if (lines.length === 0) return [add, removeOrderButton(order)];
  return [
    actionButton('Check out', 'ordering.checkout', { order }, 'positive'),
    add,
    kind === 'configuration'
      ? undefined
      : actionButton('Change quantities', 'ordering.quantities', { order }),
    actionButton('Save as draft', 'ordering.save', { order }),
    commandButton('New order', 'new order'),
    removeOrderButton(order),
  ];
}

const licences: OrderingOrder = {
  organization: 'Contoso',
  order: '10029',
  description: 'Microsoft O365',
  lines: [
    {
      product: 'Office 365 E3',
      details: ['New subscription', 'Yearly: can be reduced within seven days, then at renewal'],
      quantity: 5,
      price: eur(2200),
      amount: eur(11_000),
    },
    {
      product: 'Audio Conferencing',
      details: ['New subscription'],
      quantity: 1,
      price: eur(399),
      amount: eur(399),
    },
  ],
  totals: { price: eur(11_399), purchase: eur(9911), isChange: false },
  said: [],
  warnings: [],
  kind: 'licences',
};

export const samples: Record<string, Card> = {
  licences: orderingOrderCard(licences),
  customer: orderingOrderCard({
    ...licences,
    begun: 'begun by Nora Lindgren, Northwind Partners',
    totals: { ...licences.totals, purchase: undefined },
    said: ['Office 365 E3: 5 now; there were 3 in the basket.'],
    warnings: [
      'Nora Lindgren refused it: The budget is used up.',
      'Office 365 E3 costs €22.00 now; it was €21.00.',
    ],
  }),
  configuration: orderingOrderCard({
    ...licences,
    kind: 'configuration',
    description: 'Machines in Stockholm',
    totals: { price: eur(25_000), purchase: eur(21_739), isChange: false },
    lines: [
      {
        product: 'Azure Pack virtual machines',
        details: ['Region Stockholm', '2 × Medium, Debian 13', '10 S2S Channels'],
        quantity: 1,
        price: eur(25_000),
        amount: eur(25_000),
      },
    ],
    said: ['The quantity of a configuration is always one: each subscription is bought separately.'],
  }),
  decrease: orderingOrderCard({
    ...licences,
    kind: 'change',
    description: 'Decrease of Office 365 E3',
    lines: [
      {
        product: 'Office 365 E3',
        details: ['Decrease of 10023/2 from 5 to 3'],
        quantity: 2,
        price: eur(2200),
        amount: eur(-4400),
      },
    ],
    totals: { price: eur(-4400), purchase: eur(-3826), isChange: true },
  }),
  gone: orderingOrderCard({
    ...licences,
    lines: [{ product: 'Office 365 E1', details: [], quantity: 2, price: undefined, amount: undefined }],
    totals: { price: eur(0), purchase: undefined, isChange: false },
    warnings: ['Office 365 E1 is no longer for sale. Take it out of the order.'],
  }),
  empty: orderingOrderCard({ ...licences, lines: [] }),
  long: orderingOrderCard({
    ...licences,
    organization: longest.organization,
    order: longest.short,
    description: longest.product,
    lines: many(20, () => ({
      product: longest.product,
      details: ['New subscription', 'Yearly: can be reduced within seven days, then at renewal'],
      quantity: 100_000,
      price: eur(123_456),
      amount: eur(12_345_600_000),
    })),
    said: [longest.product],
  }),
};
