import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import type { Paging } from '../../../cards/elements.ts';
import { count, date, money } from '../../../cards/format.ts';
import { type InvoiceRow, invoicesListCard } from '../../../cards/invoices-list.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import type { Invoice } from './store.ts';

type List = {
  readonly organization: string;
  /** The customer that was named; empty where it is that of the view. */
  readonly of: string;
  readonly paging: Paging;
  readonly found: readonly Invoice[];
};

export function invoiceList({ organization, of, paging, found }: List): Reply {
  const invoices = found.map(rowOf);
  const lines = invoices.map(
    ({ number, order, amount, issuedAt }) => `${number}: ${money(amount)}, order ${order}, ${date(issuedAt)}`,
  );
  const card = invoicesListCard({ ...paging, organization, of, invoices });
  return tell([`${organization}: ${count(paging.total, 'invoice')}`, ...lines].join('\n'), card);
}

const rowOf = (one: Invoice): InvoiceRow => ({
  number: one.number,
  order: String(one.order),
  description: one.description || undefined,
  amount: { minor: one.amount_minor, currency: one.currency },
  issuedAt: one.issued_at.toISOString(),
  dueAt: one.due_at.toISOString(),
});

export function whoseInvoices(names: readonly string[]): Reply {
  const question = 'Whose invoices?';
  const choices = names.map((name) => ({ title: name, value: `invoices ${quoted(name)}` }));
  return tell(question, chatChoiceCard({ question, choices }));
}
