import type { Money } from '../../../cards/format.ts';
import type { Db } from '../../db/index.ts';
import { digestOf, itemOf, monthly } from './rules.ts';
import { type Approval, type Line, loadApproval, loadLines, type Order } from './store.ts';

/** A request with the order it is about. */
export type Request = {
  readonly order: Order;
  readonly approval: Approval;
  readonly items: readonly string[];
  /** What the customer pays in a month. */
  readonly total: Money | undefined;
  /** What the customer's reseller pays: for those who sell, where nobody reads along. */
  readonly purchase: Money | undefined;
  readonly digest: string;
};

export async function findRequest(db: Db, order: Order): Promise<Request | undefined> {
  const approval = await loadApproval(db, order.id);
  if (approval === undefined) return undefined;
  const lines = await loadLines(db, [order.id]);
  const { currency } = order;
  const amount = (minor: number | undefined) => (minor === undefined ? undefined : { minor, currency });
  return {
    order,
    approval,
    items: lines.flatMap((line) => itemOf(line) ?? []),
    total: amount(totalMinor(order, lines)),
    purchase: amount(monthly(lines, 'purchaseMinor')),
    digest: digestOfOrder(order, lines),
  };
}

export async function requestOf(db: Db, order: Order): Promise<Request> {
  const request = await findRequest(db, order);
  if (request === undefined) throw new Error(`Nobody asked for approval of order ${order.number}.`);
  return request;
}

/** What was agreed when the order was placed, or else what its lines come to. */
export const totalMinor = (order: Pick<Order, 'costMinor'>, lines: readonly Line[]): number | undefined =>
  order.costMinor === null ? monthly(lines, 'priceMinor') : Number(order.costMinor);

export const digestOfOrder = ({ currency, purpose, endCustomer }: Order, lines: readonly Line[]): string =>
  digestOf({ currency, purpose, endCustomer }, lines);
