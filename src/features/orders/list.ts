import { number } from '../../../cards/format.ts';
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { orderList } from './replies.ts';
import { changeTitle, PAGE_SIZE, pageOf, parseSearch, type Search, statusesOf } from './rules.ts';
import { countOrders, loadChanges, loadOrders, loadServicesOf } from './store.ts';

export function listOrders(asked: Asked, words: readonly string[]): Promise<Reply> {
  return inCustomerView(asked, (view) => showPage(view, parseSearch(words), 1));
}

export async function showPage(view: View, search: Search, page: number): Promise<Reply> {
  const { db, viewer, settings } = view;
  const found = { statuses: statusesOf(search), text: search.text, prefix: settings.orderPrefix };
  const paging = pageOf(page, await countOrders(db, viewer, found));
  const orders = await loadOrders(db, viewer, found, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  const ids = orders.map(({ id }) => id);
  const [services, changes] = [await loadServicesOf(db, ids), await loadChanges(db, ids, viewer)];

  return orderList({
    ...paging,
    organization: view.customer.name,
    view: search.view,
    filter: search.view === 'historical' ? search.filter : undefined,
    text: search.text || undefined,
    orders: orders.map((order) => {
      const bought = services.filter((service) => service.order_id === order.id);
      const requested = changes.filter((change) => change.order_id === order.id);
      const wanted = requested.flatMap(({ product, quantity }) =>
        product === null ? [] : [{ product, units: quantity ?? 1 }],
      );
      return {
        number: `${settings.orderPrefix}${order.number}`,
        short: String(order.number),
        items: (bought.length > 0 ? bought : wanted).map(
          ({ units, product }) => `${number(units)} × ${product}`,
        ),
        changes: [...new Set(requested.map(({ kind }) => changeTitle(kind)))],
        createdBy: { person: order.created_by, organization: order.created_by_organization },
        at: order.created_at.toISOString(),
        status: order.status as Parameters<typeof orderList>[0]['orders'][number]['status'],
        note: order.note ?? undefined,
      };
    }),
  });
}
