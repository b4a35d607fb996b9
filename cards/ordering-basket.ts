/** The orders that a customer has begun, where there are several. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { eur, longest, many } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { count, money } from './format.ts';
import { lineInWords, type OrderLine, type OrderTotals, totalFacts } from './ordering.ts';
import { small, type TableColumn, table } from './table.ts';

export type OrderingBasket = {
  readonly organization: string;
  readonly orders: readonly {
    readonly order: string;
    readonly description: string;
    /** `begun by Nora Lindgren, Northwind Partners`, where that was somebody else. */
    readonly begun?: string | undefined;
    readonly lines: readonly Pick<OrderLine, 'product' | 'quantity'>[];
    readonly totals: OrderTotals;
  }[];
  /** Of all of them. */
  readonly totals: OrderTotals;
  /** How many are saved for later. */
  readonly drafts: number;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Order', width: 1.8 },
  { title: 'What is in it', width: 5 },
  { title: 'Per month', width: 2.6, align: 'right' },
];
const MOST_ORDERS = 10;
const MOST_LINES = 4;
const MOST_BUTTONS = 4;

export function orderingBasketCard({ organization, orders, totals, drafts }: OrderingBasket): Card {
  const more = orders.length - MOST_ORDERS;
  return card({
    organization,
    title: 'Basket',
    body: [
      lead(`${organization} has ${count(orders.length, 'order')} in the basket. Each is placed by itself.`),
      table(COLUMNS, orders.slice(0, MOST_ORDERS).map(row)),
      more > 0
        ? subtle(`And ${count(more, 'more order')}. To open one, type its number: basket 10029`)
        : undefined,
      totalFacts(totals),
    ],
    actions: [
      ...orders.slice(0, MOST_BUTTONS).map(({ order }) => commandButton(`Open ${order}`, `basket ${order}`)),
      commandButton('New order', 'new order'),
      drafts > 0 ? commandButton('Drafts', 'orders historical draft') : undefined,
    ],
  });
}

function row({ order, description, begun, lines, totals }: OrderingBasket['orders'][number]) {
  const words = lines.slice(0, MOST_LINES).map(lineInWords);
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  const [first = 'Nothing yet', ...others] = [...words, ...more];
  return [
    order,
    [first, ...others, small([description, begun].filter(Boolean).join(' · '))],
    money(totals.price),
  ];
}

const BEGUN = 'begun by Nora Lindgren, Northwind Partners';
const totals = { price: eur(11_399), purchase: eur(9911), isChange: false };

export const samples: Record<string, Card> = {
  two: orderingBasketCard({
    organization: 'Contoso',
    orders: [
      {
        order: '10029',
        description: 'Microsoft O365',
        lines: [
          { product: 'Office 365 E3', quantity: 5 },
          { product: 'Audio Conferencing', quantity: 1 },
        ],
        totals,
      },
      { order: '10030', description: 'Webex', begun: BEGUN, lines: [], totals: { ...totals, price: eur(0) } },
    ],
    totals,
    drafts: 1,
  }),
  long: orderingBasketCard({
    organization: longest.organization,
    orders: many(14, (index) => ({
      order: `10000000${index}`,
      description: longest.product,
      lines: many(6, () => ({ product: longest.product, quantity: 100_000 })),
      totals: { price: eur(12_345_600_000), purchase: undefined, isChange: false },
    })),
    totals: { price: eur(172_838_400_000), purchase: undefined, isChange: false },
    drafts: 0,
  }),
};
