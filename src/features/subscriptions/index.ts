// Subscriptions: what runs on for a customer after its orders are completed.
import { z } from 'zod';
import { button, EVERYBODY, type Feature } from '../../bot/index.ts';
import { listSubscriptions, turnPage } from './list.ts';

export const subscriptions: Feature = {
  name: 'subscriptions',
  summary: 'Subscriptions',
  commands: [
    {
      name: 'subscriptions',
      aliases: ['subscription'],
      usage: 'subscriptions [text]',
      summary: 'List subscriptions with quantity, price and admin, or search them',
      examples: ['subscriptions', 'subscriptions webex'],
      roles: EVERYBODY,
      run: listSubscriptions,
    },
  ],
  buttons: [
    button({
      verb: 'subscriptions.page',
      roles: EVERYBODY,
      input: z.object({
        text: z.string().max(200).default(''),
        page: z.coerce.number().int().min(1).max(1_000_000),
      }),
      run: (asked, { text, page }) => turnPage(asked, text, page),
    }),
  ],
};
