import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import { asFound, inOrder } from './find.ts';
import { needsOrderNumber, noServices, orderDetails, serviceList } from './replies.ts';
import { changeTitle, type OrderStatus, pageOf } from './rules.ts';
import {
  countUsers,
  loadChanges,
  loadServicesOf,
  loadSubscription,
  type OrderRecord,
  type ServiceRecord,
} from './store.ts';

export async function showOrder(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  return word === undefined ? needsOrderNumber('order') : inOrder(asked, word, details);
}

async function details(view: View, order: OrderRecord): Promise<Reply> {
  const services = await loadServicesOf(view.db, [order.id]);
  const changes = await loadChanges(view.db, [order.id], view.viewer);
  const subscription = await loadSubscription(view.db, order.id);
  const cost = order.cost_minor === null ? [] : [{ minor: order.cost_minor, currency: order.currency }];
  return orderDetails({
    organization: view.customer.name,
    number: `${view.settings.orderPrefix}${order.number}`,
    short: String(order.number),
    name: order.name,
    description: order.description,
    status: order.status as OrderStatus,
    vendorStatus: order.provider_status ?? undefined,
    error: order.error ?? undefined,
    createdBy: { person: order.created_by, organization: order.created_by_organization },
    at: order.created_at.toISOString(),
    changes: changes.map(({ kind, quantity, product }) =>
      product === null ? changeTitle(kind) : `${changeTitle(kind)}: ${quantity ?? 1} × ${product}`,
    ),
    payment: order.payment_details ?? undefined,
    addOns: order.add_ons === null ? [] : [order.add_ons],
    quantity: quantityOf(services, changes),
    costs: cost.map((amount) => ({ title: 'Per month', amount })),
    markup: view.viewer.seesMarkup && order.markup_percent !== null ? `${order.markup_percent} %` : undefined,
    note: order.note ?? undefined,
    services: services.map(asUnits),
    subscription: subscription && {
      adminEmail: subscription.admin_email,
      firstName: subscription.first_name,
      lastName: subscription.last_name,
      tenant: subscription.tenant_name ?? undefined,
      price: undefined,
    },
  });
}

function quantityOf(
  services: readonly ServiceRecord[],
  changes: readonly { quantity: number | null }[],
): number {
  const units =
    services.length > 0 ? services.map((one) => one.units) : changes.map((one) => one.quantity ?? 0);
  return units.reduce((sum, one) => sum + one, 0);
}

/** A service as cards show it. */
export function asUnits(service: ServiceRecord) {
  const { ref, product, units, free, reserved } = asFound(service);
  return { service: ref, product, units, free, reserved };
}

export async function showServices(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  return word === undefined
    ? needsOrderNumber('services')
    : inOrder(asked, word, (view, order) => services(view, order, 1));
}

export async function services(view: View, order: OrderRecord, page: number): Promise<Reply> {
  const all = await loadServicesOf(view.db, [order.id]);
  if (all.length === 0) return noServices(view.customer.name, String(order.number));
  const paging = pageOf(page, all.length);
  const shown = all.slice((paging.page - 1) * 10, paging.page * 10);
  const users = await countUsers(
    view.db,
    shown.map(({ id }) => id),
  );
  return serviceList({
    ...paging,
    organization: view.customer.name,
    short: String(order.number),
    units: all.reduce((sum, service) => sum + service.units, 0),
    free: all.reduce((sum, service) => sum + asFound(service).free, 0),
    services: shown.map((service) => ({
      ...asUnits(service),
      position: service.position,
      users: users.get(service.id) ?? 0,
    })),
  });
}
