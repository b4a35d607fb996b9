// Watches: a channel or a person is told when the free units of a service fall below a number.
import { z } from 'zod';
import { button, CHANGERS, type Feature } from '../../bot/index.ts';
import { TELL, tellLater } from './tell.ts';
import { listWatches, submitWatch, watchCommand } from './watch.ts';

export const watches: Feature = {
  name: 'watches',
  summary: 'Watches',
  commands: [
    {
      name: 'watch',
      usage: 'watch 10023/1 below 5 · watch list · watch off 10023/1',
      summary: 'Hear of it here when few units of a service are free',
      examples: ['watch', 'watch 10023/1 below 5', 'watch list', 'watch off 10023/1'],
      roles: CHANGERS,
      run: watchCommand,
    },
  ],
  buttons: [
    button({
      verb: 'watches.set',
      roles: CHANGERS,
      input: z.object({
        service: z.string().max(200).default(''),
        below: z.coerce.string().max(20).default(''),
      }),
      run: submitWatch,
    }),
    button({
      verb: 'watches.page',
      roles: CHANGERS,
      input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { page }) => ({ ...(await listWatches(asked, page)), position: 'instead' }),
    }),
  ],
  work: [
    { name: TELL, collapses: true, retries: 5, concurrency: 1, handle: (working) => tellLater(working) },
  ],
};
