import { type ApprovalsList, approvalsListCard } from '../../../cards/approvals-list.ts';
import { approvalsRequestCard } from '../../../cards/approvals-request.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, dateTime, type Money, money } from '../../../cards/format.ts';
import { announce, replaceForAll, replaceWith, type Settings, tell } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Request } from './load.ts';
import { canWait, type Obstacle, type State } from './rules.ts';

/** Who looks at a request, and where. */
export type Audience = {
  readonly prefix: string;
  readonly seesMarkup: boolean;
  readonly mayDecide: boolean;
  readonly mayWithdraw: boolean;
};

/** How somebody decided: by a command, on a card of their own, or on one that everybody sees. */
export type How = 'typed' | 'pressed' | 'pressed in public';

const LIST = { title: 'All that waits', command: 'approvals' };

export const totalOf = (total: Money): string => `${money(total)} a month`;

type Shown = { readonly shared: boolean; readonly refusal?: { reason: string; error: string } };

function cardOf(audience: Audience, request: Request, { shared, refusal }: Shown) {
  const { order, approval } = request;
  return approvalsRequestCard({
    organization: order.customer,
    number: `${audience.prefix}${order.number}`,
    short: String(order.number),
    description: order.description,
    requestedBy: approval.requestedBy,
    at: approval.requestedAt.toISOString(),
    items: request.items,
    total: request.total,
    purchase: audience.seesMarkup ? request.purchase : undefined,
    approver: order.parent,
    until: approval.expiresAt.toISOString(),
    state: approval.state,
    isDraft: order.status === 'Draft' || order.status === 'Started',
    decidedBy: approval.decidedBy ?? undefined,
    decidedAt: approval.decidedAt?.toISOString(),
    reason: approval.reason ?? undefined,
    mayDecide: audience.mayDecide,
    mayWithdraw: audience.mayWithdraw,
    shared,
    refusal,
  });
}

function sentence({ order, approval, total }: Request): string {
  const what = `Order ${order.number} of ${order.customer}`;
  const costs = total === undefined ? '' : ` (${totalOf(total)})`;
  const by = approval.decidedBy ?? order.parent;
  const on = approval.decidedAt === null ? '' : ` on ${dateTime(approval.decidedAt.toISOString())}`;
  const until = dateTime(approval.expiresAt.toISOString());
  switch (approval.state) {
    case 'waiting':
      return `${what}${costs} waits for approval: ${approval.requestedBy} asks for it until ${until}.`;
    case 'approved':
      return `${what} was approved by ${by}${on}.`;
    case 'refused':
      return `${what} was refused by ${by}${on}${approval.reason === null ? '' : `: ${endless(approval.reason)}`}. ${nowOf(order, approval)}`;
    case 'withdrawn':
      return `${what} was withdrawn by ${by}${on}. ${nowOf(order, approval)}`;
    case 'expired':
      return `${what} was not approved in time: nobody did until ${until}. ${nowOf(order, approval)}`;
    case 'changed':
      return `${what} was changed after approval was asked for. ${nowOf(order, approval)}`;
  }
}

const endless = (reason: string): string => reason.replace(/[.\s]+$/, '');

/** What became of an order that was not approved, and what one can do. */
const nowOf = ({ status }: Request['order'], { requestedBy }: Request['approval']): string =>
  status === 'Draft' || status === 'Started'
    ? `It is a draft again: ${requestedBy} can change it and place it once more.`
    : stateOf({ status });

const textOf = (request: Request): string =>
  [sentence(request), ...(request.approval.state === 'waiting' ? request.items : [])].join('\n');

/**
 * The names under which the cards of a request are remembered: without the margin, and with it. A later request of the
 * same order has names of its own.
 */
export function trackOf({ order, approval }: Request): readonly [shared: string, seller: string] {
  const id = `${order.id}-${approval.requestedAt.getTime()}`;
  return [`approval:${id}`, `approval for sellers:${id}`];
}

