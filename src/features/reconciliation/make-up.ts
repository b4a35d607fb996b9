import type { Ctx } from '../../bot/index.ts';
import { periodOf, wasMissed } from './rules.ts';
import { RUN_QUEUE } from './run.ts';
import { loadSetUpTime, scheduledRunExists } from './store.ts';

/**
 * Enqueues the run that was last due, where no copy of the bot was up to make it. Called at the start.
 * Runs of earlier months stay missed: what was used then can't be counted any more.
 */
export async function makeUpMissedRun(ctx: Ctx, lastDue: Date | undefined): Promise<void> {
  if (lastDue === undefined) return;
  const period = periodOf(lastDue, ctx.settings.reconcileTimezone);
  const alreadyRun = await scheduledRunExists(ctx.db, period);
  const setUpAt = await loadSetUpTime(ctx.db);
  if (!wasMissed(lastDue, { setUpAt, alreadyRun })) return;
  await ctx.jobs.enqueue(ctx.db, RUN_QUEUE, { due: lastDue.toISOString() });
}
