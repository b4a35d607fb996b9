import type { Ctx } from '../../bot/index.ts';
import { insertHistory, markDone, setNext } from './effect/store.ts';
import { quantitySet, requestedChange } from './replies.ts';
import { lockRun, setApplied } from './store.ts';

/** So many subscriptions are changed in one transaction. */
const CHUNK = 1_000;

/**
 * Sets the next quantities of a run, with a row of history for each and a mark how far it is, in the transaction of the
 * caller; false where nothing is left. The run is locked: of two copies that work on it one goes on where the other was.
 */
export async function applyNext(ctx: Ctx, id: number): Promise<boolean> {
  const run = await lockRun(ctx.db, id);
  if (run === undefined || run.appliedAt !== null) return false;
  const step = await setNext(ctx.db, run, CHUNK);
  if (step.seen === 0) {
    await setApplied(ctx.db, id, ctx.now);
    return false;
  }
  await markDone(ctx.db, id, step);
  const { actor, memberId, place } = run;
  const entries = step.changed.map((of) => ({
    of,
    change: requestedChange(of),
    summary: quantitySet(of, run.period),
  }));
  await insertHistory(ctx.db, { at: ctx.now, actor, memberId, place }, entries);
  return true;
}
