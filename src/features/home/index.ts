// Home: what needs somebody and what they have at a glance, and orders that people name.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature, homesSoon } from '../../bot/index.ts';
import { beginForOne } from './begin.ts';
import { lookUpOrders } from './look-up.ts';
import { findInMessage } from './named.ts';
import { BEGUN } from './rules.ts';
import { showHome } from './show.ts';
import { previews } from './silence.ts';

export { openListening } from './listening.ts';
export { openLinkLookUp } from './look-up.ts';

/** Not all that is on the page leaves a row in the history, such as time that is over. */
const LOOK = 'home.look';
/** More than any platform lets one write. */
const LONGEST_MESSAGE = 100_000;

export const home: Feature = {
  name: 'home',
  summary: 'Home',
  commands: [
    {
      name: 'home',
      usage: 'home',
      summary: 'Show what needs you, free units, running jobs and the latest orders',
      examples: ['home'],
      roles: EVERYBODY,
      run: (asked) => showHome(asked),
    },
    {
      name: 'previews',
      usage: 'previews [on|off] [here]',
      summary: 'Choose whether an order is shown when somebody writes its number',
      examples: ['previews', 'previews off', 'previews off here'],
      roles: EVERYBODY,
      run: previews,
    },
  ],
  lookups: { orders: lookUpOrders },
  buttons: [
    button({
      verb: 'home.begin',
      roles: CHANGERS,
      input: z.object({ text: z.enum(BEGUN) }),
      run: (asked, { text }) => beginForOne(asked, text),
    }),
    button({
      verb: 'home.named',
      roles: EVERYBODY,
      input: z.object({ text: z.string().max(LONGEST_MESSAGE) }),
      run: (asked, { text }) => findInMessage(asked, text),
    }),
  ],
  work: [{ name: LOOK, collapses: true, retries: 1, concurrency: 1, handle: homesSoon }],
  schedules: [{ name: LOOK, cron: () => '* * * * *', timezone: () => 'UTC', queue: LOOK }],
};
