import { money, percent } from '../../../cards/format.ts';
import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { inOrder } from '../orders/find.ts';
import { configurationOf } from '../orders/parts/rules.ts';
import { parseServiceRef } from '../orders/rules.ts';
import type { View } from '../organizations/view.ts';
import { listSubscriptions } from './list.ts';
import { noSuchSubscription, subscriptionDetails } from './replies.ts';
import { nextRenewal, openLots, windowEnds } from './rules.ts';
import { loadListPrice, loadLots, loadSubscription, type SubscriptionRecord } from './store.ts';

/** `subscription 10023/1` shows one; other words are looked for among all. */
export function showSubscription(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [word = ''] = words;
  const ref = parseServiceRef(asked.settings.orderPrefix, word);
  if (ref === undefined) return listSubscriptions(asked, words);
  return inOrder(asked, String(ref.number), async (view, order) => {
    const found = await loadSubscription(view.db, order.id, ref.position);
    return found === undefined
      ? noSuchSubscription(view.customer.name, word, ref.number)
      : details(view, ref.number, found);
  });
}

async function details(view: View, order: number, found: SubscriptionRecord): Promise<Reply> {
  const { product, currency, quantity } = found;
  return subscriptionDetails({
    organization: view.customer.name,
    subscription: `${order}/${found.position}`,
    product,
    status: found.status,
    quantity,
    bought: found.units,
    unit: found.unit,
    isMachines: found.isMachines,
    associated: found.associated,
    adminEmail: found.admin_email,
    firstName: found.first_name || undefined,
    lastName: found.last_name || undefined,
    tenant: found.tenant_name ?? undefined,
    price: { minor: found.price_minor, currency },
    total: { minor: found.price_minor * quantity, currency },
    inside: await pricesInside(view, found),
    commitment: await commitmentOf(view, found),
    startedAt: found.started_at?.toISOString(),
    renewsAt: found.renews_at === null ? undefined : nextRenewal(found.renews_at, view.now).toISOString(),
    coAdministrator: found.co_administrator ?? undefined,
    providerSubscription: found.provider_subscription ?? undefined,
    configuration: configurationOf(found.configuration),
  });
}

/** What is behind the customer's price: the purchase and the markup, and for the provider the list price. */
async function pricesInside({ db, viewer, member }: View, found: SubscriptionRecord) {
  if (!viewer.seesMarkup) return [];
  const { purchase_minor: purchase, currency } = found;
  const listed =
    member.organization.kind === 'provider' ? await loadListPrice(db, found.product_id, currency) : undefined;
  return [
    ...(listed === undefined ? [] : [['List price', money({ minor: listed, currency })] as const]),
    ...(purchase === null ? [] : [['Purchase price', money({ minor: purchase, currency })] as const]),
    ...markupOf(found),
    ...unbilledOf(found),
  ];
}

/** What goes on at the vendor for units that nobody is billed for. */
function unbilledOf({ status, isMachines, units, quantity, purchase_minor, currency }: SubscriptionRecord) {
  const unbilled = status === 'active' && !isMachines ? units - quantity : 0;
  if (unbilled <= 0 || purchase_minor === null) return [];
  const cost = money({ minor: unbilled * purchase_minor, currency });
  return [['Bought, not billed', `${cost} per month`] as const];
}

/** Its own, or that of its customer: which counts for it as long as it is known what it is bought for. */
function markupOf({ markup_bp: own, customer_markup_bp: customers, purchase_minor }: SubscriptionRecord) {
  if (own !== null) return [['Markup', percent(own)] as const];
  return purchase_minor === null ? [] : [['Markup', `${percent(customers)}, as its customer`] as const];
}

async function commitmentOf({ db, now }: View, { id, commitment, renews_at }: SubscriptionRecord) {
  if (commitment === 'monthly') return { kind: 'monthly' } as const;
  const lots = openLots(await loadLots(db, id), now);
  return {
    kind: 'yearly',
    reducible: lots.map((lot) => ({ quantity: lot.quantity, until: windowEnds(lot).toISOString() })),
    renewsAt: renews_at === null ? undefined : nextRenewal(renews_at, now).toISOString(),
    renewsToday: renews_at !== null && sameDay(nextRenewal(renews_at, now), now),
  } as const;
}

const sameDay = (one: Date, other: Date) =>
  one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
