/** What the cards of ordering share: the lines of an order, and what they come to. */
import type { Execute, FactSet, Table } from '../src/chat/card.ts';
import { facts } from './elements.ts';
import { type Money, money, number, signedMoney } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OrderLine = {
  readonly product: string;
  /** Below the product: what is done, what it holds. */
  readonly details: readonly string[];
  readonly quantity: number;
  /** Of one unit and month; nothing where it can't be ordered now. */
  readonly price: Money | undefined;
  /** Each month, of all of them; below zero where something is given back. */
  readonly amount: Money | undefined;
};

/** What is paid each month, and, for those who may see it, what it costs them. */
export type OrderTotals = {
  readonly price: Money;
  readonly purchase: Money | undefined;
  /** It changes what is paid already. */
  readonly isChange: boolean;
};

/** How a step of an order begins: whose it is, which order, and what has been chosen so far. */
export type OrderStep = {
  readonly organization: string;
  /** `10029`; nothing before there is one. */
  readonly order: string | undefined;
  /** `Microsoft O365`, `Corporate`, … */
  readonly path: readonly string[];
  /** Of what is in the order already. */
  readonly totals: OrderTotals | undefined;
  readonly once: string;
};

/** That units of a service such as `10023/2` are bought already which nobody has. */
export type Unused = { readonly service: string; readonly sentence: string };

/** Buttons at the last look at an order, beside the three that each has. */
export const MOST_MENDING = 3;

/** As many as there are buttons for, with which those units can be given out. */
export const unusedShown = (of: {
  readonly buttons: readonly object[];
  readonly unused?: readonly Unused[] | undefined;
}): readonly Unused[] => (of.unused ?? []).slice(0, Math.max(0, MOST_MENDING - of.buttons.length));

export const orderTitle = (order: string | undefined): string =>
  order === undefined ? 'New order' : `Order ${order}`;

/** `Office 365 E3 · €22.00 per user and month` */
export const productTitle = ({
  name,
  price,
  unit,
}: {
  readonly name: string;
  readonly price: Money;
  readonly unit: string;
}): string => `${name} · ${money(price)} per ${unit} and month`;

/** What was typed goes along and is kept. */
export const keepingButton = (title: string, verb: string, data: Execute['data']): Execute => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  associatedInputs: 'auto',
});

/** Back to the step before. */
export const backButton = (data: Execute['data']): Execute => keepingButton('Back', 'ordering.back', data);

const COLUMNS: readonly TableColumn[] = [
  { title: 'Product', width: 5 },
  { title: 'Quantity', width: 2, align: 'right' },
  { title: 'Per month', width: 2.6, align: 'right' },
];
const UNKNOWN = 'No price';

export function linesTable(lines: readonly OrderLine[]): Table {
  return table(COLUMNS, lines.map(row));
}

function row({ product, details, quantity, price, amount }: OrderLine): Cell[] {
  const each = price === undefined || quantity === 1 ? [] : [small(`${money(price)} each`)];
  return [
    [product, ...details.map(small)],
    number(quantity),
    [{ text: amount === undefined ? UNKNOWN : money(amount), weight: 'bolder' }, ...each],
  ];
}

/** `2 × Office 365 E3` */
export const lineInWords = ({ quantity, product }: Pick<OrderLine, 'quantity' | 'product'>): string =>
  `${number(quantity)} × ${product}`;

export function totalFacts(totals: OrderTotals | undefined): FactSet | undefined {
  return totals && facts(totalPairs(totals));
}

export function totalPairs({
  price,
  purchase,
  isChange,
}: OrderTotals): (readonly [string, string | undefined])[] {
  const shown = isChange ? signedMoney : money;
  const margin = purchase && { ...price, minor: price.minor - purchase.minor };
  return [
    [isChange ? 'Change per month' : 'Total per month', shown(price)],
    ['Purchase price', purchase && shown(purchase)],
    ['Margin', margin && shown(margin)],
  ];
}
