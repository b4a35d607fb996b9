/** What became of an order, part by part: its lines, whether it was approved, its steps and its invoices. */
import type { Color, Element } from '../src/chat/card.ts';
import { facts, section, subtle } from './elements.ts';
import { count, date, dateTime, list, type Money, money, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type OrderLine = {
  /** `Increase` */
  readonly change: string;
  /** What it is about: a product, or `12 %`. */
  readonly item: string;
  /** `10023/1` */
  readonly subscription?: string | undefined;
  readonly quantity?: number | undefined;
  /** Of one unit and month. */
  readonly price?: Money | undefined;
  readonly error?: string | undefined;
};

export type Step = {
  readonly title: string;
  /** `unsent`: all but its letter is done. */
  readonly state: 'waiting' | 'running' | 'done' | 'unsent' | 'failed';
  /** The vendor's reason. */
  readonly error?: string | undefined;
  readonly at?: string | undefined;
};

export type Approval = {
  readonly state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'changed';
  readonly requestedBy: string;
  readonly expiresAt: string;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: string | undefined;
  readonly reason?: string | undefined;
};

export type Invoice = {
  readonly number: string;
  readonly amount: Money;
  readonly issuedAt: string;
  readonly dueAt: string;
};

export type SubscriptionFacts = {
  readonly adminEmail?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly tenant?: string | undefined;
  /** `€12.60 per unit and month` */
  readonly price?: string | undefined;
};

export type Origin = {
  readonly createdBy?: { readonly person: string; readonly organization: string } | undefined;
  /** It was made elsewhere; by whom it came here, where that is known. */
  readonly imported?: { readonly by: string | undefined } | undefined;
  readonly at: string;
};

/** What is known of an order in a few words each. */
export type OrderKnown = {
  /** With its prefix: `HAMARACLOUD10023`. */
  readonly number: string;
  /** `Order #11-03-2026` */
  readonly name: string;
  /** Name of the subscription. */
  readonly description?: string | undefined;
  /** The vendor's own word, such as `Fulfilled`. */
  readonly vendorStatus?: string | undefined;
  readonly placedAt?: string | undefined;
  readonly purpose?: string | undefined;
  /** Whom machines for resale are for. */
  readonly endCustomer?: string | undefined;
  readonly changes: readonly string[];
  readonly payment?: string | undefined;
  readonly addOns: readonly string[];
  readonly quantity: number;
  /** `Per month`, `Once`, … */
  readonly costs: readonly { readonly title: string; readonly amount: Money }[];
  /** Only for those who may see it. */
  readonly markup?: string | undefined;
};

const MOST_LINES = 10;
const MOST_STEPS = 12;
const MOST_INVOICES = 6;

/** `Approved by Nora Lindgren on 21 Nov 2026, 14:05 UTC.` */
export function approvalLine(approval: Approval): string {
  const { state, requestedBy, expiresAt, decidedBy, decidedAt, reason } = approval;
  const by = decidedBy === undefined ? '' : ` by ${decidedBy}`;
  const on = decidedAt === undefined ? '' : ` on ${dateTime(decidedAt)}`;
  switch (state) {
    case 'waiting':
      return `Waits for approval until ${dateTime(expiresAt)}, asked for by ${requestedBy}.`;
    case 'approved':
      return `Approved${by}${on}.`;
    case 'refused':
      return `Refused${by}${on}${reason ? `: ${reason}` : '.'}`;
    case 'expired':
      return `Nobody approved it until ${dateTime(expiresAt)}.`;
    case 'withdrawn':
      return `The question for approval was taken back${by}${on}.`;
    case 'changed':
      return 'The order was changed while it waited for approval.';
  }
}

/** Of an order that is not placed. */
export const priceChanged = (before: Money): string =>
  `The price has changed since: it was ${money(before)} per month.`;

const LINE_COLUMNS: readonly TableColumn[] = [
  { title: 'Requested', width: 5.4 },
  { title: 'Quantity', width: 1.8, align: 'right' },
  { title: 'Price', width: 2, align: 'right' },
];

export function linesTable(asked: readonly OrderLine[]): (Element | undefined)[] {
  if (asked.length === 0) return [];
  const more = asked.length - MOST_LINES;
  return [
    table(LINE_COLUMNS, asked.slice(0, MOST_LINES).map(lineRow)),
    more > 0 ? subtle(`And ${number(more)} more`) : undefined,
  ];
}

function lineRow({ change, item, subscription: of, quantity, price, error }: OrderLine): Cell[] {
  const about = of === undefined ? change : `${change} · ${of}`;
  return [
    [item, small(about), ...(error ? [failure(error)] : [])],
    quantity === undefined ? '' : number(quantity),
    price === undefined ? '' : money(price),
  ];
}

const failure = (reason: string) => ({ text: reason, size: 'small', color: 'attention' }) as const;

const STEP_COLUMNS: readonly TableColumn[] = [
  { title: 'Step', width: 6.4 },
  { title: 'State', width: 2.4 },
];
const STATE: Readonly<Record<Step['state'], { text: string; color: Color }>> = {
  done: { text: 'Done', color: 'good' },
  unsent: { text: 'Not sent', color: 'warning' },
  running: { text: 'Running', color: 'accent' },
  waiting: { text: 'Waiting', color: 'default' },
  failed: { text: 'Failed', color: 'attention' },
};

export function stepsTable(all: readonly Step[]): (Element | undefined)[] {
  if (all.length === 0) return [];
  const more = all.length - MOST_STEPS;
  const done = all.filter(({ state }) => state === 'done').length;
  return [
    section(`Carried out: ${number(done)} of ${count(all.length, 'step')}`),
    table(STEP_COLUMNS, all.slice(0, MOST_STEPS).map(stepRow)),
    more > 0 ? subtle(`And ${number(more)} more`) : undefined,
  ];
}

function stepRow({ title, state, error, at }: Step): Cell[] {
  return [
    [title, ...(error ? [failure(error)] : [])],
    [{ ...STATE[state], weight: 'bolder' }, ...(at ? [small(dateTime(at))] : [])],
  ];
}

/** `1 invoice and 2 credit notes` */
export function countedInvoices(total: number, credits = 0): string {
  const invoices = total - credits;
  return list([
    ...(invoices > 0 || credits === 0 ? [count(invoices, 'invoice')] : []),
    ...(credits > 0 ? [count(credits, 'credit note')] : []),
  ]);
}

const INVOICE_COLUMNS: readonly TableColumn[] = [
  { title: 'Invoice', width: 4 },
  { title: 'Due', width: 3 },
  { title: 'Amount', width: 2.4, align: 'right' },
];

export function invoicesTable(all: readonly Invoice[]): (Element | undefined)[] {
  if (all.length === 0) return [];
  const shown = all.slice(-MOST_INVOICES);
  const more = all.length - shown.length;
  const rows = shown.map(({ number: name, issuedAt, dueAt, amount }): Cell[] => [
    [name, small(amount.minor < 0 ? `Credit note, ${date(issuedAt)}` : date(issuedAt))],
    amount.minor < 0 ? '' : date(dueAt),
    money(amount),
  ]);
  return [
    section(all.length === 1 ? 'Invoice' : 'Invoices'),
    table(INVOICE_COLUMNS, rows),
    more > 0 ? subtle(`And ${number(more)} before these`) : undefined,
  ];
}

export function subscriptionFacts(known: SubscriptionFacts | undefined): (Element | undefined)[] {
  if (!known) return [];
  return [
    section('Subscription'),
    facts([
      ['Admin e-mail', known.adminEmail],
      ['First name', known.firstName || undefined],
      ['Last name', known.lastName || undefined],
      ['Tenant name', known.tenant],
      ['Price', known.price],
    ]),
  ];
}

/** What was chosen of machines. */
export function configurationFacts(
  chosen: readonly (readonly [title: string, value: string])[],
): (Element | undefined)[] {
  return chosen.length === 0 ? [] : [section('Configuration'), facts(chosen)];
}

/** `Created by Nora Lindgren (Northwind Partners) on 21 Nov 2026, 14:05 UTC.` */
export function originLine({ createdBy, imported, at }: Origin): string {
  const brought = imported && `${importedBy(imported)}.`;
  const made =
    createdBy === undefined
      ? `The order is of ${dateTime(at)}.`
      : `Created by ${createdBy.person} (${createdBy.organization}) on ${dateTime(at)}.`;
  return [made, brought].filter(Boolean).join(' ');
}

/** `Nora Lindgren, Northwind Partners`, in a list. */
export function originInShort({ createdBy, imported = { by: undefined } }: Omit<Origin, 'at'>): string {
  return createdBy === undefined ? importedBy(imported) : `${createdBy.person}, ${createdBy.organization}`;
}

const importedBy = ({ by }: NonNullable<Origin['imported']>): string =>
  by === undefined ? 'Imported' : `Imported by ${by}`;

export function orderFacts(data: OrderKnown): Element | undefined {
  return facts([
    ['Number', data.number],
    ['Name', data.name],
    ['Subscription', data.description || undefined],
    ['Requested', some(data.changes)],
    ['Vendor status', data.vendorStatus],
    ['Placed', data.placedAt && dateTime(data.placedAt)],
    ['Purpose', data.purpose],
    ['End customer', data.endCustomer],
    ['Quantity', data.quantity > 0 ? number(data.quantity) : undefined],
    ['Add-ons', some(data.addOns)],
    ['Payment', data.payment],
    ...data.costs.map(({ title, amount }) => [title, money(amount)] as const),
    ['Markup', data.markup],
  ]);
}

const some = (items: readonly string[]) => (items.length === 0 ? undefined : list(items));
