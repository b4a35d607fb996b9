// Approvals: an order that costs something waits until somebody who sells to the customer lets it go.
import { z } from 'zod';
import { button, CHANGERS, type Feature, look } from '../../bot/index.ts';
import { approve, type Recheck, refuse, withdraw } from './decide.ts';
import { EXPIRE, EXPIRE_ALL, expire, expireAll } from './expire.ts';
import { APPROVERS, LONGEST_REASON } from './rules.ts';
import {
  drawForSeller,
  drawRequest,
  listWaiting,
  lookAtRequest,
  approvals as showApprovals,
  showRequest,
} from './show.ts';

const pressed = z.object({
  order: z.string().max(40),
  asked: z.string().max(40),
  shared: z.boolean().default(false),
  reason: z
    .string()
    .max(LONGEST_REASON * 10)
    .optional(),
});
const howOf = ({ shared }: { readonly shared: boolean }) => (shared ? 'pressed in public' : 'pressed');

/** `recheck` looks at an order as when it is placed. */
export const approvals = (recheck: Recheck): Feature => ({
  name: 'approvals',
  summary: 'Approvals',
  commands: [
    {
      name: 'approvals',
      usage: 'approvals [10029]',
      summary: 'List the orders that wait for approval, or show one',
      examples: ['approvals', 'approvals 10029'],
      roles: CHANGERS,
      run: showApprovals,
    },
    {
      name: 'approve',
      usage: 'approve 10029',
      summary: 'Let an order that waits for approval go ahead',
      examples: ['approve 10029'],
      roles: APPROVERS,
      run: (asked, [order]) =>
        order === undefined ? listWaiting(asked, 1) : approve(asked, { order, how: 'typed' }, recheck),
    },
    {
      name: 'refuse',
      usage: 'refuse 10029 [reason]',
      summary: 'Send an order that waits for approval back to who asked for it',
      examples: ['refuse 10029 The budget is used up', 'refuse 10029'],
      roles: APPROVERS,
      async run(asked, [order, ...words]) {
        if (order === undefined) return listWaiting(asked, 1);
        if (words.length === 0) return showRequest(asked, order);
        return refuse(asked, { order, reason: words.join(' '), how: 'typed' });
      },
    },
    {
      name: 'withdraw',
      usage: 'withdraw 10029',
      summary: 'Take back an order that waits for approval; it is a draft again',
      examples: ['withdraw 10029'],
      roles: CHANGERS,
      run: (asked, [order]) => (order === undefined ? listWaiting(asked, 1) : withdraw(asked, order)),
    },
  ],
  buttons: [
    button({
      verb: 'approvals.approve',
      roles: APPROVERS,
      input: pressed,
      run: (asked, values) => approve(asked, { ...values, how: howOf(values) }, recheck),
    }),
    button({
      verb: 'approvals.refuse',
      roles: APPROVERS,
      input: pressed,
      run: (asked, values) => refuse(asked, { ...values, how: howOf(values) }),
    }),
    button({
      verb: 'approvals.page',
      roles: CHANGERS,
      input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { page }) => ({ ...(await listWaiting(asked, page)), position: 'instead' }),
    }),
  ],
  looks: [look({ verb: 'approvals.look', roles: CHANGERS, input: pressed, run: lookAtRequest })],
  work: [
    {
      name: EXPIRE,
      retries: 20,
      concurrency: 1,
      handle: (working, data) => expire(working, (data as { order: number }).order),
    },
    { name: EXPIRE_ALL, collapses: true, retries: 3, concurrency: 1, handle: expireAll },
  ],
  schedules: [{ name: EXPIRE_ALL, cron: () => '41 * * * *', timezone: () => 'UTC', queue: EXPIRE_ALL }],
  tracks: {
    approval: drawRequest,
    'approval for sellers': drawForSeller,
  },
});
