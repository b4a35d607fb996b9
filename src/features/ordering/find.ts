import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { chooseIfNone, type View } from '../organizations/view.ts';
import { type DraftOrder, findDraft } from './drafts.ts';
import { noLongerChangeable, noSuchDraft, stillDraft, waitsForApproval } from './replies.ts';

/** Runs `run` with the order of this number, locked, which can still be changed; or says what is so with it. */
export async function withDraft(
  asked: Asked,
  word: string,
  run: (view: View, order: DraftOrder) => Promise<Reply>,
): Promise<Reply> {
  const found = await findDraft(asked, word);
  if (found === undefined) return noSuchDraft(word);
  const { view } = found;
  const [organization, number] = [view.customer.name, String(found.order.number)];
  if (found.kind === 'waits for approval') return waitsForApproval(organization, number);
  if (found.kind === 'placed') return noLongerChangeable(organization, number, found.order.status);
  await chooseIfNone(view);
  const reply = await run(view, found.order);
  return { about: view.customer.id, ...reply };
}

/** The same with an order of the basket. */
export const withStarted = (
  asked: Asked,
  word: string,
  run: (view: View, order: DraftOrder) => Promise<Reply>,
): Promise<Reply> =>
  withDraft(asked, word, async (view, order) =>
    order.status === 'Draft' ? stillDraft(view.customer.name, String(order.number)) : run(view, order),
  );

/** In place of the card whose button was pressed. */
export async function instead(reply: Promise<Reply>): Promise<Reply> {
  return { ...(await reply), position: 'instead' };
}
