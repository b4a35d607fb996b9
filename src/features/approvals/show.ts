import {
  type Asked,
  type Ctx,
  type Onlooker,
  PAGE_SIZE,
  pageOf,
  personalChats,
  scopeOf,
} from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { viewerHere } from '../organizations/view.ts';
import { findRequest, type Request, totalMinor } from './load.ts';
import {
  type Audience,
  approvalList,
  drawn,
  ended,
  neverAsked,
  nothingWaits,
  requestCard,
} from './replies.ts';
import { APPROVERS, approversOf, isRequester, itemOf } from './rules.ts';
import {
  countWaiting,
  loadApprovers,
  loadLines,
  loadOrder,
  loadOrderNumbered,
  loadWaiting,
} from './store.ts';

/** What this person may see and do, in this place. */
export function audienceOf(onlooker: Onlooker): Audience {
  const { member, settings } = onlooker;
  return {
    prefix: settings.orderPrefix,
    seesMarkup: viewerHere(onlooker).seesMarkup,
    mayDecide: APPROVERS.includes(member.role),
    mayWithdraw: member.organization.kind === 'customer',
  };
}

/** `approvals`, or `approvals 10029`: what waits, or one of it. */
export function approvals(asked: Asked, [word]: readonly string[]): Promise<Reply> {
  return word === undefined ? listWaiting(asked, 1) : showRequest(asked, word);
}

export async function showRequest(asked: Asked, word: string): Promise<Reply> {
  const order = await findOrder(asked, word);
  if (order === undefined) return nothingWaits(word);
  const request = await findRequest(asked.db, order);
  if (request === undefined) return neverAsked(order);
  return requestCard(audienceFor(asked, request), request);
}

function findOrder(onlooker: Onlooker, word: string) {
  const number = parseOrderNumber(onlooker.settings.orderPrefix, word);
  return number === undefined ? undefined : loadOrderNumbered(onlooker.db, viewerHere(onlooker), number);
}

/** Nobody decides on what they asked for themselves. */
function audienceFor(onlooker: Onlooker, { approval }: Request): Audience {
  const { member, person } = onlooker;
  const audience = audienceOf(onlooker);
  const isOwn = isRequester(approval, { memberId: member.id, email: person.email });
  return { ...audience, mayDecide: audience.mayDecide && !isOwn };
}

/** The card of a request as it is now, with the buttons of the one who looks at it. */
export async function lookAtRequest(
  onlooker: Onlooker,
  {
    order: word,
    asked,
    shared,
  }: { readonly order: string; readonly asked: string; readonly shared: boolean },
): Promise<Reply | undefined> {
  const order = await findOrder(onlooker, word);
  const request = order && (await findRequest(onlooker.db, order));
  if (request?.approval.requestedAt.toISOString() !== asked) return undefined;
  return ended(shared ? 'pressed in public' : 'pressed', audienceFor(onlooker, request), request);
}

export async function listWaiting(asked: Asked, page: number): Promise<Reply> {
  const { db, now, member, settings } = asked;
  const scope = scopeOf(member.organization);
  const paging = pageOf(page, await countWaiting(db, scope, now));
  const found = await loadWaiting(db, scope, now, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  const lines = await loadLines(
    db,
    found.map(({ orderId }) => orderId),
  );
  return approvalList({
    ...paging,
    organization: member.organization.name,
    mayDecide: APPROVERS.includes(member.role),
    approvals: found.map((one) => {
      const own = lines.filter(({ orderId }) => orderId === one.orderId);
      const total = totalMinor(one, own);
      return {
        number: `${settings.orderPrefix}${one.number}`,
        short: String(one.number),
        customer: one.customer,
        items: own.flatMap((line) => itemOf(line) ?? []),
        ...(total !== undefined && { total: { minor: total, currency: one.currency } }),
        requestedBy: one.requestedBy,
        until: one.expiresAt.toISOString(),
      };
    }),
  });
}

/** The message that those who may approve have got, as it is now. */
export async function drawRequest(ctx: Ctx, id: string): Promise<Reply | undefined> {
  const request = await requestOfTrack(ctx, id);
  return request && drawn(ctx.settings.orderPrefix, request, false);
}

/** The same with the margin: only in the chat of somebody who may still approve it. */
export async function drawForSeller(ctx: Ctx, id: string, place: Place): Promise<Reply | undefined> {
  const request = await requestOfTrack(ctx, id);
  if (request === undefined) return undefined;
  const { parentId, parentKind } = request.order;
  const approvers = await loadApprovers(ctx.db, parentId, approversOf(parentKind));
  const chats = await personalChats(
    ctx.db,
    approvers.map(({ email }) => email),
  );
  if (!chats.some((chat) => samePlace(chat.place, place))) return undefined;
  return drawn(ctx.settings.orderPrefix, request, true);
}

/** The request whose card it is; not a later one of the same order. */
async function requestOfTrack({ db }: Ctx, id: string): Promise<Request | undefined> {
  const [orderId, asked] = id.split('-').map(Number);
  const order = await loadOrder(db, orderId ?? 0);
  const request = order && (await findRequest(db, order));
  return request?.approval.requestedAt.getTime() === asked ? request : undefined;
}
