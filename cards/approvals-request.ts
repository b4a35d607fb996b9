/** An order that somebody else has to approve: what it is, what it costs, and how it ended. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, asking, commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { badge, callout, card, facts, lead, section, subtle, text } from './elements.ts';
import { field, textInput } from './fields.ts';
import { count, dateTime, type Money, money, number, percent } from './format.ts';

export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'changed';

export type ApprovalsRequest = {
  /** The customer. */
  readonly organization: string;
  /** With its prefix: `HAMARACLOUD10029`. */
  readonly number: string;
  readonly short: string;
  readonly description: string;
  readonly requestedBy: string;
  readonly at: string;
  /** `5 × Office 365 E3` */
  readonly items: readonly string[];
  /** What the customer pays in a month. */
  readonly total?: Money | undefined;
  /** What the reseller pays: only for those who may see it. */
  readonly purchase?: Money | undefined;
  /** Of the one who decides: `Northwind Partners`. */
  readonly approver: string;
  readonly until: string;
  readonly state: ApprovalState;
  /** It can be changed and placed again, where it was not approved. */
  readonly isDraft: boolean;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: string | undefined;
  readonly reason?: string | undefined;
  /** Buttons to approve and refuse. */
  readonly mayDecide: boolean;
  readonly mayWithdraw: boolean;
  /** Everybody in the place sees the card. */
  readonly shared: boolean;
  /** As it was typed, with what is wrong with it. */
  readonly refusal?: { readonly reason: string; readonly error: string } | undefined;
};

const MOST_ITEMS = 12;
const BADGES = {
  waiting: badge('Waits', 'warning'),
  approved: badge('Approved', 'good'),
  refused: badge('Refused', 'attention'),
  withdrawn: badge('Withdrawn', 'informative'),
  expired: badge('Expired', 'attention'),
  changed: badge('Changed', 'attention'),
} as const;

export function approvalsRequestCard(data: ApprovalsRequest): Card {
  const { items, state } = data;
  const more = items.length - MOST_ITEMS;
  return card({
    organization: data.organization,
    title: `Order ${data.short}`,
    badge: BADGES[state],
    body: [
      lead(answer(data)),
      state === 'refused' && data.reason ? callout(`Reason: ${data.reason}`, 'attention') : undefined,
      section('What is ordered'),
      items.slice(0, MOST_ITEMS).map((item) => text(item, { spacing: 'small' })),
      more > 0 ? subtle(`And ${count(more, 'line')} more: type order ${data.short}`) : undefined,
      amounts(data),
      ...reason(data),
    ],
    actions: actions(data),
    // Who may decide sees buttons, who asked that it waits.
    ...(state === 'waiting' && { refresh: { verb: 'approvals.look', data: pressOf(data), automatic: true } }),
  });
}

const pressOf = ({ short, at, shared }: ApprovalsRequest) => ({ order: short, asked: at, shared });

function answer(data: ApprovalsRequest): string {
  const by = data.decidedBy ?? data.approver;
  const on = data.decidedAt === undefined ? '' : ` on ${dateTime(data.decidedAt)}`;
  const draft = data.isDraft
    ? ` It is a draft again: ${data.requestedBy} can change it and place it once more.`
    : '';
  switch (data.state) {
    case 'waiting':
      return `${data.requestedBy} asks ${data.approver} to approve it, until ${dateTime(data.until)}.`;
    case 'approved':
      return `Approved by ${by}${on}. ${data.requestedBy} asked for it.`;
    case 'refused':
      return `Refused by ${by}${on}.${draft}`;
    case 'withdrawn':
      return `Withdrawn by ${by}${on}.${draft}`;
    case 'expired':
      return `Nobody approved it until ${dateTime(data.until)}.${draft}`;
    case 'changed':
      return `It was changed after ${data.requestedBy} asked.${draft}`;
  }
}

function amounts({ number: name, description, total, purchase, at }: ApprovalsRequest): Element | undefined {
  return facts([
    ['Number', name],
    ['Name', description || undefined],
    ['Asked', dateTime(at)],
    ['Customer pays', total && `${money(total)} per month`],
    ['Purchase price', purchase && `${money(purchase)} per month`],
    ['Margin', margin(total, purchase)],
  ]);
}

