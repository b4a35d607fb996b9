import { type Ctx, record, refreshSoon } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import { inTransaction } from '../../db/index.ts';
import { orderTrack } from '../execution/track.ts';
import { notify, postTo } from '../notices/notify.ts';
import { orderThread } from '../notices/rules.ts';
import { findRequest, type Request } from './load.ts';
import { obstaclesNotice, outcomeNotice, trackOf } from './replies.ts';
import { digestOf, type Obstacle, type State } from './rules.ts';
import { endWait, loadOverdue, lockOrder, putBack } from './store.ts';

export const EXPIRE = 'approvals.expire';
export const EXPIRE_ALL = 'approvals.sweep';

/** The time of a request is over. A request that was made anew since has a later end, and an entry of its own. */
export function expire(ctx: Ctx, orderId: number): Promise<void> {
  return inTransaction(ctx, async (inside) => {
    const order = await lockOrder(inside.db, orderId);
    const request = order && (await findRequest(inside.db, order));
    if (request?.approval.state !== 'waiting' || request.approval.expiresAt > inside.now) return;
    await giveBack(inside, request, { state: 'expired' });
  });
}

/** Ends what no entry has ended: it was given up, or came too early by the clock of this machine. */
export async function expireAll(ctx: Ctx): Promise<void> {
  for (const id of await loadOverdue(ctx.db, ctx.now)) await expire(ctx, id);
}

type Back = {
  readonly state: Exclude<State, 'waiting' | 'approved'>;
  readonly by?: { readonly name: string; readonly email: string | undefined };
  readonly reason?: string;
};

const SUMMARY: Readonly<Record<Back['state'], string>> = {
  refused: 'Refused the order',
  withdrawn: 'Withdrew the order',
  expired: 'Nobody approved the order in time',
  changed: 'The order was changed after approval was asked for',
};

/** An order that is not approved is a draft again; who asked for it hears why, and the cards show it. */
export async function giveBack(ctx: Ctx, request: Request, { state, by, reason }: Back): Promise<void> {
  const { order } = request;
  const ended = await endWait(ctx.db, order.id, {
    state,
    by: by?.name ?? null,
    email: by?.email ?? null,
    at: ctx.now,
    reason: reason ?? null,
  });
  if (!ended) return;
  if (order.status === 'Started') await putBack(ctx.db, order.id);
  await record(ctx, {
    organizationId: order.organizationId,
    orderId: order.id,
    kind: 'approval',
    summary: reason === undefined ? SUMMARY[state] : `${SUMMARY[state]}: ${reason}`,
    before: { status: order.status },
    after: { status: 'Draft' },
  });
  await tellOutcome(ctx, request, { state, by: by?.name, reason });
}

/**
 * The requester hears where they ordered, and so do the channels that follow orders; the cards of all are drawn again.
 * That it was approved, the channels hear when it is placed thereupon.
 */
export async function tellOutcome(
  ctx: Ctx,
  request: Request,
  outcome: {
    readonly state: Exclude<State, 'waiting'>;
    readonly by: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<void> {
  const { order, approval } = request;
  for (const track of [...trackOf(request), orderTrack(order.id)]) await refreshSoon(ctx, track, 'the last');
  const asked = approval.place as Place | null;
  const { state } = outcome;
  await notify(ctx, {
    kind: 'orders',
    key: `approval ${order.id} ${approval.requestedAt.getTime()} ${state}`,
    organizationId: order.organizationId,
    orderId: order.id,
    also: asked === null || state === 'withdrawn' ? [] : [asked],
    asker: approval.requesterEmail ?? undefined,
    thread: orderThread(order.number),
    reply: async (_, { place }) =>
      state === 'approved' && !(asked !== null && samePlace(asked, place))
        ? undefined
        : outcomeNotice({ order, requestedBy: approval.requestedBy }, outcome),
  });
}

/** Who asked hears what keeps the order from going ahead: once, however often somebody tries to approve it. */
export async function tellObstacles(
  ctx: Ctx,
  { order, approval }: Request,
  obstacles: readonly Obstacle[],
): Promise<void> {
  if (approval.place === null) return;
  await postTo(ctx, {
    kind: 'orders',
    key: `approval ${order.id} ${approval.requestedAt.getTime()} obstacles ${digestOf({}, obstacles)}`,
    place: approval.place as Place,
    organizationId: order.organizationId,
    asker: approval.requesterEmail ?? undefined,
    thread: orderThread(order.number),
    reply: obstaclesNotice(order, obstacles),
  });
}
