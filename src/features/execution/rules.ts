/** Which steps carry out an order, which one comes next, and what an order has come to. */
import type { OrderStatus } from '../orders/rules.ts';

export type StepKind =
  | 'tenant'
  | 'books'
  | 'invoice'
  | 'reseller account'
  | 'customer account'
  | 'subscription'
  | 'quantity'
  | 'status'
  | 'letter';
export type StepState = 'waiting' | 'running' | 'done' | 'failed';

export type StepInput = {
  /** The line of the order that it is about. */
  readonly change?: number;
  /** How often the order was mended before this step was due. */
  readonly round: number;
  /** Part of the key that the provider knows the request by: a new one is a new request. */
  readonly try: number;
  /** The subscription whose quantity it sets, and to what. */
  readonly subscription?: number;
  readonly target?: number;
  /** Units kept from being given away until the vendor has taken them back, or has refused to. */
  readonly held?: number;
  /** Whom the account was asked for, whatever address they have by now: asked again, it is the same request. */
  readonly userName?: string;
  /** What became of the request is not known: it must be sent again as it was. */
  readonly unanswered?: true;
};
export type Step = {
  readonly position: number;
  readonly kind: StepKind;
  readonly title: string;
  readonly state: StepState;
  readonly input: StepInput;
  readonly error: string | null;
  /** The letter of the step could not be sent. */
  readonly unsent: boolean;
};
export type Planned = Pick<Step, 'kind' | 'title' | 'input'>;

export type PlannedLine = {
  readonly id: number;
  readonly kind: 'new subscription' | 'increase' | 'decrease' | 'suspend' | 'resume' | 'markup change';
  /** `5 × Office 365 E3` */
  readonly what: string;
  /** What it comes to on an invoice. */
  readonly amountMinor: number;
};
export type ToPlan = {
  readonly machines: boolean;
  /** The domain that the provider has to make first. */
  readonly tenant: string | undefined;
  readonly migration: boolean;
  /** The reseller that has no account with the provider yet. */
  readonly reseller: string | undefined;
  readonly customer: string;
  /** The customer has an account with the provider. */
  readonly hasAccount: boolean;
  readonly lines: readonly PlannedLine[];
};

/** Orders of which steps are still to be taken. */
export const UNDER_WAY: readonly OrderStatus[] = [
  'In progress',
  'Provisioning started',
  'Provisioning finished',
];
/** Orders that can be mended and tried once more. */
export const MENDABLE: readonly OrderStatus[] = ['Provisioning failed', 'Completed with errors'];

const LINE_STEPS: readonly StepKind[] = ['subscription', 'quantity', 'status'];
/** Without these nothing that follows can be done. */
const GATES: readonly StepKind[] = ['tenant', 'books', 'reseller account', 'customer account'];

const LINE_TITLE = {
  'new subscription': (what: string) => `Subscription: ${what}`,
  increase: (what: string) => `Increase: ${what} more`,
  decrease: (what: string) => `Decrease: ${what} less`,
  suspend: (what: string) => `Suspend: ${what}`,
  resume: (what: string) => `Resume: ${what}`,
} as const;

/** `5 × Office 365 E3`; of a change: `Decrease: 5 × Office 365 E3 less` */
export const changeInWords = (kind: PlannedLine['kind'], what: string): string =>
  kind === 'new subscription' || kind === 'markup change' ? what : LINE_TITLE[kind](what);

const LINE_KIND = {
  'new subscription': 'subscription',
  increase: 'quantity',
  decrease: 'quantity',
  suspend: 'status',
  resume: 'status',
} as const satisfies Record<string, StepKind>;

