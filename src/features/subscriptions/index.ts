// Subscriptions: what runs on for a customer after its orders are completed.
import { z } from 'zod';
import { button, EVERYBODY, type Feature } from '../../bot/index.ts';
import { showSubscription } from './details.ts';
import { listSubscriptions, turnPage } from './list.ts';

export const subscriptions: Feature = {
  name: 'subscriptions',
  summary: 'Subscriptions',
  commands: [
    {
      name: 'subscriptions',
      usage: 'subscriptions [text]',
      summary: 'List subscriptions with quantity, price and admin, or search them',
      examples: ['subscriptions', 'subscriptions webex'],
      roles: EVERYBODY,
      shared: true,
      run: listSubscriptions,
    },
    {
      name: 'subscription',
      usage: 'subscription 10023/1',
      summary: 'Show one subscription: admin, tenant, price, and until when units can be given back',
      examples: ['subscription 10023/1'],
      roles: EVERYBODY,
      shared: true,
      run: showSubscription,
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
