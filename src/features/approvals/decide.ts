import { type Asked, record, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { startExecution } from '../execution/start.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { giveBack, tellOutcome } from './expire.ts';
import { findRequest, type Request } from './load.ts';
import {
  changedSince,
  ended,
  expiredBefore,
  type How,
  nothingWaits,
  notYourOwn,
  notYoursToWithdraw,
  requestCard,
  withdrawn,
} from './replies.ts';
import { decideOn, isRequester, LONGEST_REASON } from './rules.ts';
import { audienceOf } from './show.ts';
import { endWait, lockOrder, lockOrderNumbered } from './store.ts';

/** What was pressed or typed: the order, and the request that was seen. */
export type Press = {
  readonly order: string;
  readonly asked?: string | undefined;
  readonly reason?: string | undefined;
  readonly how: How;
};

/** The request of this order, and everybody else who wants to decide on it comes after. */
async function locked(asked: Asked, word: string): Promise<Request | undefined> {
  const number = parseOrderNumber(asked.settings.orderPrefix, word);
  if (number === undefined) return undefined;
  const order = await lockOrderNumbered(asked.db, scopeOf(asked.member.organization), number);
  return order && findRequest(asked.db, order);
}

const whoIs = ({ member, person }: Asked) => ({ memberId: member.id, email: person.email });
const byOf = ({ member, person }: Asked) => ({ name: member.name, email: person.email });

/** Runs `run` with a request on which this person may decide now; or says why not. */
async function onRequest(
  asked: Asked,
  press: Press,
  run: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  const request = await locked(asked, press.order);
  if (request === undefined) return nothingWaits(press.order);
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
}

export function approve(asked: Asked, press: Press): Promise<Reply> {
  return onRequest(asked, press, async (request) => {
    const { order, approval } = request;
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
    return ended(press.how, audienceOf(asked), await again(asked, request));
  });
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

const again = async (asked: Asked, request: Request): Promise<Request> =>
  (await findRequest(asked.db, request.order)) ?? request;

/** Who asked takes the order back, as may any admin of the customer. */
export async function withdraw(asked: Asked, word: string): Promise<Reply> {
  const request = await locked(asked, word);
  if (request === undefined) return nothingWaits(word);
  const { approval, order } = request;
  if (approval.state !== 'waiting') return ended('typed', audienceOf(asked), request);
  const { organization } = asked.member;
  if (organization.kind !== 'customer' && !isRequester(approval, whoIs(asked)))
    return notYoursToWithdraw(request);
  await giveBack(asked, request, { state: 'withdrawn', by: byOf(asked) });
  return withdrawn(order);
}

/** The same, where an order is removed that waits: for who may change it. True where it did wait. */
export async function withdrawIfWaiting(asked: Asked, orderId: number): Promise<boolean> {
  const order = await lockOrder(asked.db, orderId);
  const request = order && (await findRequest(asked.db, order));
  if (request?.approval.state !== 'waiting') return false;
  await giveBack(asked, request, { state: 'withdrawn', by: byOf(asked) });
  return true;
}
