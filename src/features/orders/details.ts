import { list, money, number, percent } from '../../../cards/format.ts';
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
  loadSubscriptions,
  type OrderRecord,
  type ServiceRecord,
  type SubscriptionRecord,
} from './store.ts';

export async function showOrder(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  return word === undefined ? needsOrderNumber('order') : inOrder(asked, word, details);
}

async function details(view: View, order: OrderRecord): Promise<Reply> {
  const services = await loadServicesOf(view.db, [order.id]);
  const changes = await loadChanges(view.db, [order.id], view.viewer);
  const subscriptions = await loadSubscriptions(view.db, order.id);
  const [subscription] = subscriptions;
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
    changes: requested(changes),
    payment: order.payment_details ?? undefined,
    addOns: order.add_ons === null ? [] : [order.add_ons],
    quantity: quantityOf(services, changes),
    costs: cost.map((amount) => ({ title: 'Per month', amount })),
    markup: view.viewer.seesMarkup && order.markup_bp !== null ? percent(order.markup_bp) : undefined,
    note: order.note ?? undefined,
    services: services.map(asUnits),
    subscription: subscription && {
      adminEmail: subscription.admin_email,
      firstName: subscription.first_name,
      lastName: subscription.last_name,
      tenant: subscription.tenant_name ?? undefined,
      price: pricesOf(order.number, subscriptions),
    },
  });
}

type Change = { readonly kind: string; readonly quantity: number | null; readonly product: string | null };

/** `New subscription: 10 × Office 365 E3 and 2 × Webex Suite` */
function requested(changes: readonly Change[]): string[] {
  return [...Map.groupBy(changes, ({ kind }) => kind)].map(([kind, of]) => {
    const items = of.flatMap(({ quantity, product }) =>
      product === null ? [] : [`${number(quantity ?? 1)} × ${product}`],
    );
    return items.length === 0 ? changeTitle(kind) : `${changeTitle(kind)}: ${list(items)}`;
  });
}

const MOST_PRICES = 5;

/** `€1.99 (10023/1) and €22.00 (10023/2) per unit and month` */
function pricesOf(order: number, subscriptions: readonly SubscriptionRecord[]): string {
  const prices = subscriptions.map(({ price_minor: minor, currency, position }) => {
    const price = money({ minor, currency });
    return subscriptions.length > 1 ? `${price} (${order}/${position})` : price;
  });
  const shown = prices.slice(0, MOST_PRICES);
  const more = prices.length > MOST_PRICES ? [`${prices.length - MOST_PRICES} more`] : [];
  return `${list([...shown, ...more])} per unit and month`;
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