function margin(total: Money | undefined, purchase: Money | undefined): string | undefined {
  if (total === undefined || purchase === undefined || total.currency !== purchase.currency) return undefined;
  const minor = total.minor - purchase.minor;
  const part = total.minor > 0 ? ` (${percent(Math.round((minor * 10_000) / total.minor))})` : '';
  return `${money({ minor, currency: total.currency })}${part}`;
}

function reason({ state, mayDecide, refusal }: ApprovalsRequest): Element[] {
  if (state !== 'waiting' || !mayDecide) return [];
  const input = textInput({
    id: 'reason',
    label: 'Reason, if you refuse',
    placeholder: 'What should be different',
    maxLength: 300,
    ...(refusal && { value: refusal.reason }),
  });
  return field(input, refusal?.error);
}

function actions(data: ApprovalsRequest): (Action | undefined)[] {
  const { short, state, mayDecide, mayWithdraw } = data;
  const press = pressOf(data);
  const waits = state === 'waiting';
  return [
    waits && mayDecide ? actionButton('Approve', 'approvals.approve', press, 'positive') : undefined,
    waits && mayDecide
      ? asking(
          {
            type: 'Action.Execute',
            title: 'Refuse',
            verb: 'approvals.refuse',
            data: press,
            associatedInputs: 'auto',
            style: 'destructive',
          },
          {
            title: `Refuse order ${short}?`,
            text: 'Who asked for it hears of it, with your reason.',
            yes: 'Refuse it',
          },
        )
      : undefined,
    waits && mayWithdraw
      ? asking(commandButton('Withdraw', `withdraw ${short}`), {
          title: `Withdraw order ${short}?`,
          text: 'Nobody is asked to approve it any more.',
          yes: 'Withdraw it',
        })
      : undefined,
    commandButton('Order', `order ${short}`),
    waits ? commandButton('All that waits', 'approvals') : undefined,
  ];
}

const waiting: ApprovalsRequest = {
  organization: 'Contoso',
  number: 'HAMARACLOUD10029',
  short: '10029',
  description: 'Office licences for the new branch',
  requestedBy: 'Carla Diaz',
  at: '2026-11-21T14:05:00.000Z',
  items: ['5 × Office 365 E3', '2 × Webex Suite'],
  total: { minor: 14_250, currency: 'EUR' },
  approver: 'Northwind Partners',
  until: '2026-11-24T14:05:00.000Z',
  state: 'waiting',
  isDraft: true,
  mayDecide: true,
  mayWithdraw: false,
  shared: true,
};
const decided = { decidedBy: 'Nora Lindgren', decidedAt: '2026-11-21T15:30:00.000Z', mayDecide: false };

export const samples: Record<string, Card> = {
  waiting: approvalsRequestCard(waiting),
  seller: approvalsRequestCard({ ...waiting, purchase: { minor: 12_391, currency: 'EUR' }, shared: false }),
  requester: approvalsRequestCard({ ...waiting, mayDecide: false, mayWithdraw: true, shared: false }),
  approved: approvalsRequestCard({ ...waiting, ...decided, state: 'approved' }),
  refused: approvalsRequestCard({
    ...waiting,
    ...decided,
    state: 'refused',
    reason: 'The budget of this year is used up',
  }),
  withdrawn: approvalsRequestCard({ ...waiting, ...decided, decidedBy: 'Carla Diaz', state: 'withdrawn' }),
  expired: approvalsRequestCard({ ...waiting, mayDecide: false, state: 'expired' }),
  gone: approvalsRequestCard({ ...waiting, ...decided, state: 'refused', isDraft: false }),
  changed: approvalsRequestCard({ ...waiting, mayDecide: false, state: 'changed' }),
  long: approvalsRequestCard({
    ...waiting,
    organization: longest.organization,
    number: longest.number,
    short: longest.short,
    description: longest.product,
    requestedBy: 'Maximiliane Oberhuber-Schwarzenbergerova',
    approver: longest.organization,
    items: many(20, (index) => `${number(index * 1000)} × ${longest.product}`),
    refusal: {
      reason: 'It costs more than was agreed on. '.repeat(11).trim(),
      error: 'The reason has 373 characters; 300 fit.',
    },
  }),
};
