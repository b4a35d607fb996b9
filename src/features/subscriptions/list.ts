import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { PAGE_SIZE, pageOf } from '../orders/rules.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { subscriptionList } from './replies.ts';
import { countFound, countSubscriptions, loadSubscriptions } from './store.ts';

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

/** Who finds more than this has to say more of what is looked for. */
const MOST_FOUND = 1_000;

async function showPage({ db, viewer, customer }: View, text: string, page: number): Promise<Reply> {
  const sought = { organizationId: customer.id, text };
  const all =
    text === ''
      ? await countSubscriptions(db, viewer, customer.id)
      : await countFound(db, viewer, sought, MOST_FOUND);
  const more = text !== '' && all > MOST_FOUND;
  const paging = pageOf(page, more ? MOST_FOUND : all);
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = await loadSubscriptions(db, viewer, sought, { offset, limit: PAGE_SIZE });
  return subscriptionList({ organization: customer.name, text, paging, more, found });
}
