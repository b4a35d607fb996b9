import type { OrderRow } from '../../../cards/orders-list.ts';
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { inCustomerView, type View } from '../organizations/view.ts';
import { costOf, itemsOf, quantityOf, unpriced } from './parts/rules.ts';
import { loadPrices } from './parts/store.ts';
import { orderList } from './replies.ts';
import {
  changeTitle,
  numberIn,
  type OrderStatus,
  originOf,
  PAGE_SIZE,
  pageOf,
  parseSearch,
  type Search,
  statusesOf,
  statusesWith,
} from './rules.ts';
import { type Having, organizationsNamed } from './search/store.ts';
import {
  countFound,
  countOrders,
  type Listed,
  type ListedOrder,
  loadChanges,
  loadOrders,
  loadServicesOf,
} from './store.ts';

export function listOrders(asked: Asked, words: readonly string[]): Promise<Reply> {
  return inCustomerView(asked, (view) => showPage(view, parseSearch(words), 1));
}

/** Who finds more than this has to say more of what is looked for. */
export const MOST_FOUND = 1_000;

export async function showPage(view: View, search: Search, page: number): Promise<Reply> {
  const { db, viewer, customer } = view;
  const statuses = statusesOf(search);
  const list: Listed = {
    organizationId: customer.id,
    statuses,
    having: await havingOf(view, search, statuses),
  };
  const all =
    list.having === undefined
      ? await countOrders(db, viewer, list)
      : await countFound(db, viewer, list, MOST_FOUND);
  const more = list.having !== undefined && all > MOST_FOUND;
  const paging = pageOf(page, more ? MOST_FOUND : all);
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = { ...list, having: list.having && { ...list.having, common: more } };
  const orders = await loadOrders(db, viewer, found, { sort: search.sort, offset, limit: PAGE_SIZE });
  return orderList({
    ...paging,
    more,
    organization: customer.name,
    view: search.view,
    filter: search.view === 'historical' ? search.filter : undefined,
    sort: search.sort,
    text: search.text || undefined,
    orders: await rowsOf(view, orders),
  });
}

/** What is true of the orders that are looked for; nothing where it is true of all. */
async function havingOf(
  { db, customer, settings }: View,
  { text }: Search,
  statuses: readonly OrderStatus[],
): Promise<Having | undefined> {
  if (text === '') return undefined;
  const number = numberIn(settings.orderPrefix, text);
  const organizations = await organizationsNamed(db, customer.id, text);
  if (number === 'any' || organizations.includes(customer.id)) return undefined;
  return { text, begins: number?.begins, statuses: statusesWith(text, statuses), organizations };
}

async function rowsOf({ db, viewer, customer, settings }: View, orders: readonly ListedOrder[]) {
  const ids = orders.map(({ id }) => id);
  const services = Map.groupBy(await loadServicesOf(db, ids), ({ order_id }) => order_id);
  const changes = Map.groupBy(await loadChanges(db, ids, viewer), ({ order_id }) => order_id);
  const wanted = orders.flatMap((order) => unpriced(order, changes.get(order.id) ?? []));
  const prices = await loadPrices(db, customer.id, wanted);
  return orders.map((order): OrderRow => {
    const bought = services.get(order.id) ?? [];
    const lines = changes.get(order.id) ?? [];
    return {
      number: `${settings.orderPrefix}${order.number}`,
      short: String(order.number),
      description: order.description || undefined,
      items: itemsOf(bought, lines),
      changes: [...new Set(lines.map(({ kind }) => changeTitle(kind)))],
      ...originOf(order),
      at: order.created_at.toISOString(),
      status: order.status as OrderStatus,
      waits: order.waits,
      vendorStatus: order.provider_status ?? undefined,
      error: order.error ?? undefined,
      quantity: quantityOf(bought, lines),
      cost: costOf(order, lines, prices),
      note: order.note ?? undefined,
    };
  });
}
