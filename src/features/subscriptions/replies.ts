import { boughtLines, whatOf } from '../../../cards/bought.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { termLine } from '../../../cards/commitment.ts';
import type { Paging } from '../../../cards/elements.ts';
import { count, money, number } from '../../../cards/format.ts';
import { type SubscriptionsDetails, subscriptionsDetailsCard } from '../../../cards/subscriptions-details.ts';
import { type SubscriptionRow, subscriptionsListCard } from '../../../cards/subscriptions-list.ts';
import { boughtAndBilled } from '../../../cards/units.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Subscription } from './store.ts';

type List = {
  readonly organization: string;
  /** What was searched for. */
  readonly text: string;
  readonly paging: Paging;
  /** There are more than the total says. */
  readonly more: boolean;
  readonly found: readonly Subscription[];
};

const STATUS = { active: 'Active', suspended: 'Suspended', cancelled: 'Cancelled' } as const;

export function subscriptionList({ organization, text, paging, more, found }: List): Reply {
  const searched = text === '' ? '' : ` with “${text}”`;
  const total =
    paging.total === 0
      ? 'no subscriptions'
      : `${more ? 'more than ' : ''}${count(paging.total, 'subscription')}`;
  const page = paging.pages > 1 ? ` Page ${number(paging.page)} of ${number(paging.pages)}.` : '';
  const card = subscriptionsListCard({ ...paging, more, organization, text, subscriptions: found.map(row) });
  const lines = [`${organization}: ${total}${searched}.${page}`, ...found.map(inShort)];
  return tell(lines.join('\n'), card);
}

export function subscriptionDetails(data: SubscriptionsDetails): Reply {
  const { subscription, organization, status, price, firstName, lastName, tenant } = data;
  const admin = { name: [firstName, lastName].filter(Boolean).join(' '), email: data.adminEmail };
  const lines = [
    `${subscription} of ${organization}: ${whatOf(data)}, ${STATUS[status]}.`,
    ...boughtLines(data),
    data.isMachines
      ? `${money(data.total)} per month.`
      : `${money(price)} per ${data.unit} and month, ${money(data.total)} per month in all.`,
    `Admin: ${admin.name} <${admin.email}>${tenant === undefined ? '' : `, ${tenant}`}`,
    termLine(data.commitment, data.isMachines),
  ];
  return tell(lines.join('\n'), subscriptionsDetailsCard(data));
}

export function noSuchSubscription(organization: string, word: string, order: number): Reply {
  const problem = `${word} has no subscription.`;
  const buttons = [
    { title: 'Order', command: `order ${order}` },
    { title: 'Subscriptions', command: 'subscriptions' },
  ];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

function row(subscription: Subscription): SubscriptionRow {
  const { product, number: order, position, quantity, status, tenant_name, isMachines } = subscription;
  return {
    product,
    order: `${order}/${position}`,
    quantity,
    bought: status === 'active' ? subscription.units : quantity,
    isMachines,
    status: STATUS[status],
    price: priceOf(subscription),
    admin: adminOf(subscription),
    tenant: tenant_name ?? undefined,
  };
}

function inShort(subscription: Subscription): string {
  const { product, number: order, position, quantity, units, status, tenant_name, isMachines } = subscription;
  const admin = adminOf(subscription);
  const facts = [
    STATUS[status],
    ...(status === 'active' && !isMachines && units !== quantity ? [boughtAndBilled(units, quantity)] : []),
    `${money(priceOf(subscription))} a ${isMachines ? 'month' : 'unit'}`,
    `${admin.name} <${admin.email}>`,
    ...(tenant_name === null ? [] : [tenant_name]),
  ];
  const what = isMachines ? product : `${number(quantity)} × ${product}`;
  return `${order}/${position} ${what}: ${facts.join(', ')}`;
}

const priceOf = ({ price_minor, currency }: Subscription) => ({ minor: price_minor, currency });

const adminOf = ({ first_name, last_name, admin_email }: Subscription) => ({
  name: `${first_name} ${last_name}`.trim(),
  email: admin_email,
});
