import type { Ctx } from '../../bot/index.ts';
import { lastDue } from '../../jobs/index.ts';
import { periodOf, wasMissed } from './rules.ts';
import { RUN_QUEUE } from './run.ts';
import { loadSetUpTime, scheduledRunExists } from './store.ts';

/**
 * Enqueues the run that was last due, where no copy of the bot was up to make it, or the time for it did not exist on
 * the day the clocks changed. Runs of earlier months stay missed: what was used then can't be counted any more.
 */
export async function makeUpMissedRun(ctx: Ctx): Promise<void> {
  const due = lastDueOf(ctx);
  if (due === undefined) return;
  const period = periodOf(due, ctx.settings.reconcileTimezone);
  const alreadyRun = await scheduledRunExists(ctx.db, period);
  const setUpAt = await loadSetUpTime(ctx.db);
  if (!wasMissed(due, { setUpAt, alreadyRun })) return;
  await ctx.jobs.enqueue(ctx.db, RUN_QUEUE, { due: due.toISOString() });
}

const lastDueOf = ({ settings, now }: Ctx): Date | undefined =>
  lastDue({ name: 'reconcile', cron: settings.reconcileCron, timezone: settings.reconcileTimezone }, now);
