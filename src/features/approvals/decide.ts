import { type Asked, record } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { startExecution } from '../execution/start.ts';
import { orderTrackIn, progressReply } from '../execution/track.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { viewerHere } from '../organizations/view.ts';
import { giveBack, tellObstacles, tellOutcome } from './expire.ts';
import { findRequest, type Request } from './load.ts';
import {
  cannotGoAhead,
  changedSince,
  ended,
  expiredBefore,
  type How,
  neverAsked,
  nothingWaits,
  notYourOwn,
  notYoursToWithdraw,
  requestCard,
  withdrawn,
} from './replies.ts';
import { decideOn, isRequester, LONGEST_REASON, type Obstacle } from './rules.ts';
import { audienceOf } from './show.ts';
import { endWait, lockOrder, lockOrderNumbered, type Order } from './store.ts';

/** What was pressed or typed: the order, and the request that was seen. */
export type Press = {
  readonly order: string;
  readonly asked?: string | undefined;
  readonly reason?: string | undefined;
  readonly how: How;
};

/** Looks at an order as when it is placed. */
export type Recheck = (asked: Asked, order: Order) => Promise<readonly Obstacle[]>;

/** Runs `run` with the request of this order; everybody else who wants to decide on it comes after. */
async function onLocked(
  asked: Asked,
  word: string,
  run: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  const number = parseOrderNumber(asked.settings.orderPrefix, word);
  const order =
    number === undefined ? undefined : await lockOrderNumbered(asked.db, viewerHere(asked), number);
  if (order === undefined) return nothingWaits(word);
  const request = await findRequest(asked.db, order);
  return request === undefined ? neverAsked(order) : run(request);
}

const whoIs = ({ member, person }: Asked) => ({ memberId: member.id, email: person.email });
const byOf = ({ member, person }: Asked) => ({ name: member.name, email: person.email });

/** Runs `run` with a request on which this person may decide now; or says why not. */
function onRequest(asked: Asked, press: Press, run: (request: Request) => Promise<Reply>): Promise<Reply> {
  return onLocked(asked, press.order, async (request) => {
    const { now } = asked;
    const decision = decideOn(request.approval, whoIs(asked), {
      now,
      digest: request.digest,
      asked: press.asked,
    });
    switch (decision) {
      case 'decide':
        return run(request);
      case 'over':
      case 'other request':
        return ended(press.how, audienceOf(asked), request);
      case 'own':
        return notYourOwn(request);
      case 'expired':
        await giveBack(asked, request, { state: 'expired' });
        return expiredBefore(request);
      case 'changed':
        await giveBack(asked, request, { state: 'changed' });
        return changedSince(request);
    }
  });
}

/** Between asking and approving days may go by: what had to be so when it was placed has to be so still. */
export function approve(asked: Asked, press: Press, recheck: Recheck): Promise<Reply> {
  return onRequest(asked, press, async (request) => {
    const { order, approval } = request;
    const obstacles = await recheck(asked, order);
    if (obstacles.length > 0) {
      await tellObstacles(asked, request, obstacles);
      return cannotGoAhead(request, obstacles);
    }
    const by = byOf(asked);
    await endWait(asked.db, order.id, {
      state: 'approved',
      by: by.name,
      email: by.email ?? null,
      at: asked.now,
      reason: null,
    });
    await record(asked, {
      organizationId: order.organizationId,
      orderId: order.id,
      kind: 'approval',
      summary: `Approved the order of ${approval.requestedBy}`,
    });
    await tellOutcome(asked, request, { state: 'approved', by: by.name, reason: undefined });
    await startExecution(asked, order.id);
    const reply = ended(press.how, audienceOf(asked), await again(asked, request));
    return press.how === 'pressed in public' ? reply : withProgress(asked, order.id, reply);
  });
}

/** Who approved it sees how far it is; a card that everybody sees says who did. */
async function withProgress(asked: Asked, orderId: number, { text, ...reply }: Reply): Promise<Reply> {
  const progress = await progressReply(asked, orderId);
  const track = orderTrackIn(orderId, asked.place, 'approved');
  return {
    ...reply,
    ...(progress.card && { card: progress.card }),
    text: `${text}\n${progress.text}`,
    track,
  };
}

export function refuse(asked: Asked, press: Press): Promise<Reply> {
  return onRequest(asked, press, async (request) => {
    const reason = press.reason?.trim() ?? '';
    if (reason.length > LONGEST_REASON) {
      const error = `The reason has ${reason.length} characters; ${LONGEST_REASON} fit.`;
      return requestCard(audienceOf(asked), request, { reason, error });
    }
    await giveBack(asked, request, {
      state: 'refused',
      by: byOf(asked),
      ...(reason !== '' && { reason }),
    });
    return ended(press.how, audienceOf(asked), await again(asked, request));
  });
}

/** The request as it is now. */
async function again({ db }: Asked, request: Request): Promise<Request> {
  const order = await lockOrder(db, request.order.id);
  return (order && (await findRequest(db, order))) ?? request;
}

/** Who asked takes the order back, as may any admin of the customer. */
export function withdraw(asked: Asked, word: string): Promise<Reply> {
  return onLocked(asked, word, async (request) => {
    const { approval, order } = request;
    if (approval.state !== 'waiting') return ended('typed', audienceOf(asked), request);
    const { organization } = asked.member;
    if (organization.kind !== 'customer' && !isRequester(approval, whoIs(asked)))
      return notYoursToWithdraw(request);
    await giveBack(asked, request, { state: 'withdrawn', by: byOf(asked) });
    return withdrawn(order);
  });
}

/** The same, where an order is removed that waits: for who may change it. True where it did wait. */
export async function withdrawIfWaiting(asked: Asked, orderId: number): Promise<boolean> {
  const order = await lockOrder(asked.db, orderId);
  const request = order && (await findRequest(asked.db, order));
  if (request?.approval.state !== 'waiting') return false;
  await giveBack(asked, request, { state: 'withdrawn', by: byOf(asked) });
  return true;
}
