// Notices: which channel hears of what, and the posts that are stored with the change they tell of.
import { z } from 'zod';
import { button, CHANGERS, type Feature, type Role, type Work } from '../../bot/index.ts';
import { notifyCommand } from './commands.ts';
import { deliver } from './deliver.ts';
import { forgetting, forgetWork } from './deliveries/forget.ts';
import { deliveriesCommand, listDeliveries, SHOWS } from './deliveries/list.ts';
import { heardFrom, reviveOne } from './deliveries/revive.ts';
import { DELIVER, LETTERS } from './rules.ts';

const post: Work['handle'] = (working, data) =>
  deliver(working, data as { platform: string; conversation: string });

const OPERATORS: readonly Role[] = ['provider admin', 'account manager'];

export const notices: Feature = {
  name: 'notices',
  summary: 'Notices',
  commands: [
    {
      name: 'notify',
      usage:
        'notify here <jobs|orders|reconciliation|low-units> · notify quiet <20:00-07:00|weekends|off> [time zone] · notify list · notify off',
      summary: 'Choose what this channel hears of, and when it is left alone',
      examples: [
        'notify here jobs',
        'notify here low-units',
        'notify quiet 20:00-07:00 Europe/Berlin',
        'notify list',
        'notify off jobs',
      ],
      roles: CHANGERS,
      run: notifyCommand,
    },
    {
      name: 'deliveries',
      usage: 'deliveries [waiting|sent|dead] · deliveries revive <place>',
      summary: 'List what I sent where by myself, what waits, and what did not get through',
      examples: ['deliveries', 'deliveries dead', 'deliveries revive #licences'],
      roles: OPERATORS,
      run: deliveriesCommand,
    },
  ],
  buttons: [
    button({
      verb: 'deliveries.page',
      roles: OPERATORS,
      input: z.object({ show: z.enum(SHOWS), page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { show, page }) => ({
        ...(await listDeliveries(asked, show, page)),
        position: 'instead',
      }),
    }),
    button({
      verb: 'deliveries.revive',
      roles: OPERATORS,
      input: z.object({ platform: z.string().max(50), conversation: z.string().max(500) }),
      run: reviveOne,
    }),
  ],
  heard: heardFrom,
  work: [
    { name: DELIVER, retries: 20, concurrency: 6, handle: post },
    { name: LETTERS, retries: 20, concurrency: 2, handle: post },
    forgetWork,
  ],
  schedules: [forgetting],
};
