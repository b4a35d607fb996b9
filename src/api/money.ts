import type { Settings } from '../bot/index.ts';
import type { Db, Viewer } from '../db/index.ts';
import { customerOf } from './orders.ts';
import { type Answer, type Call, pageOf, type Route, route, rowsOf } from './route.ts';
import {
  type Invoice,
  invoice,
  list,
  nothing,
  pagingOfCustomer,
  type Subscription,
  subscription,
} from './schemas.ts';
import {
  type InvoiceRow,
  loadInvoices,
  loadSubscriptions,
  type Page,
  type SubscriptionRow,
} from './store.ts';

type OfCustomer = Call<unknown, (typeof pagingOfCustomer)['_output'], unknown>;

/** A page of what one customer has, or of what all have. */
async function pageOfCustomer<Row extends { readonly id: number }, Item>(
  call: OfCustomer,
  load: (db: Db, viewer: Viewer, page: Page, customer: number | undefined) => Promise<Row[]>,
  item: (row: Row) => Item,
): Promise<Answer<{ items: Item[]; next: string | null }>> {
  const customer = await customerOf(call, call.query.customer);
  return pageOf(await load(call.db, call.viewer, rowsOf(call.query), customer), call.query, item);
}

const subscriptionOf =
  ({ orderPrefix }: Settings) =>
  (row: SubscriptionRow): Subscription => ({
    service: `${orderPrefix}${row.number}/${row.position}`,
    customer: row.customer,
    customerExternalId: row.customer_external_id,
    product: row.product,
    sku: row.sku,
    quantity: row.quantity,
    status: row.status,
    adminEmail: row.admin_email,
    firstName: row.first_name,
    lastName: row.last_name,
    tenantName: row.tenant_name,
    priceMinor: row.price_minor,
    currency: row.currency,
    startedAt: row.started_at?.toISOString() ?? null,
    renewsAt: row.renews_at?.toISOString() ?? null,
  });

/** Money given back is due nowhere. */
const isCredit = (row: InvoiceRow): boolean => row.amount_minor < 0;

const invoiceOf =
  ({ orderPrefix }: Settings) =>
  (row: InvoiceRow): Invoice => ({
    number: row.number,
    kind: isCredit(row) ? 'credit note' : 'invoice',
    order: `${orderPrefix}${row.order}`,
    customer: row.customer,
    customerExternalId: row.customer_external_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    issuedAt: row.issued_at.toISOString(),
    dueAt: isCredit(row) ? null : row.due_at.toISOString(),
  });

/** What runs, and what was charged. */
export const moneyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/subscriptions',
    id: 'listSubscriptions',
    summary: 'List subscriptions',
    takes: 'every key',
    params: nothing,
    query: pagingOfCustomer,
    response: {
      name: 'Subscriptions',
      schema: list(subscription),
      example: {
        items: [
          {
            service: 'HAMARACLOUD10023/2',
            customer: 'Contoso',
            customerExternalId: 'C-1001',
            product: 'Office 365 E3',
            sku: 'O365-E3',
            quantity: 5,
            status: 'active',
            adminEmail: 'carla@contoso.example',
            firstName: 'Carla',
            lastName: 'Diaz',
            tenantName: 'contoso.onmicrosoft.com',
            priceMinor: 2200,
            currency: 'EUR',
            startedAt: '2026-09-14T00:00:00.000Z',
            renewsAt: null,
          },
        ],
        next: null,
      },
    },
    refusals: [400],
    run: (call) => pageOfCustomer(call, loadSubscriptions, subscriptionOf(call.settings)),
  }),
  route({
    method: 'GET',
    path: '/invoices',
    id: 'listInvoices',
    summary: 'List invoices',
    takes: 'every key',
    params: nothing,
    query: pagingOfCustomer,
    response: {
      name: 'Invoices',
      schema: list(invoice),
      example: {
        items: [
          {
            number: 'INV-10023',
            kind: 'invoice',
            order: 'HAMARACLOUD10023',
            customer: 'Contoso',
            customerExternalId: 'C-1001',
            amountMinor: 11_000,
            currency: 'EUR',
            issuedAt: '2026-09-14T09:30:00.000Z',
            dueAt: '2026-10-14T09:30:00.000Z',
          },
        ],
        next: null,
      },
    },
    refusals: [400],
    run: (call) => pageOfCustomer(call, loadInvoices, invoiceOf(call.settings)),
  }),
];