/** What a channel that asked for it hears; its card shows later how it ended. */
export function requestNotice(
  { orderPrefix }: Settings,
  request: Request,
  { place, seesMarkup }: { readonly place: Place; readonly seesMarkup: boolean },
): Reply {
  const [shared, seller] = trackOf(request);
  const track = `${seesMarkup ? seller : shared}:${place.platform} ${place.conversation}`;
  return { ...drawn(orderPrefix, request, seesMarkup), position: 'below', track };
}

/** What a channel hears in which nobody can approve it. Nothing in it is about prices. */
export function waitsNotice({ order, approval, items }: Request): Reply {
  const answer = `Order ${order.number} of ${order.customer} waits for approval.`;
  const until = dateTime(approval.expiresAt.toISOString());
  const detail = `${approval.requestedBy} asked ${order.parent} for it until ${until}: ${items.join(', ')}.`;
  const buttons = [{ title: `Order ${order.number}`, command: `order ${order.number}` }];
  const card = chatDoneCard({ organization: order.customer, answer, detail, buttons });
  return announce(`${answer} ${detail}`, card);
}

/** The same card, as it is now. */
export function drawn(prefix: string, request: Request, seesMarkup: boolean): Reply {
  const audience = { prefix, seesMarkup, mayDecide: true, mayWithdraw: false };
  return replaceForAll(textOf(request), cardOf(audience, request, { shared: true }));
}

export const requestCard = (
  audience: Audience,
  request: Request,
  refusal?: { reason: string; error: string },
): Reply => {
  const card = cardOf(audience, request, { shared: false, ...(refusal && { refusal }) });
  return tell(refusal?.error ?? textOf(request), card);
};

/** How it ended, in the place of the card on which it was pressed. */
export function ended(how: How, audience: Audience, request: Request): Reply {
  const shared = how === 'pressed in public';
  const text = textOf(request);
  const card = cardOf(audience, request, { shared });
  if (how === 'typed') return tell(text, card);
  return shared ? replaceForAll(text, card) : replaceWith(text, card);
}

export function approvalList(data: ApprovalsList): Reply {
  const lines = data.approvals.map(
    ({ number, customer, items, total }) =>
      `${number} (${customer}): ${items.join(', ')}${total === undefined ? '' : `, ${totalOf(total)}`}`,
  );
  const many = data.total === 0 ? 'no order waits' : `${count(data.total, 'order')} waiting`;
  return tell([`${data.organization}: ${many} for approval.`, ...lines].join('\n'), approvalsListCard(data));
}

/** To the one who asked, in the place where they ordered. Others may read along: it tells no amounts. */
export function outcomeNotice(
  { order, requestedBy }: { readonly order: Request['order']; readonly requestedBy: string },
  outcome: {
    readonly state: Exclude<State, 'waiting'>;
    readonly by: string | undefined;
    readonly reason: string | undefined;
  },
): Reply {
  const { answer, detail } = told(order, requestedBy, outcome);
  const buttons = [
    ...(outcome.state === 'approved' ? [] : [{ title: 'Drafts', command: 'orders draft' }]),
    { title: `Order ${order.number}`, command: `order ${order.number}` },
  ];
  return announce(
    `${answer} ${detail}`,
    chatDoneCard({ organization: order.customer, answer, detail, buttons }),
  );
}

function told(
  order: Request['order'],
  requestedBy: string,
  { state, by, reason }: Parameters<typeof outcomeNotice>[1],
): { answer: string; detail: string } {
  const what = `Order ${order.number} of ${order.customer}`;
  const draft = `It is a draft of ${requestedBy} again, and can be changed and placed once more.`;
  switch (state) {
    case 'approved':
      return { answer: `${what} is approved.`, detail: `${by} approved it. It is being carried out.` };
    case 'refused':
      return {
        answer: `${what} is refused.`,
        detail: `${by} refused it${reason === undefined ? '' : `: ${reason}`}. ${draft}`,
      };
    case 'withdrawn':
      return { answer: `${what} is withdrawn.`, detail: draft };
    case 'expired':
      return { answer: `${what} was not approved in time.`, detail: draft };
    case 'changed':
      return { answer: `${what} was changed after approval was asked for.`, detail: draft };
  }
}

