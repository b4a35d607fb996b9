import { dateTime, money } from '../../../cards/format.ts';
import { type Asked, type Ctx, personalChats, placeOfAnswer, record } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Scope } from '../../db/index.ts';
import { sendLetter } from '../letters/send.ts';
import { notify, notifyThose, postTo } from '../notices/notify.ts';
import { orderThread } from '../notices/rules.ts';
import { EXPIRE } from './expire.ts';
import { digestOfOrder, type Request, requestOf } from './load.ts';
import { requestNotice, totalOf, waitsNotice } from './replies.ts';
import { approversOf, isRequester } from './rules.ts';
import { loadApprovers, loadLines, lockOrder, saveRequest, saveTold } from './store.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Has somebody else decide on an order, in the transaction of the caller: those who sell to the customer hear of it, in
 * the channels that they chose, in their own chats and by letter. `by` is the organization whose people may approve,
 * `told` how many places and addresses that were.
 */
export async function askApproval(
  asked: Asked,
  orderId: number,
): Promise<{ expiresAt: Date; told: number; by: string }> {
  const { db, now, member, person } = asked;
  const order = await lockOrder(db, orderId);
  if (order === undefined) throw new Error(`There is no order with the id ${orderId}.`);
  const expiresAt = new Date(now.getTime() + asked.settings.approvalHours * HOUR_MS);
  const lines = await loadLines(db, [orderId]);
  await saveRequest(db, orderId, {
    by: member.name,
    email: person.email,
    memberId: member.id,
    place: placeOfAnswer(asked),
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
  const told = await tellApprovers(asked, request);
  await tellFollowers(asked, request);
  await saveTold(db, orderId, told);
  return { expiresAt, told, by: order.parent };
}

function costs({ total }: Request): string {
  return total === undefined ? '' : ` (${totalOf(total)})`;
}

/** How many places and addresses hear of it. Who asked for it is not among them. */
async function tellApprovers(ctx: Ctx, request: Request): Promise<number> {
  const { order, approval } = request;
  const all = await loadApprovers(ctx.db, order.parentId, approversOf(order.parentKind));
  const approvers = all.filter(({ id, email }) => !isRequester(approval, { memberId: id, email }));
  const key = `approval ${order.id} ${approval.requestedAt.getTime()}`;
  const own = await ownChats(ctx, approval);
  const channels = await notifyThose(ctx, {
    kind: 'orders',
    key,
    organizationId: order.organizationId,
    chosenBy: order.parentId,
    orderId: order.id,
    urgent: true,
    thread: orderThread(order.number),
    reply: async (_, to) =>
      own.some((place) => samePlace(place, to.place)) ? undefined : requestNotice(ctx.settings, request, to),
  });
  const addresses = approvers.map(({ email }) => email);
  const chats = (await personalChats(ctx.db, addresses)).filter(
    ({ place }) => !channels.some((channel) => samePlace(channel, place)),
  );
  for (const { place } of chats) {
    const reply = requestNotice(ctx.settings, request, { place, seesMarkup: true });
    await postTo(ctx, { kind: 'orders', key, place, reply, thread: orderThread(order.number) });
  }
  return channels.length + chats.length + (await writeToApprovers(ctx, request, key, approvers));
}

/**
 * The channels that follow orders and can't approve this one hear that it waits; so does the one where it was asked for,
 * as the answer there is seen by who asked alone. Their own chat shows it already.
 */
async function tellFollowers(ctx: Ctx, request: Request): Promise<void> {
  const { order, approval } = request;
  const asked = approval.place as Place | null;
  const approves = (scope: Scope) =>
    order.parentKind === 'provider'
      ? scope.kind === 'all'
      : scope.kind === 'reseller' && scope.organizationId === order.parentId;
  await notify(ctx, {
    kind: 'orders',
    key: `approval ${order.id} ${approval.requestedAt.getTime()} waits`,
    organizationId: order.organizationId,
    orderId: order.id,
    thread: orderThread(order.number),
    reply: async (scope, { place }) =>
      approves(scope) || (asked?.kind === 'personal' && samePlace(asked, place))
        ? undefined
        : waitsNotice(request),
  });
}

/** Where the person who asked talks to the bot alone. */
async function ownChats({ db }: Ctx, { requesterEmail, place }: Request['approval']): Promise<Place[]> {
  const asked = place as Place | null;
  const chats = await personalChats(db, requesterEmail === null ? [] : [requesterEmail]);
  return [...chats.map((one) => one.place), ...(asked?.kind === 'personal' ? [asked] : [])];
}

async function writeToApprovers(
  ctx: Ctx,
  { order, approval, items, total }: Request,
  key: string,
  approvers: readonly { readonly name: string; readonly email: string }[],
): Promise<number> {
  let queued = 0;
  for (const one of approvers) {
    const [firstName = '', ...rest] = one.name.split(' ');
    const sent = await sendLetter(ctx, {
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
    if (sent === 'queued') queued += 1;
  }
  return queued;
}
