/** What needs somebody, which buttons they get, and which orders a text names. */
import { number as count } from '../../../cards/format.ts';
import type { HomePage, Need } from '../../../cards/home-page.ts';
import { CHANGERS, type Role } from '../../bot/index.ts';

type Named = { readonly number: number; readonly customer: string; readonly total: number };
type Job = {
  readonly id: number;
  readonly file: string;
  readonly state: string;
  readonly valid: number;
  readonly done: number;
  readonly failed: number;
};

export type Found = {
  readonly waiting: readonly Named[];
  readonly failed: readonly Named[];
  readonly jobs: readonly Job[];
  readonly findings: number;
  /** They look after one customer alone. */
  readonly isCustomer: boolean;
};

/** What somebody waits for comes first, then what failed, then what can wait. */
export function needsOf({ waiting, failed, jobs, findings, isCustomer }: Found): Need[] {
  return [
    ...approvals(waiting),
    ...failures(failed, isCustomer),
    ...jobs.map(jobNeed),
    ...(findings === 0
      ? []
      : [
          {
            says:
              findings === 1 ? '1 finding waits for an answer' : `${findings} findings wait for an answer`,
            urgent: false,
            command: 'findings',
            button: 'Findings',
          },
        ]),
  ];
}

function approvals(waiting: readonly Named[]): Need[] {
  const [first] = waiting;
  if (first === undefined) return [];
  const { number, customer, total } = first;
  if (total > 1) {
    const says = `${count(total)} orders wait for your approval`;
    return [{ says, detail: inShort(waiting), urgent: false, command: 'approvals', button: 'Approvals' }];
  }
  const says = `Order ${number} of ${customer} waits for your approval`;
  return [{ says, urgent: false, command: `approvals ${number}`, button: `Approve ${number}` }];
}

function failures(failed: readonly Named[], isCustomer: boolean): Need[] {
  const [first] = failed;
  if (first === undefined) return [];
  const { number, customer, total } = first;
  const open = { urgent: true, command: `order ${number}`, button: `Order ${number}` };
  if (total === 1) return [{ says: `Order ${number}${isCustomer ? '' : ` of ${customer}`} failed`, ...open }];
  const detail = isCustomer ? inShort(failed.map((one) => ({ ...one, customer: '' }))) : inShort(failed);
  return [{ says: `${count(total)} orders failed`, detail, ...open }];
}

/** `10029 of Contoso, 10030 of Fabrikam and 5 more` */
function inShort(orders: readonly Named[]): string {
  const shown = orders.map(({ number, customer }) =>
    customer === '' ? `${number}` : `${number} of ${customer}`,
  );
  const left = (orders[0]?.total ?? 0) - orders.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${count(left)} more` : ''}`;
}

function jobNeed({ id, file, state, valid, done, failed }: Job): Need {
  const open = { detail: file, command: `job ${id}`, button: `Job ${id}` };
  if (state === 'preview') return { says: `Job ${id} waits for your yes`, urgent: false, ...open };
  if (state === 'broken') return { says: `Job ${id} broke off`, urgent: true, ...open };
  return {
    says: `${count(failed)} of ${count(Math.max(valid, done + failed))} rows of job ${id} failed`,
    urgent: true,
    ...open,
  };
}

const FIND = { title: 'Find an order', command: 'order' } as const;

/** What is begun where all customers are seen, and is done for one of them. */
export const BEGUN = ['associate', 'new order', 'bulk'] as const;

/** The most common commands of a role. */
export const commonFor = (role: Role): HomePage['common'] =>
  CHANGERS.includes(role)
    ? [
        { title: 'Associate users', command: 'associate', forOne: true },
        { title: 'New order', command: 'new order', forOne: true },
        { title: 'Bulk', command: 'bulk', forOne: true },
        FIND,
      ]
    : [
        { title: 'Orders', command: 'orders' },
        { title: 'Free units', command: 'free' },
        FIND,
        { title: 'Help', command: 'help' },
      ];

const LONGEST_READ = 40_000;
/** Who writes more numbers than that shows a list, and wants none. */
export const MOST_NUMBERS = 3;

/** The orders that a text names with the prefix in front: `HAMARACLOUD10023`, each once. */
export function numbersIn(prefix: string, text: string): number[] {
  const letters = prefix.replace(/[^\p{L}\p{N}]/gu, '\\$&');
  const named = new RegExp(`(?<![\\p{L}\\p{N}])${letters}(\\d{1,9})(?![\\p{L}\\p{N}])`, 'giu');
  const found = [...text.slice(0, LONGEST_READ).matchAll(named)].map(([, digits]) => Number(digits));
  return [...new Set(found)];
}

/** Numbers that may be those of orders: `10023`, `10023/1`. */
export function bareNumbersIn(text: string): number[] {
  const bare = /(?<![\p{L}\p{N}.,:/@#-])(\d{3,9})(?:\/\d{1,4})?(?![\p{L}\p{N}@/-]|[.,:]\d)/gu;
  const found = [...text.slice(0, LONGEST_READ).matchAll(bare)].map(([, digits]) => Number(digits));
  return [...new Set(found)];
}

/** The order that an address of the API is about: `/api/v1/orders/HAMARACLOUD10023`. People have no pages of their own. */
export function numberOfPath(prefix: string, path: string): number | undefined {
  const [, word = ''] = /^\/api\/v\d+\/orders\/([^/?#]+)/.exec(path) ?? [];
  const digits = word.toLowerCase().startsWith(prefix.toLowerCase()) ? word.slice(prefix.length) : word;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

type Item = { readonly kind: string; readonly quantity: number | null; readonly product: string };

/** Who sees such an order sees it where nobody else reads along, and it seems to be missing elsewhere. */
export const MARKUP_ONLY = 'Markup change, which customers and channels are not shown';

/** `10 × Office 365 E3` */
export function itemsOf(items: readonly Item[], most: number): string[] {
  const shown = items
    .slice(0, most)
    .map(({ kind, quantity, product }) =>
      quantity === null ? `${product} (${kind})` : `${count(quantity)} × ${product}`,
    );
  return items.length > most ? [...shown, `${items.length - most} more`] : shown;
}