/** The steps of an order, in the order in which they are taken. */
export function planSteps(order: ToPlan): Planned[] {
  const input = { round: 0, try: 0 };
  const step = (kind: StepKind, title: string): Planned => ({ kind, title, input });
  const lines = order.lines.flatMap(({ id, kind, what }): Planned[] =>
    kind === 'markup change'
      ? []
      : [{ kind: LINE_KIND[kind], title: LINE_TITLE[kind](what), input: { ...input, change: id } }],
  );
  const buys = order.lines.some(({ kind }) => kind === 'new subscription');
  const invoice = order.lines.some(({ amountMinor }) => amountMinor !== 0)
    ? [step('invoice', invoiceTitle(sumOf(order.lines)))]
    : [];
  if (order.machines && buys) {
    return [
      step('books', 'Subscription recorded'),
      ...invoice,
      ...(order.reseller === undefined
        ? []
        : [step('reseller account', `Portal account of ${order.reseller}`)]),
      ...(order.hasAccount ? [] : [step('customer account', `Portal account of ${order.customer}`)]),
      ...lines.map((line) =>
        line.kind === 'subscription'
          ? { ...line, title: line.title.replace('Subscription', 'Portal subscription') }
          : line,
      ),
      step('letter', `Activation e-mail to ${order.customer}`),
    ];
  }
  const tenant =
    order.tenant === undefined || !buys
      ? []
      : [step('tenant', `${order.migration ? 'Move of tenant' : 'Tenant'} ${order.tenant}`)];
  return [...tenant, ...lines, ...invoice, step('letter', 'Completion e-mail')];
}

export const sumOf = (lines: readonly { readonly amountMinor: number }[]): number =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

export const invoiceTitle = (minor: number): string => (minor < 0 ? 'Credit note' : 'Invoice');

/** The first bill of an order has its number, each further one counts on. What gives money back is a credit note. */
export function invoiceNumber(order: number, before: number, minor: number): string {
  const number = `${minor < 0 ? 'CN' : 'INV'}-${order}`;
  return before === 0 ? number : `${number}-${before + 1}`;
}

export type Next =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'end'; readonly status: OrderStatus; readonly error: string | undefined };

/** The step that is due, or how the order ended. */
export function nextOf(steps: readonly Step[]): Next {
  const gate = steps.find(({ kind, state }) => state === 'failed' && GATES.includes(kind));
  const due = steps.find(({ state }) => state === 'waiting' || state === 'running');
  if (gate === undefined && due !== undefined && isWorthIt(due, steps)) return { kind: 'step', step: due };
  return endOf(steps);
}

/** What follows the lines follows those of the same round, if the vendor took any of them. */
function isWorthIt(due: Step, steps: readonly Step[]): boolean {
  const lines = steps.filter(
    ({ kind, position, input }) =>
      LINE_STEPS.includes(kind) && position < due.position && input.round === due.input.round,
  );
  return LINE_STEPS.includes(due.kind) || lines.length === 0 || lines.some(({ state }) => state === 'done');
}

function endOf(steps: readonly Step[]): Next {
  const lines = steps.filter(({ kind }) => LINE_STEPS.includes(kind));
  const failed = steps.filter(({ state }) => state === 'failed');
  const error = [...new Set(failed.flatMap(({ error }) => error ?? []))].join('; ') || undefined;
  if (failed.length === 0) return { kind: 'end', status: 'Completed', error };
  const bought = lines.some(({ state }) => state === 'done');
  return { kind: 'end', status: bought ? 'Completed with errors' : 'Provisioning failed', error };
}

/** The status of an order of machines while its steps are taken. */
export function statusOf(steps: readonly Step[], machines: boolean): OrderStatus {
  if (!machines) return 'In progress';
  const books = steps.filter(({ kind }) => kind === 'books' || kind === 'invoice');
  if (!books.every(({ state }) => state === 'done')) return 'In progress';
  const lines = steps.filter(({ kind }) => LINE_STEPS.includes(kind));
  return lines.every(({ state }) => state === 'done') ? 'Provisioning finished' : 'Provisioning started';
}