export function withdrawn({ number, customer }: Request['order']): Reply {
  const answer = `Order ${number} of ${customer} is withdrawn.`;
  const detail = 'It is a draft again, and can be changed and placed once more.';
  const buttons = [
    { title: 'Drafts', command: 'orders draft' },
    { title: `Order ${number}`, command: `order ${number}` },
  ];
  return tell(`${answer} ${detail}`, chatDoneCard({ organization: customer, answer, detail, buttons }));
}

/** Why an order is not approved, although somebody who may wants it to be. */
export const cannotGoAhead = ({ order, approval }: Request, obstacles: readonly Obstacle[]): Reply => {
  const problem = `Order ${order.number} of ${order.customer} can’t go ahead now.`;
  const sentences = obstacles.map(({ sentence }) => sentence);
  const waits = canWait(obstacles);
  const next = waits
    ? 'It still waits: mend that and approve it, or refuse it.'
    : `It still waits. Refuse it, so that ${approval.requestedBy} can change it.`;
  const remedy = `${sentences.join(' ')} ${next}`;
  const buttons = [
    ...(waits ? [] : [{ title: 'Refuse', command: `refuse ${order.number}` }]),
    ...obstacles.flatMap(({ button }) => button ?? []).slice(0, 3),
    { title: `Order ${order.number}`, command: `order ${order.number}` },
    LIST,
  ];
  return tell(
    `${problem} ${remedy}`,
    chatRefusalCard({ organization: order.customer, problem, remedy, buttons }),
  );
};

/** The same, to who asked for it. */
export function obstaclesNotice(order: Request['order'], obstacles: readonly Obstacle[]): Reply {
  const answer = `Order ${order.number} of ${order.customer} can’t be approved now.`;
  const sentences = obstacles.map(({ sentence }) => sentence);
  const next = canWait(obstacles)
    ? `It still waits for ${order.parent}, who can approve it once that is mended.`
    : 'It still waits, and can’t be changed meanwhile. Withdraw it, change it, and place it again.';
  const detail = `${sentences.join(' ')} ${next}`;
  const buttons = [
    { title: `Order ${order.number}`, command: `order ${order.number}` },
    { title: 'Withdraw', command: `withdraw ${order.number}` },
  ];
  return announce(
    `${answer} ${detail}`,
    chatDoneCard({ organization: order.customer, answer, detail, buttons }),
  );
}

function stateOf({ status }: Pick<Request['order'], 'status'>): string {
  switch (status) {
    case 'Started':
      return 'It is in the basket, and not placed yet.';
    case 'Draft':
      return 'It is a draft, and not placed yet.';
    case 'Deleted':
      return 'It was deleted.';
    default:
      return `Its status is ${status} now.`;
  }
}

export const neverAsked = (order: Request['order']): Reply =>
  refusal(order, `Nobody asked for approval of order ${order.number} of ${order.customer}.`, stateOf(order));

export function nothingWaits(word: string): Reply {
  const problem = `No order ${word} that you can see waits for approval.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [LIST] }));
}

export const notYourOwn = ({ order }: Request): Reply =>
  refusal(
    order,
    `You asked for order ${order.number} yourself.`,
    `Somebody else at ${order.parent} decides.`,
  );

export const notYoursToWithdraw = ({ order, approval }: Request): Reply =>
  refusal(
    order,
    `Only ${approval.requestedBy}, or an admin of ${order.customer}, can withdraw order ${order.number}.`,
    'You can refuse it.',
  );

export const expiredBefore = ({ order, approval }: Request): Reply =>
  refusal(
    order,
    `Order ${order.number} was to be approved until ${dateTime(approval.expiresAt.toISOString())}.`,
    `It is a draft again; ${approval.requestedBy} can place it once more.`,
  );

export const changedSince = ({ order, approval }: Request): Reply =>
  refusal(
    order,
    `Order ${order.number} is not what it was when ${approval.requestedBy} asked for it.`,
    'It is a draft again, and has to be placed once more.',
  );

function refusal(order: Request['order'], problem: string, remedy: string): Reply {
  const buttons = [{ title: `Order ${order.number}`, command: `order ${order.number}` }, LIST];
  return tell(
    `${problem} ${remedy}`,
    chatRefusalCard({ organization: order.customer, problem, remedy, buttons }),
  );
}
