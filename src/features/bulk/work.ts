import { type Ctx, refreshSoon, type Working } from '../../bot/index.ts';
import { inTransaction, inTransactionOnceMore } from '../../db/index.ts';
import { finish } from './finish.ts';
import type { BulkKind } from './kind.ts';
import { loadNextChunk, saveResults } from './rows/store.ts';
import { type Carried, isValid } from './rules.ts';
import { RUN } from './run.ts';
import { type JobRecord, loadJob, loadUnfinished, lockJob, lockState, setState } from './store.ts';
import { type Kinds, kindOf, targetOf } from './target.ts';
import { prepareUndo } from './undo.ts';

/** A message is drawn again about once a second; more wishes than that would only cost. */
const PACE_MS = 1000;

/**
 * Carries out a job, a batch in one transaction together with its results. It may be started again at any point, also
 * while another copy still works on it: a batch with results is done, and the job's row is locked meanwhile.
 */
export async function workOnJob(working: Working, kinds: Kinds, id: number, lastTry: boolean): Promise<void> {
  try {
    await prepareUndo(working, id);
    const job = await loadJob(working.db, { kind: 'all' }, id);
    if (job === undefined) return;
    let drawn = 0;
    while (await nextBatch(working, kindOf(kinds, job), job)) {
      if (working.jobs.isStopping?.()) return await goOn(working, id);
      const now = working.clock().getTime();
      if (now - drawn > PACE_MS) {
        await refreshSoon(working, `job:${id}`);
        drawn = now;
      }
      await working.quiet();
    }
    await finish(working, kinds, id);
  } catch (fault) {
    if (!lastTry) throw fault;
    await inTransaction(working, async (inside) => {
      const job = await lockJob(inside.db, { kind: 'all' }, id);
      if (job?.state === 'running') await setState(inside.db, id, 'broken');
    });
    await finish(working, kinds, id).catch(() => finish(working, kinds, id, 'without workbooks'));
    throw fault;
  }
}

/**
 * Goes on with the jobs that were running when the bot ended, at once and however often it was killed. Another copy may
 * be at work on them: that does no harm.
 */
export async function resumeJobs(ctx: Ctx): Promise<void> {
  for (const id of await loadUnfinished(ctx.db)) await goOn(ctx, id);
}

const goOn = (ctx: Ctx, job: number) => ctx.jobs.enqueue(ctx.db, RUN, { job });

/** Applies one batch; false where none is left or the job was stopped. */
function nextBatch(working: Working, kind: BulkKind, job: JobRecord): Promise<boolean> {
  const { id } = job;
  return inTransactionOnceMore(working, async (inside) => {
    if ((await lockState(inside.db, job)) !== 'running') return false;
    const batch = await loadNextChunk(inside.db, id);
    if (batch === undefined) return false;
    const valid = batch.rows.filter(isValid);
    const { results, used } = await apply(inside, kind, job, batch.held, valid);
    const count = (status: string) => results.filter((result) => result.status === status).length;
    const failed = count('failed');
    const done = valid.length - failed - count('skipped');
    await saveResults(inside.db, { job: id, chunk: batch.chunk, results, done, failed, used });
    return true;
  });
}

const NOTHING = { results: [], used: new Map<number, number>() };

async function apply(
  inside: Working,
  kind: BulkKind,
  job: JobRecord,
  held: ReadonlyMap<number, number>,
  rows: readonly Carried[],
) {
  if (rows.length === 0) return NOTHING;
  const inHand = { target: targetOf(job), option: job.option ?? undefined, held };
  if (job.undo_of === null) return kind.apply(inside, { id: job.id, ...inHand }, rows);
  return { ...NOTHING, results: await kind.takeBack(inside, { id: job.undo_of, ...inHand }, rows) };
}
