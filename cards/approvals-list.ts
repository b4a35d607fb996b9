/** The orders that wait for approval, the newest first. */
import type { Action, Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { count, dateTime, type Money, money } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type ApprovalRow = {
  readonly number: string;
  readonly short: string;
  readonly customer: string;
  readonly items: readonly string[];
  /** What the customer pays in a month. */
  readonly total?: Money | undefined;
  readonly requestedBy: string;
  readonly until: string;
};

export type ApprovalsList = Paging & {
  /** Of the one who looks. */
  readonly organization: string;
  readonly mayDecide: boolean;
  readonly approvals: readonly ApprovalRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Order', width: 4 },
  { title: 'What', width: 4 },
  { title: 'Per month, until', width: 3, align: 'right' },
];
const MOST_OPENED = 3;
const MOST_ITEMS = 3;

export function approvalsListCard(data: ApprovalsList): Card {
  const { approvals, organization } = data;
  const [first] = approvals;
  return card({
    organization,
    title: 'Approvals',
    body: [
      lead(data.total === 0 ? 'No order waits for approval.' : answer(data)),
      first ? table(COLUMNS, approvals.map(row)) : undefined,
      pageLine(data),
      first && approvals.length > MOST_OPENED
        ? subtle(`To open one, type its number: approvals ${first.short}`)
        : undefined,
    ],
    actions: [
      ...(approvals.length > MOST_OPENED ? [] : approvals.map(open)),
      ...pageButtons(data, 'approvals.page'),
      commandButton('Orders', 'orders'),
    ],
  });
}

function answer({ total, mayDecide }: ApprovalsList): string {
  const orders = `${count(total, 'order')} ${total === 1 ? 'waits' : 'wait'}`;
  return mayDecide ? `${orders} for your approval.` : `${orders} for approval.`;
}

const open = ({ short }: ApprovalRow): Action => commandButton(`Open ${short}`, `approvals ${short}`);

function row({ short, customer, items, total, requestedBy, until }: ApprovalRow): Cell[] {
  const shown = items.slice(0, MOST_ITEMS);
  const more = items.length > MOST_ITEMS ? [small(`and ${items.length - MOST_ITEMS} more`)] : [];
  return [
    [{ text: short, weight: 'bolder' }, small(customer), small(requestedBy)],
    [...shown, ...more],
    [total === undefined ? '' : money(total), small(dateTime(until))],
  ];
}

const waiting: ApprovalRow = {
  number: 'HAMARACLOUD10029',
  short: '10029',
  customer: 'Contoso',
  items: ['5 × Office 365 E3', '2 × Webex Suite'],
  total: { minor: 14_250, currency: 'EUR' },
  requestedBy: 'Carla Diaz',
  until: '2026-11-24T14:05:00.000Z',
};

export const samples: Record<string, Card> = {
  some: approvalsListCard({
    organization: 'Northwind Partners',
    mayDecide: true,
    approvals: [waiting, { ...waiting, number: 'HAMARACLOUD10030', short: '10030', total: undefined }],
    page: 1,
    pages: 1,
    total: 2,
  }),
  own: approvalsListCard({
    organization: 'Contoso',
    mayDecide: false,
    approvals: [waiting],
    page: 1,
    pages: 1,
    total: 1,
  }),
  empty: approvalsListCard({
    organization: 'Contoso',
    mayDecide: false,
    approvals: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: approvalsListCard({
    organization: longest.organization,
    mayDecide: true,
    approvals: many(10, (index) => ({
      ...waiting,
      number: longest.number,
      short: longest.short,
      customer: longest.organization,
      items: many(index, () => `25 × ${longest.product}`),
      requestedBy: 'Maximiliane Oberhuber-Schwarzenbergerova',
    })),
    page: 2,
    pages: 4,
    total: 33,
  }),
};
