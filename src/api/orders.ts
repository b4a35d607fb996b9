import { saveOrders } from '../features/imports/orders/save.ts';
import type { LineField, OrderEntry, OrderField, Problem } from '../features/imports/orders/types.ts';
import { parseOrderNumber } from '../features/orders/rules.ts';
import { amountText } from './catalog.ts';
import { Refused } from './problem.ts';
import { type Call, ok, pageOf, type Route, route, rowsOf } from './route.ts';
import { list, nothing, type Order, order, orderInput, orderNumber, orderQuery, service } from './schemas.ts';
import { findCustomer, loadLines, loadOrders, loadServices, type OrderRow } from './store.ts';

type Any = Call<unknown, unknown, unknown>;

const EXAMPLE: Order = {
  number: 'HAMARACLOUD10023',
  customer: 'Contoso',
  customerExternalId: 'C-1001',
  name: 'Order #14-09-2026',
  description: 'Messaging and collaboration for Contoso',
  status: 'Completed',
  vendorStatus: 'Fulfilled',
  error: null,
  createdBy: 'Nora Lindgren',
  createdByOrganization: 'Northwind Partners',
  createdAt: '2026-09-14T09:30:00.000Z',
  note: null,
  paymentDetails: 'Invoice, 30 days',
  costMinor: 11_000,
  currency: 'EUR',
  lines: [
    {
      requestedChange: 'new subscription',
      product: 'Office 365 E3',
      sku: 'O365-E3',
      quantity: 5,
      priceMinor: 2200,
    },
  ],
};

/** The orders as they go out, with their lines. */
async function shown({ db, settings }: Any, rows: readonly OrderRow[]): Promise<(row: OrderRow) => Order> {
  const lines = await loadLines(
    db,
    rows.map(({ id }) => id),
  );
  const byOrder = Map.groupBy(lines, ({ order_id }) => order_id);
  return (row) => ({
    number: `${settings.orderPrefix}${row.number}`,
    customer: row.customer,
    customerExternalId: row.customer_external_id,
    name: row.name,
    description: row.description,
    status: row.status,
    vendorStatus: row.provider_status,
    error: row.error,
    createdBy: row.created_by,
    createdByOrganization: row.created_by_organization,
    createdAt: row.created_at.toISOString(),
    note: row.note,
    paymentDetails: row.payment_details,
    costMinor: row.cost_minor,
    currency: row.currency,
    lines: (byOrder.get(row.id) ?? []).map(({ kind, product, sku, quantity, price_minor }) => ({
      requestedChange: kind,
      product,
      sku,
      quantity,
      priceMinor: price_minor,
    })),
  });
}

async function find(call: Any, word: string): Promise<OrderRow> {
  const number = parseOrderNumber(call.settings.orderPrefix, word);
  const [row] =
    number === undefined ? [] : await loadOrders(call.db, call.viewer, { after: 0, limit: 1 }, { number });
  if (row === undefined) throw new Refused(404, `There is no order “${word}”.`);
  return row;
}

/** The customer that a filter names. */
export async function customerOf({ db, viewer }: Any, word: string | undefined): Promise<number | undefined> {
  if (word === undefined) return undefined;
  const id = await findCustomer(db, viewer, word);
  if (id !== undefined) return id;
  const errors = [{ field: 'customer', reason: `There is no customer “${word}”.` }];
  throw new Refused(400, 'Nothing can be listed.', { errors });
}

type Input = (typeof orderInput)['_output'];

/** Values as they would be written in a sheet; null is an empty cell that empties. */
function entryOf(number: string, { lines = [], markupBp, createdAt, ...texts }: Input): OrderEntry {
  const said = Object.entries(texts).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value ?? '']],
  );
  return {
    ...(Object.fromEntries(said) as { [field in OrderField]?: string }),
    number,
    ...(createdAt !== undefined && { date: createdAt }),
    ...(markupBp !== undefined && { markup: String(markupBp / 100) }),
    lines: lines.map(({ requestedChange, product, sku, quantity, priceMinor, position }) => ({
      requestedChange,
      product: sku ?? product ?? undefined,
      quantity: quantity?.toString(),
      price: priceMinor === undefined ? undefined : amountText(priceMinor, texts.currency ?? ''),
      position: position?.toString(),
    })),
  };
}

const LINE_FIELD: Readonly<Record<LineField, string>> = {
  requestedChange: 'requestedChange',
  product: 'product',
  quantity: 'quantity',
  price: 'priceMinor',
  position: 'position',
};

