// Reconciliation: sets the quantity of each subscription to what is really used, and tells what that changed.
import { z } from 'zod';
import { type Asked, button, type CarryOut, type Feature } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { withOrganization } from '../organizations/details.ts';
import { announceSchedule, announceWork } from './announce/announce.ts';
import { noSuchFormat } from './exports/replies.ts';
import { makeUpMissedRun } from './make-up.ts';
import { exportPast, showMenu, showPast } from './past.ts';
import { preview } from './preview.ts';
import { movedOn, noSuchMonth, unclear } from './replies.ts';
import { periodOf, RECONCILERS, understand, type Wish } from './rules.ts';
import { RUN_QUEUE, runNow } from './run.ts';
import { loadVisible } from './store.ts';
import { resumeRuns, runScheduled, trackedRun, workOn } from './work.ts';

export { lookAhead } from './announce/announce.ts';
export { makeUpMissedRun } from './make-up.ts';
export { resumeRuns } from './work.ts';

const entry = z.union([z.object({ due: z.iso.datetime() }), z.object({ run: z.number().int() })]);

/** Looks after runs whose work was given up, as after hours without a database, and after those that were missed. */
const RESUME = 'reconciliation.resume';

export const reconciliation: Feature = {
  name: 'reconciliation',
  summary: 'Reconciliation',
  commands: [
    {
      name: 'reconcile',
      aliases: ['reconciliation'],
      usage: 'reconcile [preview|now|2026-11 [run 12] [export [csv]]] [organization]',
      summary: 'Set each subscription to what is really used, or see what that would change',
      examples: [
        'reconcile preview',
        'reconcile preview contoso',
        'reconcile now',
        'reconcile 2026-11',
        'reconcile 2026-11 export',
      ],
      roles: RECONCILERS,
      read: reconcile,
    },
  ],
  buttons: [
    button({
      verb: 'reconciliation.run',
      roles: RECONCILERS,
      input: z.object({ plan: z.string().max(80), organization: z.number().int().optional() }),
      run: async (asked, { plan, organization: id }) => {
        const own = asked.member.organization;
        const organization = id === undefined ? own : await loadVisible(asked.db, own, id);
        if (organization === undefined) return movedOn(undefined);
        return { ...(await runNow(asked, organization, plan)), position: 'instead' };
      },
    }),
  ],
  work: [
    {
      name: RUN_QUEUE,
      // Tried again for about an hour: the database or the machine may be away for a while.
      retries: 20,
      concurrency: 1,
      handle: (working, data) => {
        const of = entry.parse(data);
        return 'run' in of ? workOn(working, of.run) : runScheduled(working, new Date(of.due));
      },
    },
    {
      name: RESUME,
      collapses: true,
      retries: 3,
      concurrency: 1,
      async handle(working) {
        await resumeRuns(working);
        await makeUpMissedRun(working);
      },
    },
    announceWork,
  ],
  schedules: [
    {
      name: 'reconcile',
      cron: (settings) => settings.reconcileCron,
      timezone: (settings) => settings.reconcileTimezone,
      queue: RUN_QUEUE,
    },
    // Soon after each full hour: clocks change on one.
    { name: RESUME, cron: () => '2 * * * *', timezone: () => 'UTC', queue: RESUME },
    announceSchedule,
  ],
  tracks: { reconciliation: (ctx, id) => trackedRun(ctx, Number(id)) },
};

async function reconcile(asked: Asked, words: readonly string[]): Promise<CarryOut> {
  const wish = understand(words);
  if (wish.kind !== 'export') return (inside) => answer(inside, wish);
  return exportPast(asked, wish);
}

async function answer(asked: Asked, wish: Exclude<Wish, { kind: 'export' }>): Promise<Reply> {
  const today = periodOf(asked.now, asked.settings.reconcileTimezone);
  switch (wish.kind) {
    case 'menu':
      return showMenu(asked);
    case 'preview':
      return withOrganization(asked, wish.of, 'reconcile preview', (found) => preview(asked, found));
    case 'now':
      return withOrganization(asked, wish.of, 'reconcile now', (found) => runNow(asked, found));
    case 'past':
      return showPast(asked, wish);
    case 'no such month':
      return noSuchMonth(wish.typed, today);
    case 'no such format':
      return noSuchFormat(wish);
    case 'unclear':
      return unclear(wish.typed, today);
  }
}
