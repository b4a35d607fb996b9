import { customerOf } from './orders.ts';
import { afterOf, ok, pageOf, type Route, route } from './route.ts';
import { invoice, list, nothing, pagingOfCustomer, subscription } from './schemas.ts';
import { loadInvoices, loadSubscriptions } from './store.ts';

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
    async run(call) {
      const { limit, cursor } = call.query;
      const customer = await customerOf(call, call.query.customer);
      const page = { after: afterOf(cursor), limit: limit + 1 };
      const rows = await loadSubscriptions(call.db, call.viewer, page, customer);
      return ok(
        pageOf(rows, limit, (row) => ({
          service: `${call.settings.orderPrefix}${row.number}/${row.position}`,
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
        })),
      );
    },
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
    async run(call) {
      const { limit, cursor } = call.query;
      const customer = await customerOf(call, call.query.customer);
      const page = { after: afterOf(cursor), limit: limit + 1 };
      const rows = await loadInvoices(call.db, call.viewer, page, customer);
      return ok(
        pageOf(rows, limit, (row) => ({
          number: row.number,
          order: `${call.settings.orderPrefix}${row.order}`,
          customer: row.customer,
          customerExternalId: row.customer_external_id,
          amountMinor: row.amount_minor,
          currency: row.currency,
          issuedAt: row.issued_at.toISOString(),
          dueAt: row.due_at.toISOString(),
        })),
      );
    },
  }),
];
