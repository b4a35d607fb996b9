// Invoices: what was charged for the orders of a customer, and what was given back.
import { z } from 'zod';
import { button, EVERYBODY, type Feature } from '../../bot/index.ts';
import { listInvoices, turnPage } from './list.ts';

export const invoices: Feature = {
  name: 'invoices',
  summary: 'Invoices',
  commands: [
    {
      name: 'invoices',
      usage: 'invoices [customer]',
      summary: 'List invoices and credit notes, the newest first',
      examples: ['invoices', 'invoices fabrikam'],
      roles: EVERYBODY,
      shared: true,
      run: (asked, words) => listInvoices(asked, words.join(' '), 1),
    },
  ],
  buttons: [
    button({
      verb: 'invoices.page',
      roles: EVERYBODY,
      input: z.object({
        of: z.string().max(200).default(''),
        page: z.coerce.number().int().min(1).max(1_000_000),
      }),
      run: (asked, { of, page }) => turnPage(asked, of, page),
    }),
  ],
};
