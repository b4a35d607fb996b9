import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { inOrder } from '../orders/find.ts';
import { PAGE_SIZE, pageOf } from '../orders/rules.ts';
import { inCustomerView, type View, viewOf } from '../organizations/view.ts';
import { historyList, onlyInPrivate } from './replies.ts';
import { decideUndo, undoableUntil } from './rules.ts';
import { countHistory, type HistoryRecord, loadHistory } from './store.ts';

const PROVIDER = 'provider';

/** `history 10023`, or all that happened to the customer; `history provider`: to prices, keys and settings. */
export async function showHistory(asked: Asked, [word]: readonly string[], page = 1): Promise<Reply> {
  if (word?.toLowerCase() === PROVIDER && asked.member.role === 'provider admin') {
    if (asked.place.kind !== 'personal') return onlyInPrivate();
    const own = viewOf(asked, asked.member.organization);
    return list(own, { of: 'the provider', query: PROVIDER, orderId: undefined }, page);
  }
  if (word === undefined) {
    return inCustomerView(asked, (view) =>
      list(view, { of: 'all orders', query: '', orderId: undefined }, page),
    );
  }
  return inOrder(asked, word, (view, order) =>
    list(view, { of: `order ${order.number}`, query: String(order.number), orderId: order.id }, page),
  );
}

type Of = { readonly of: string; readonly query: string; readonly orderId: number | undefined };

async function list(view: View, of: Of, page: number): Promise<Reply> {
  const paging = pageOf(page, await countHistory(view.db, view.viewer, of));
  const entries = await loadHistory(view.db, view.viewer, of, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return historyList({
    ...paging,
    organization: view.customer.name,
    of: of.of,
    query: of.query,
    entries: entries.map((entry) => asEntry(view, entry)),
  });
}

function asEntry({ member, now }: View, entry: HistoryRecord) {
  const may = decideUndo(entry, member, now).kind === 'undo';
  return {
    n: entry.id,
    at: entry.at.toISOString(),
    who: entry.actor_name,
    what: entry.summary,
    undo: may ? { id: String(entry.id), until: undoableUntil(entry).toISOString() } : undefined,
    undone: entry.undone_by !== null,
  };
}