const FIELD: Readonly<Record<string, string>> = { markup: 'markupBp', date: 'createdAt' };

/** What is said of all lines together has no line of its own. */
function fieldOf({ field, line }: Problem, { lines = [] }: Input): string {
  const name = LINE_FIELD[field as LineField];
  if (name === undefined) return `/${FIELD[field] ?? field}`;
  if (line === undefined) return '/lines';
  return `/lines/${line}/${name === 'product' && lines[line]?.sku != null ? 'sku' : name}`;
}

async function save(call: Any, word: string, body: Input): Promise<200 | 201> {
  const { orderPrefix } = call.settings;
  const number = parseOrderNumber(orderPrefix, word) ?? 0;
  if (number === 0)
    throw new Refused(
      404,
      `“${word}” can’t be the number of an order: that is 1 to 9 digits, with or without ${orderPrefix} before them.`,
    );
  if (body.currency === undefined && body.lines?.some(({ priceMinor }) => priceMinor !== undefined)) {
    const errors = [
      { field: '/currency', reason: 'It is missing: without it nobody knows how much a price is.' },
    ];
    throw new Refused(422, 'The order was not saved.', { errors });
  }
  const [outcome] = await saveOrders(call, [entryOf(String(number), body)]);
  if (outcome?.kind !== 'refused') return outcome?.kind === 'new' ? 201 : 200;
  const errors = outcome.problems.map((one) => ({ field: fieldOf(one, body), reason: one.sentence }));
  // Only now: one that came at the same time may have made it meanwhile.
  const [there] = await loadOrders(call.db, call.viewer, { after: 0, limit: 1 }, { number });
  throw new Refused(there === undefined ? 422 : 409, 'The order was not saved.', { errors });
}

export const orderRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/orders',
    id: 'listOrders',
    summary: 'List orders',
    takes: 'every key',
    params: nothing,
    query: orderQuery,
    response: { name: 'Orders', schema: list(order), example: { items: [EXAMPLE], next: null } },
    refusals: [400],
    async run(call) {
      const { status, since } = call.query;
      const customer = await customerOf(call, call.query.customer);
      const rows = await loadOrders(call.db, call.viewer, rowsOf(call.query), { customer, status, since });
      return pageOf(rows, call.query, await shown(call, rows));
    },
  }),
  route({
    method: 'GET',
    path: '/orders/{number}',
    id: 'getOrder',
    summary: 'One order',
    takes: 'every key',
    params: orderNumber,
    query: nothing,
    response: { name: 'Order', schema: order, example: EXAMPLE },
    refusals: [400, 404],
    async run(call) {
      const row = await find(call, call.params.number);
      return ok((await shown(call, [row]))(row));
    },
  }),
  route({
    method: 'PUT',
    path: '/orders/{number}',
    id: 'putOrder',
    summary: 'Import an order as it was elsewhere; nothing is carried out. Sent again it changes nothing',
    takes: 'keys of the provider',
    params: orderNumber,
    query: nothing,
    body: {
      name: 'OrderInput',
      schema: orderInput,
      example: {
        customer: 'C-1001',
        status: 'Completed',
        vendorStatus: 'Fulfilled',
        createdAt: '2026-09-14',
        currency: 'EUR',
        lines: [{ sku: 'O365-E3', quantity: 5, priceMinor: 2450 }],
      },
    },
    response: { name: 'Order', schema: order, example: EXAMPLE },
    refusals: [400, 404, 409, 413, 415, 422],
    async run(call) {
      const status = await save(call, call.params.number, call.body);
      const row = await find(call, call.params.number);
      return { status, body: (await shown(call, [row]))(row) };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/{number}/services',
    id: 'listServices',
    summary: 'The services of an order, with their free units',
    takes: 'every key',
    params: orderNumber,
    query: nothing,
    response: {
      name: 'Services',
      schema: list(service),
      example: {
        items: [
          {
            service: 'HAMARACLOUD10023/2',
            position: 2,
            product: 'Office 365 E3',
            sku: 'O365-E3',
            units: 5,
            associated: 2,
            reserved: 0,
            free: 3,
          },
        ],
        next: null,
      },
    },
    refusals: [400, 404],
    async run(call) {
      const { id, number } = await find(call, call.params.number);
      const items = (await loadServices(call.db, id)).map((one) => ({
        ...one,
        service: `${call.settings.orderPrefix}${number}/${one.position}`,
        free: one.units - one.associated - one.reserved,
      }));
      return ok({ items, next: null });
    },
  }),
];
