import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { PAGE_SIZE, pageOf } from '../orders/rules.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { subscriptionList } from './replies.ts';
import { countSubscriptions, loadSubscriptions } from './store.ts';

/** `subscriptions webex`: what runs on for the customer whose view it is. */
export function listSubscriptions(asked: Asked, words: readonly string[]): Promise<Reply> {
  return inCustomerView(asked, (view) => showPage(view, words.join(' '), 1));
}

/** The page before or after, in place of the one whose button was pressed. */
export async function turnPage(asked: Asked, text: string, page: number): Promise<Reply> {
  const said = { ...asked, text: `subscriptions ${text}`.trim() };
  const reply = await inCustomerView(said, (view) => showPage(view, text, page));
  return { ...reply, position: 'instead' };
}

async function showPage({ db, viewer, customer }: View, text: string, page: number): Promise<Reply> {
  const paging = pageOf(page, await countSubscriptions(db, viewer, text));
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = await loadSubscriptions(db, viewer, { text, offset, limit: PAGE_SIZE });
  return subscriptionList({ organization: customer.name, text, paging, found });
}
