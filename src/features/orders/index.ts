// Orders: lists, details, services and notes, always in the view of one customer.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature } from '../../bot/index.ts';
import { inCustomerView } from '../organizations/view.ts';
import { lookUpServices } from './choices/look-up.ts';
import { searches } from './choices/search.ts';
import { showLinks, showOrder } from './details.ts';
import { inOrder } from './find.ts';
import { listOrders, showPage } from './list.ts';
import { LONGEST_NOTE, noteOrder, submitNote } from './note.ts';
import { openOrder } from './open.ts';
import { services, showService, showServices } from './services.ts';

const page = z.coerce.number().int().min(1).max(1_000_000);

export const orders: Feature = {
  name: 'orders',
  summary: 'Orders',
  commands: [
    {
      name: 'orders',
      usage: 'orders [recent|historical] [active|draft|all] [newest|oldest] [text]',
      summary: 'List orders, or search them',
      examples: ['orders', 'orders historical', 'orders draft oldest', 'orders historical all webex'],
      roles: EVERYBODY,
      shared: true,
      run: listOrders,
    },
    {
      name: 'order',
      aliases: ['invoice'],
      usage: 'order 10023',
      summary: 'Show one order with its services and costs',
      examples: ['order 10023'],
      roles: EVERYBODY,
      shared: true,
      run: showOrder,
    },
    {
      name: 'services',
      aliases: ['service'],
      usage: 'services 10023[/1] [text]',
      summary: 'List the services of an order with their free units, or the users of one service',
      examples: ['services 10023', 'service 10023/1', 'service 10023/1 alice'],
      roles: EVERYBODY,
      shared: true,
      run: showServices,
    },
    {
      name: 'note',
      usage: 'note 10023 [text]',
      summary: 'Put a note on an order, change or remove it',
      examples: ['note 10023 Call before renewal', 'note 10023'],
      roles: CHANGERS,
      run: noteOrder,
    },
  ],
  searches,
  lookups: { services: lookUpServices },
  buttons: [
    button({
      verb: 'orders.page',
      roles: EVERYBODY,
      input: z.object({
        view: z.enum(['recent', 'historical']),
        filter: z.enum(['active', 'draft', 'all']).catch('all'),
        sort: z.enum(['newest', 'oldest']).catch('newest'),
        text: z.string().max(200),
        page,
      }),
      run: (asked, { page, ...search }) =>
        inCustomerView(asked, async (view) => ({
          ...(await showPage(view, search, page)),
          position: 'instead',
        })),
    }),
    button({
      verb: 'orders.find',
      roles: EVERYBODY,
      input: z.object({ show: z.enum(['order', 'services']), order: z.string().max(200).catch('') }),
      run: openOrder,
    }),
    button({
      verb: 'orders.links',
      roles: EVERYBODY,
      input: z.object({ order: z.string().max(40) }),
      run: (asked, { order }) => inOrder(asked, order, showLinks),
    }),
    button({
      verb: 'services.page',
      roles: EVERYBODY,
      input: z.object({ order: z.string().max(40), page }),
      run: (asked, { order, page }) =>
        inOrder(asked, order, async (view, found) => ({
          ...(await services(view, found, page)),
          position: 'instead',
        })),
    }),
    button({
      verb: 'service.page',
      roles: EVERYBODY,
      input: z.object({ service: z.string().max(40), text: z.string().max(200).default(''), page }),
      run: async (asked, { service, text, page }) => ({
        ...(await showService(asked, service, text, page)),
        position: 'instead',
      }),
    }),
    button({
      verb: 'note',
      roles: CHANGERS,
      input: z.object({
        order: z.string().max(200).catch(''),
        note: z
          .string()
          .max(LONGEST_NOTE * 10)
          .default(''),
      }),
      run: (asked, { order, note }) => submitNote(asked, order, note),
    }),
  ],
};
