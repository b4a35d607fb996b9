import { list, money, percent } from '../../../cards/format.ts';
import type { Approval, OrderLine, SubscriptionFacts } from '../../../cards/ordered.ts';
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import { inOrder } from './find.ts';
import { askForOrder } from './open.ts';
import {
  configurationOf,
  costOf,
  endCustomerOf,
  priceOf,
  quantityOf,
  requested,
  unpriced,
} from './parts/rules.ts';
import {
  loadApproval,
  loadInvoices,
  loadOfferings,
  loadPrices,
  loadSteps,
  loadSubscriptions,
  type SubscriptionRecord,
} from './parts/store.ts';
import { orderDetails, setUpLinks } from './replies.ts';
import { changeTitle, type OrderStatus, originOf, saidOf } from './rules.ts';
import { asUnits } from './services.ts';
import {
  type ChangeRecord,
  loadChanges,
  loadServicesOf,
  type OrderRecord,
  type ServiceRecord,
} from './store.ts';

export async function showOrder(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  return word === undefined ? askForOrder('order') : inOrder(asked, word, details);
}

/** Where its services are set up, each by itself. */
export async function showLinks(view: View, order: OrderRecord): Promise<Reply> {
  const links = (await loadOfferings(view.db, order.id)).flatMap(linkOf);
  return setUpLinks({ organization: view.customer.name, short: String(order.number), links });
}

async function details(view: View, order: OrderRecord): Promise<Reply> {
  const { db, viewer, customer, settings } = view;
  const services = await loadServicesOf(db, [order.id]);
  const changes = await loadChanges(db, [order.id], viewer);
  const prices = await loadPrices(db, customer.id, unpriced(order, changes));
  const approval = await loadApproval(db, order.id);
  const cost = costOf(order, changes, prices);
  return orderDetails({
    organization: customer.name,
    number: `${settings.orderPrefix}${order.number}`,
    short: String(order.number),
    name: order.name,
    description: order.description,
    status: order.status as OrderStatus,
    waits: order.waits,
    vendorStatus: order.provider_status ?? undefined,
    error: order.error === null ? undefined : saidOf(order.error),
    ...originOf(order),
    at: order.created_at.toISOString(),
    placedAt: order.placed_at?.toISOString(),
    purpose: order.purpose === null ? undefined : changeTitle(order.purpose),
    endCustomer: endCustomerOf(order.end_customer),
    changes: requested(changes),
    lines: services.length > 0 ? [] : changes.map((change) => lineOf(change, order, prices)),
    approval: approval && approvalOf(approval),
    steps: await stepsOf(view, order),
    invoices: await invoicesOf(view, order),
    payment: order.payment_details ?? undefined,
    addOns: addOnsOf(order, changes),
    quantity: quantityOf(services, changes),
    costs:
      cost === undefined
        ? []
        : [{ title: cost.estimated ? 'Would cost per month' : perMonth(services), amount: cost.amount }],
    costBefore: cost?.before,
    markup: viewer.seesMarkup && order.markup_bp !== null ? percent(order.markup_bp) : undefined,
    note: order.note ?? undefined,
    services: services.map(asUnits),
    configuration: changes.flatMap(({ configuration }) => configurationOf(configuration)),
    subscription: subscriptionOf(order, await loadSubscriptions(db, order.id)),
    links: (await loadOfferings(db, order.id)).flatMap(linkOf),
  });
}

/** The order says what was bought; what is billed may be less. */
const perMonth = (services: readonly ServiceRecord[]): string =>
  services.some(({ billed, units, machines }) => machines === null && billed !== null && billed !== units)
    ? 'Per month, as ordered'
    : 'Per month';

type Prices = Awaited<ReturnType<typeof loadPrices>>;

function lineOf(change: ChangeRecord, order: OrderRecord, prices: Prices): OrderLine {
  const minor = priceOf(change, order, prices);
  const isMarkup = change.kind === 'markup change' && change.markup_bp !== null;
  return {
    change: changeTitle(change.kind),
    item: isMarkup ? percent(change.markup_bp ?? 0) : (change.product ?? changeTitle(change.kind)),
    subscription: change.of_order === null ? undefined : `${change.of_order}/${change.of_position}`,
    quantity: change.quantity ?? undefined,
    price: minor === undefined ? undefined : { minor, currency: order.currency },
    error: change.error ?? undefined,
  };
}

/** What is said of the order, and the lines that add to another product. */
function addOnsOf(order: OrderRecord, changes: readonly ChangeRecord[]): string[] {
  const added = changes.flatMap(({ add_on_of, product }) =>
    add_on_of === null || product === null ? [] : [product],
  );
  return [...new Set([...(order.add_ons === null ? [] : [order.add_ons]), ...added])];
}

function approvalOf(of: NonNullable<Awaited<ReturnType<typeof loadApproval>>>): Approval {
  return {
    state: of.state,
    requestedBy: of.requested_by,
    expiresAt: of.expires_at.toISOString(),
    decidedBy: of.decided_by ?? undefined,
    decidedAt: of.decided_at?.toISOString(),
    reason: of.reason ?? undefined,
  };
}

async function stepsOf({ db }: View, { id }: OrderRecord) {
  return (await loadSteps(db, id)).map(({ title, state, error, unsent, started_at, finished_at }) => ({
    title,
    state: state === 'done' && unsent ? ('unsent' as const) : state,
    error: state === 'done' ? undefined : (error ?? undefined),
    at: (finished_at ?? started_at)?.toISOString(),
  }));
}

async function invoicesOf({ db }: View, { id }: OrderRecord) {
  return (await loadInvoices(db, id)).map(({ number, amount_minor: minor, currency, issued_at, due_at }) => ({
    number,
    amount: { minor, currency },
    issuedAt: issued_at.toISOString(),
    dueAt: due_at.toISOString(),
  }));
}

function subscriptionOf(
  order: OrderRecord,
  subscriptions: readonly SubscriptionRecord[],
): SubscriptionFacts | undefined {
  const [subscription] = subscriptions;
  return (
    subscription && {
      adminEmail: subscription.admin_email,
      firstName: subscription.first_name,
      lastName: subscription.last_name,
      tenant: subscription.tenant_name ?? undefined,
      price: pricesOf(order.number, subscriptions),
    }
  );
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
  const each = subscriptions.every(({ configuration }) => configuration !== null)
    ? 'month'
    : 'unit and month';
  return `${list([...shown, ...more])} per ${each}`;
}

type Offering = Awaited<ReturnType<typeof loadOfferings>>[number];

const linkOf = ({ name, setup_url, portal_url }: Offering) =>
  setup_url !== null
    ? [{ title: `Set up ${name}`, url: setup_url }]
    : portal_url !== null
      ? [{ title: `Open ${name}`, url: portal_url }]
      : [];
