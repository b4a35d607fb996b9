import { dateTime, money } from '../../../cards/format.ts';
import { type Asked, type Ctx, record } from '../../bot/index.ts';
import { sendLetter } from '../letters/send.ts';
import { notifyAndCount } from '../notices/notify.ts';
import { EXPIRE } from './expire.ts';
import { digestOfOrder, type Request, requestOf } from './load.ts';
import { requestNotice, totalOf } from './replies.ts';
import { approversOf, isRequester } from './rules.ts';
import { loadApprovers, loadLines, lockOrder, saveRequest } from './store.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Has somebody else decide on an order, in the transaction of the caller: those who sell to the customer hear of it. `by`
 * is the organization whose people may approve, `channels` how many of its channels heard.
 */
export async function askApproval(
  asked: Asked,
  orderId: number,
): Promise<{ expiresAt: Date; channels: number; by: string }> {
  const { db, now, member, person, place } = asked;
  const order = await lockOrder(db, orderId);
  if (order === undefined) throw new Error(`There is no order with the id ${orderId}.`);
  const expiresAt = new Date(now.getTime() + asked.settings.approvalHours * HOUR_MS);
  const lines = await loadLines(db, [orderId]);
  await saveRequest(db, orderId, {
    by: member.name,
    email: person.email,
    memberId: member.id,
    place,
    digest: digestOfOrder(order, lines),
    at: now,
    expiresAt,
  });
  const request = await requestOf(db, order);
  await record(asked, {
    organizationId: order.organizationId,
    orderId,
    kind: 'approval',
    summary: `Asked ${order.parent} to approve the order${costs(request)}`,
    after: { expires: expiresAt.toISOString() },
  });
  await asked.jobs.enqueue(db, EXPIRE, { order: orderId }, { after: expiresAt });
  const channels = await tellApprovers(asked, request);
  return { expiresAt, channels, by: order.parent };
}

function costs({ total }: Request): string {
  return total === undefined ? '' : ` (${totalOf(total)})`;
}

async function tellApprovers(ctx: Ctx, request: Request): Promise<number> {
  const { order, approval } = request;
  const key = `approval ${order.id} ${approval.requestedAt.getTime()}`;
  const channels = await notifyAndCount(ctx, {
    kind: 'orders',
    key,
    organizationId: order.organizationId,
    chosenBy: order.parentId,
    orderId: order.id,
    reply: async (_, to) => requestNotice(ctx.settings, request, to),
  });
  await writeToApprovers(ctx, request, key);
  return channels;
}

async function writeToApprovers(ctx: Ctx, request: Request, key: string): Promise<void> {
  const { order, approval, items, total } = request;
  for (const one of await loadApprovers(ctx.db, order.parentId, approversOf(order.parentKind))) {
    if (isRequester(approval, { memberId: one.id, email: one.email })) continue;
    const [firstName = '', ...rest] = one.name.split(' ');
    await sendLetter(ctx, {
      template: 'approval requested',
      to: one.email,
      key,
      values: {
        firstName,
        lastName: rest.join(' '),
        company: order.customer,
        order: `${ctx.settings.orderPrefix}${order.number}`,
        requestedBy: approval.requestedBy,
        lines: items.join('\n'),
        total: total === undefined ? '' : money(total),
        expires: dateTime(approval.expiresAt.toISOString()),
        command: `approve ${order.number}`,
      },
    });
  }
}