/** The same steps, for another try at what failed. `again` are those to be put back, `more` those to be added. */
export function planRetry(steps: readonly Step[]): {
  readonly again: readonly Pick<Step, 'position' | 'input'>[];
  readonly more: readonly Planned[];
} {
  const round = Math.max(0, ...steps.map(({ input }) => input.round)) + 1;
  const again = steps
    .filter(({ state }) => state !== 'done')
    .map(({ position, kind, state, input: { held, target: _, unanswered, userName, ...rest } }) => {
      const same = unanswered === true && !['quantity', 'status'].includes(kind);
      const isNew = state === 'failed' && !same;
      const next = isNew ? rest.try + 1 : rest.try;
      const stillHeld = unanswered === true && held !== undefined && { held };
      const stillNamed = !isNew && userName !== undefined && { userName };
      return { position, input: { ...rest, ...stillHeld, ...stillNamed, round, try: next } };
    });
  const lines = again.some(({ position }) =>
    steps.some((step) => step.position === position && LINE_STEPS.includes(step.kind)),
  );
  const first = Math.min(...steps.filter(({ kind }) => LINE_STEPS.includes(kind)).map((one) => one.position));
  const closing = steps.filter(
    ({ kind, state, position }) =>
      lines && state === 'done' && position > first && (kind === 'invoice' || kind === 'letter'),
  );
  const kinds = [...new Map(closing.map((step) => [step.kind, step])).values()];
  return {
    again,
    more: kinds.map(({ kind, title }) => ({ kind, title: titleWithout(title), input: { round, try: 0 } })),
  };
}

/** The title of a step whose letter could not be sent: that of the step, and why. */
export const titleNotSent = ({ kind, title }: Pick<Step, 'kind' | 'title'>, why: string): string =>
  `${titleWithout(title)}: ${kind === 'letter' ? '' : 'letter '}not sent, ${why}`;
const titleWithout = (title: string): string => title.replace(/: (?:letter )?not sent, .*$/, '');

/**
 * The steps of an order that is done, but for letters that could not be sent: put back as they were, each asks for the
 * same once more and gets the same answer. It is no new try of the order.
 */
export const planLetters = (steps: readonly Step[]): readonly Pick<Step, 'position' | 'input' | 'title'>[] =>
  steps
    .filter(({ state, unsent }) => state === 'done' && unsent)
    // What a later letter tells needs no earlier one.
    .filter((one) => one.kind !== 'letter' || one === steps.findLast(({ kind }) => kind === 'letter'))
    .map(({ position, input, title }) => ({ position, input, title: titleWithout(title) }));

/** One commitment term later. The last day of a month stays within the month. */
export function renewalAfter(start: Date, commitment: 'monthly' | 'yearly'): Date {
  const months = commitment === 'yearly' ? 12 : 1;
  const moved = new Date(start);
  moved.setUTCMonth(start.getUTCMonth() + months);
  if (moved.getUTCDate() !== start.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

export const keyOf = (orderId: number, { position, input }: Pick<Step, 'position' | 'input'>): string =>
  `order-${orderId}-${position}-${input.try}`;

/** `Ada King Lovelace` -> `['Ada', 'King Lovelace']` */
export function namesOf(name: string): readonly [first: string, last: string] {
  const [first = '', ...last] = name.trim().split(/\s+/);
  return [first, last.join(' ')];
}

const INVOICE_DAYS = 30;
export const dueOf = (issued: Date): Date => new Date(issued.getTime() + INVOICE_DAYS * 24 * 60 * 60 * 1000);

const PER_UNIT_SIGN = {
  'new subscription': 1,
  increase: 1,
  decrease: -1,
  suspend: 0,
  resume: 0,
  'markup change': 0,
} as const satisfies Record<PlannedLine['kind'], number>;

/** What a line of an invoice comes to; what is given back is below zero. */
export const amountOf = (kind: PlannedLine['kind'], quantity: number, priceMinor: number): number =>
  PER_UNIT_SIGN[kind] * quantity * priceMinor;

/** Whom machines for resale are for, as it was said when they were ordered. */
export type EndCustomer = {
  readonly organizationId: number | undefined;
  readonly name: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly email: string | undefined;
};

export function endCustomerOf(stored: unknown): EndCustomer {
  const values = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const word = (...names: readonly string[]): string | undefined =>
    names.map((name) => values[name]).find((value) => typeof value === 'string' && value !== '') as
      | string
      | undefined;
  return {
    organizationId: typeof values.organizationId === 'number' ? values.organizationId : undefined,
    name: word('name', 'company'),
    firstName: word('firstName', 'contactFirstName'),
    lastName: word('lastName', 'contactLastName'),
    email: word('email', 'contactEmail'),
  };
}

/** Where nobody who may approve an order could be told of it. */
export const nobodyTold = (by: string): string =>
  `I could reach nobody at ${by}: ask somebody there to type “approvals”.`;
