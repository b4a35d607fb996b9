/** What was charged for the orders of a customer, and what was given back. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, OPEN, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { choiceInput } from './fields.ts';
import { date, type Money, money } from './format.ts';
import { countedInvoices } from './ordered.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type InvoiceRow = {
  readonly number: string;
  /** As one types it: `10023` */
  readonly order: string;
  /** Name of the order. */
  readonly description?: string | undefined;
  /** Below zero where it is given back. */
  readonly amount: Money;
  readonly issuedAt: string;
  readonly dueAt: string;
};

export type InvoicesList = Paging & {
  readonly organization: string;
  /** The customer that was named; empty where none was. */
  readonly of: string;
  /** How many of all of them are credit notes. */
  readonly credits?: number | undefined;
  readonly invoices: readonly InvoiceRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Invoice', width: 4 },
  { title: 'Issued, due', width: 3 },
  { title: 'Amount', width: 2.4, align: 'right' },
];

export function invoicesListCard(data: InvoicesList): Card {
  const { organization, of, total, invoices } = data;
  return card({
    organization,
    title: 'Invoices',
    body: [
      lead(total === 0 ? 'No invoices yet.' : `${countedInvoices(total, data.credits)}, the newest first.`),
      invoices.length > 0 ? table(COLUMNS, invoices.map(row)) : undefined,
      pageLine(data),
      invoices.length > 0 ? chooser(invoices) : undefined,
    ],
    actions: [
      ...(invoices.length > 0 ? [OPEN] : []),
      ...pageButtons(data, 'invoices.page', { of }),
      commandButton('Orders', 'orders'),
    ],
  });
}

function row({ number, order, description, amount, issuedAt, dueAt }: InvoiceRow): Cell[] {
  const isCredit = amount.minor < 0;
  return [
    [
      { text: number, size: 'small', weight: 'bolder' },
      small(`Order ${order}`),
      ...(description ? [small(description)] : []),
    ],
    [date(issuedAt), small(isCredit ? 'Credit note' : `Due ${date(dueAt)}`)],
    money(amount),
  ];
}

/** An order may have several invoices. */
function chooser(invoices: readonly InvoiceRow[]): Element {
  const orders = [...new Set(invoices.map(({ order }) => order))];
  return choiceInput({
    id: 'text',
    label: 'Open its order',
    choices: orders.map((order) => ({ title: `Order ${order}`, value: `order ${order}` })),
    style: 'compact',
    placeholder: 'Choose an order',
    ...(orders[0] && { value: `order ${orders[0]}` }),
  });
}

const invoice: InvoiceRow = {
  number: 'INV-10023',
  order: '10023',
  description: 'Office for the new branch',
  amount: { minor: 11_000, currency: 'EUR' },
  issuedAt: '2026-11-21T14:05:00Z',
  dueAt: '2026-12-21T14:05:00Z',
};

export const samples: Record<string, Card> = {
  some: invoicesListCard({
    organization: 'Contoso',
    of: '',
    invoices: [
      { ...invoice, number: 'CN-10023-2', amount: { minor: -4400, currency: 'EUR' } },
      invoice,
      { ...invoice, number: 'INV-10021', order: '10021', description: undefined },
    ],
    credits: 1,
    page: 1,
    pages: 1,
    total: 3,
  }),
  empty: invoicesListCard({ organization: 'Contoso', of: '', invoices: [], page: 1, pages: 1, total: 0 }),
  page: invoicesListCard({
    organization: longest.organization,
    of: longest.organization,
    invoices: many(10, (index) => ({
      ...invoice,
      number: `INV-${longest.short}-${index}`,
      order: `${longest.short}${index}`,
      description: longest.product,
      amount: { minor: 987_654_321_00, currency: 'EUR' },
    })),
    page: 2,
    pages: 9,
    total: 84,
  }),
};
