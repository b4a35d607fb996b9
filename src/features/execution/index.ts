// Execution: what was ordered is bought at the provider, step by step, and written into our books.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature, look } from '../../bot/index.ts';
import { retryOrder, submitRetry } from './retry.ts';
import { RUN, resumeOrders } from './start.ts';
import { lookAtOrder, progressIfAny } from './track.ts';
import { workOnOrder } from './work.ts';

export { resumeOrders } from './start.ts';

/** Looks after orders whose work was given up, as after hours without a database. */
const RESUME = 'execution.resume';
const GIVEN_UP_MINUTES = 65;

const word = z.string().max(300);

export const execution: Feature = {
  name: 'execution',
  summary: 'Carrying out orders',
  commands: [
    {
      name: 'retry',
      aliases: ['mend'],
      usage: 'retry 10025 [e-mail of the contact] [name]',
      summary: 'Mend an order that the vendor refused, and try it again',
      examples: ['retry 10025', 'retry 10028 frida@fabrikam.example Frida Falk'],
      roles: CHANGERS,
      run: retryOrder,
    },
  ],
  buttons: [
    button({
      verb: 'execution.retry',
      roles: CHANGERS,
      input: z.object({
        order: z.string().max(40),
        name: word.optional(),
        email: word.optional(),
        domain: word.optional(),
        customer: word.optional(),
      }),
      run: (asked, { order, ...said }) =>
        submitRetry(
          asked,
          order,
          Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
        ),
    }),
  ],
  looks: [
    look({
      verb: 'execution.look',
      roles: EVERYBODY,
      input: z.object({ order: z.string().max(40) }),
      run: lookAtOrder,
    }),
  ],
  work: [
    {
      name: RUN,
      retries: 5,
      concurrency: 3,
      handle: (working, data, lastTry) =>
        workOnOrder(working, Number((data as { orderId: number }).orderId), lastTry),
    },
    {
      name: RESUME,
      collapses: true,
      retries: 3,
      concurrency: 1,
      handle: (working) => resumeOrders(working, new Date(working.now.getTime() - GIVEN_UP_MINUTES * 60_000)),
    },
  ],
  schedules: [{ name: RESUME, cron: () => '23 * * * *', timezone: () => 'UTC', queue: RESUME }],
  tracks: { order: (ctx, id) => progressIfAny(ctx, Number(id)) },
};
