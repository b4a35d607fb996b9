import type { Paging } from '../../../cards/elements.ts';
import { date, money } from '../../../cards/format.ts';
import { type InvoiceRow, invoicesListCard } from '../../../cards/invoices-list.ts';
import { countedInvoices } from '../../../cards/ordered.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Invoice } from './store.ts';

type List = {
  readonly organization: string;
  /** The customer that was named; empty where it is that of the view. */
  readonly of: string;
  readonly paging: Paging;
  /** How many of all of them are credit notes. */
  readonly credits: number;
  readonly found: readonly Invoice[];
};

export function invoiceList({ organization, of, paging, credits, found }: List): Reply {
  const invoices = found.map(rowOf);
  const lines = invoices.map(
    ({ number, order, amount, issuedAt }) => `${number}: ${money(amount)}, order ${order}, ${date(issuedAt)}`,
  );
  const card = invoicesListCard({ ...paging, credits, organization, of, invoices });
  return tell([`${organization}: ${countedInvoices(paging.total, credits)}`, ...lines].join('\n'), card);
}

const rowOf = (one: Invoice): InvoiceRow => ({
  number: one.number,
  order: String(one.order),
  description: one.description || undefined,
  amount: { minor: one.amount_minor, currency: one.currency },
  issuedAt: one.issued_at.toISOString(),
  dueAt: one.due_at.toISOString(),
});
