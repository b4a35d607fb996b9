import type { Ctx } from '../../bot/index.ts';
import { lastDue } from '../../jobs/index.ts';
import { tickOf } from './periods.ts';
import { periodOf, wasMissed } from './rules.ts';
import { RUN_QUEUE } from './run.ts';
import { enforceSchedule, scheduledRunExists } from './store.ts';

/**
 * Enqueues the run that was last due, where no copy of the bot was up to make it, or the time for it did not exist on
 * the day the clocks changed. Runs of earlier months stay missed: what was used then can't be counted any more. A
 * pattern that was changed counts from then on: by the new one, a day that has passed was never due.
 */
export async function makeUpMissedRun(ctx: Ctx): Promise<void> {
  const tick = tickOf(ctx);
  const inForceSince = await enforceSchedule(ctx.db, tick, ctx.now);
  const due = lastDue(tick, ctx.now);
  if (due === undefined) return;
  const alreadyRun = await scheduledRunExists(ctx.db, periodOf(due, tick.timezone));
  if (!wasMissed(due, { inForceSince, alreadyRun })) return;
  await ctx.jobs.enqueue(ctx.db, RUN_QUEUE, { due: due.toISOString() });
}
