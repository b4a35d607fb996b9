import { setImmediate } from 'node:timers/promises';
import { type Ctx, refreshSoon, type Working } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { inTransactionOnceMore } from '../../db/index.ts';
import { applyNext } from './apply.ts';
import { finish } from './finish.ts';
import { progress, runTrack } from './replies.ts';
import { periodOf } from './rules.ts';
import { begin, goOn, RUN_QUEUE } from './run.ts';
import { findProvider, loadRun, loadUnfinished, lockRuns, scheduledRunExists } from './store.ts';

/** A message is drawn again about once a second; more wishes than that would only cost. */
const PACE_MS = 1000;

/** The run that the clock asked for at `due`: of everything, once a period however often it is asked for. */
export async function runScheduled(working: Working, due: Date): Promise<void> {
  const period = periodOf(due, working.settings.reconcileTimezone);
  if (await scheduledRunExists(working.db, period)) return;
  for (;;) {
    const begun = await atOnce(working, async (ctx) => {
      const organization = await findProvider(ctx.db);
      if (organization === undefined) return undefined;
      // Of several copies that come here at once, the others see that the first has begun it.
      await lockRuns(ctx.db);
      if (await scheduledRunExists(ctx.db, period)) return undefined;
      const actor = { kind: 'job', name: 'reconciliation' } as const;
      return begin(ctx, { organization, closes: period, actor });
    });
    if (begun?.kind !== 'under way') return;
    // Somebody's own run comes first: what it changes is not counted a second time.
    await workOn(working, begun.run.id);
    if (working.jobs.isStopping?.()) return askAgain(working, due);
  }
}

const askAgain = ({ db, jobs }: Ctx, due: Date): Promise<void> =>
  jobs.enqueue(db, RUN_QUEUE, { due: due.toISOString() });

/**
 * Carries out a run, a part of it in each transaction together with the mark how far it is. It may be started again at
 * any point, also while another copy still works on it.
 */
export async function workOn(working: Working, run: number): Promise<void> {
  let drawn = 0;
  while (await atOnce(working, (ctx) => applyNext(ctx, run))) {
    if (working.jobs.isStopping?.()) return goOn(working, run);
    const now = working.clock().getTime();
    if (now - drawn > PACE_MS) {
      await refreshSoon(working, runTrack(run));
      drawn = now;
    }
    await working.quiet();
    // The embedded database works in this very thread: between the parts others get their turn.
    await setImmediate();
  }
  await finish(working, run);
}

/** A transaction at the time that it is now: a run may take long. */
const atOnce = <T>(working: Working, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTransactionOnceMore(working, (inside) => work({ ...inside, now: working.clock() }));

/** Goes on with the runs that were under way when the bot ended. Another copy may be at work on them: that does no harm. */
export async function resumeRuns(ctx: Ctx): Promise<void> {
  for (const run of await loadUnfinished(ctx.db)) await goOn(ctx, run);
}

/** The message that shows how far a run is. It names nothing but how many there are: what they are is asked for. */
export async function trackedRun(ctx: Ctx, id: number): Promise<Reply | undefined> {
  const run = await loadRun(ctx.db, id);
  if (run === undefined) return undefined;
  return progress(run, run.organization.kind !== 'provider');
}
