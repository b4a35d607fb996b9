// Reconciliation: sets the quantity of each subscription to what is really used, and tells what that changed.
import { z } from 'zod';
import { type Asked, button, type Feature } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { showMenu, showPast } from './past.ts';
import { preview } from './preview.ts';
import { noSuchMonth, unclear } from './replies.ts';
import { periodOf, RECONCILERS, understand } from './rules.ts';
import { RUN_QUEUE, runNow, runScheduled } from './run.ts';

export { makeUpMissedRun } from './make-up.ts';

const entry = z.object({ due: z.iso.datetime() });

export const reconciliation: Feature = {
  name: 'reconciliation',
  summary: 'Reconciliation',
  commands: [
    {
      name: 'reconcile',
      aliases: ['reconciliation'],
      usage: 'reconcile [preview|now|2026-11]',
      summary: 'Set each subscription to what is really used, or see what that would change',
      examples: ['reconcile preview', 'reconcile now', 'reconcile 2026-11'],
      roles: RECONCILERS,
      run: reconcile,
    },
  ],
  buttons: [
    button({
      verb: 'reconciliation.run',
      roles: RECONCILERS,
      input: z.object({ plan: z.string().max(40) }),
      run: async (asked, { plan }) => ({ ...(await runNow(asked, plan)), position: 'instead' }),
    }),
  ],
  work: [
    {
      name: RUN_QUEUE,
      // Tried again for about an hour: the database or the machine may be away for a while.
      retries: 20,
      concurrency: 1,
      handle: (working, data) => runScheduled(working, new Date(entry.parse(data).due)),
    },
  ],
  schedules: [
    {
      name: 'reconcile',
      cron: (settings) => settings.reconcileCron,
      timezone: (settings) => settings.reconcileTimezone,
      queue: RUN_QUEUE,
    },
  ],
};

async function reconcile(asked: Asked, words: readonly string[]): Promise<Reply> {
  const wish = understand(words);
  const today = periodOf(asked.now, asked.settings.reconcileTimezone);
  switch (wish.kind) {
    case 'menu':
      return showMenu(asked);
    case 'preview':
      return preview(asked);
    case 'now':
      return runNow(asked);
    case 'past':
      return showPast(asked, wish.period);
    case 'no such month':
      return noSuchMonth(wish.typed, today);
    case 'unclear':
      return unclear(wish.typed, today);
  }
}
