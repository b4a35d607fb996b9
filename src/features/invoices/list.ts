import { type Asked, PAGE_SIZE, pageOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { customerNamed, inCustomerView, inView, type View, viewOf } from '../organizations/view.ts';
import { invoiceList } from './replies.ts';
import { countInvoices, loadInvoices } from './store.ts';

/** `invoices`, of the customer whose view it is; `invoices fabrikam`, of another one. */
export async function listInvoices(asked: Asked, name: string, page: number): Promise<Reply> {
  if (name === '') return inCustomerView(asked, (view) => showPage(view, '', page));
  const named = await customerNamed(asked, name, (customer) => `invoices ${customer}`);
  if (named.kind === 'unclear') return named.reply;
  return inView(viewOf(asked, named.customer), (view) => showPage(view, named.customer.name, page));
}

/** The page before or after, in place of the one whose button was pressed. */
export async function turnPage(asked: Asked, name: string, page: number): Promise<Reply> {
  const reply = await listInvoices({ ...asked, text: `invoices ${name}`.trim() }, name, page);
  return { ...reply, position: 'instead' };
}

async function showPage({ db, viewer, customer }: View, of: string, page: number): Promise<Reply> {
  const { total, credits } = await countInvoices(db, viewer, customer.id);
  const paging = pageOf(page, total);
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = await loadInvoices(db, viewer, customer.id, { offset, limit: PAGE_SIZE });
  return invoiceList({ organization: customer.name, of, paging, credits, found });
}
