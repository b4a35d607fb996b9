import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { loadRefused } from '../assignments/state.ts';
import type { View } from '../organizations/view.ts';
import { asFound, inOrder, withService } from './find.ts';
import { askForOrder } from './open.ts';
import { noServices, serviceDetails, serviceList } from './replies.ts';
import { PAGE_SIZE, pageOf, parseOrderNumber } from './rules.ts';
import { type FoundService, loadServicesOf, type OrderRecord, type ServiceRecord } from './store.ts';
import { countUsers, countUsersOf, loadUsersOf } from './units/store.ts';

/** A service as cards show it. */
export function asUnits(service: ServiceRecord) {
  const { ref, product, units, free, reserved, billed, machines } = asFound(service);
  const counted = machines === null ? { billed: billed ?? undefined } : { machines };
  return { service: ref, product, units, free, reserved, ...counted };
}

/** `services 10023` lists them; `service 10023/1` shows one with its users, `service 10023/1 alice` some of them. */
export async function showServices(asked: Asked, [word, ...more]: readonly string[]): Promise<Reply> {
  if (word === undefined) return askForOrder('services');
  if (parseOrderNumber(asked.settings.orderPrefix, word) !== undefined)
    return inOrder(asked, word, (view, order) => services(view, order, 1));
  return showService(asked, word, more.join(' '), 1);
}

export async function services(view: View, order: OrderRecord, page: number): Promise<Reply> {
  const all = await loadServicesOf(view.db, [order.id]);
  if (all.length === 0) return noServices(view.customer.name, String(order.number));
  const paging = pageOf(page, all.length);
  const shown = all.slice((paging.page - 1) * PAGE_SIZE, paging.page * PAGE_SIZE);
  const users = await countUsers(
    view.db,
    shown.map(({ id }) => id),
  );
  return serviceList({
    ...paging,
    organization: view.customer.name,
    short: String(order.number),
    units: all.reduce((sum, { units, machines }) => sum + (machines === null ? units : 0), 0),
    free: all.reduce((sum, service) => sum + asFound(service).free, 0),
    services: shown.map((service) => ({
      ...asUnits(service),
      position: service.position,
      users: users.get(service.id) ?? 0,
    })),
  });
}

export function showService(asked: Asked, word: string, text: string, page: number): Promise<Reply> {
  const again = (ref: string) => `service ${ref} ${text}`.trim();
  return withService(asked, word, again, (view, service) => users(view, service, text, page));
}

async function users(view: View, service: FoundService, text: string, page: number): Promise<Reply> {
  const paging = pageOf(page, await countUsersOf(view.db, service.id, text));
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = await loadUsersOf(view.db, service.id, text, { offset, limit: PAGE_SIZE });
  return serviceDetails({
    ...paging,
    organization: view.customer.name,
    service: asUnits(service),
    associated: service.associated,
    most: service.max_units_per_user ?? undefined,
    text: text || undefined,
    refused: await loadRefused(view.db, service.id),
    users: found.map(({ email, units }) => ({ user: email, units })),
  });
}
