import { type Ctx, refreshSoon, type Working } from '../../bot/index.ts';
import { inTransaction, inTransactionOnceMore } from '../../db/index.ts';
import { finish } from './finish.ts';
import type { BulkKind, RowResult } from './kind.ts';
import { actorOfJob } from './requester.ts';
import { loadNextChunk, saveResults } from './rows/store.ts';
import { type Carried, isValid, noneOf } from './rules.ts';
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
    await prepareUndo(working, kinds, id);
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

/** Ends the transaction of a sheet that can't be carried out as a whole. */
class NotWhole extends Error {
  override name = 'NotWhole';
  readonly results: readonly RowResult[];
  constructor(results: readonly RowResult[]) {
    super('Some rows can’t be carried out.');
    this.results = results;
  }
}

/** Applies one batch; false where none is left or the job was stopped. */
async function nextBatch(working: Working, kind: BulkKind, job: JobRecord): Promise<boolean> {
  try {
    return await carryOut(working, kind, job);
  } catch (thrown) {
    if (!(thrown instanceof NotWhole)) throw thrown;
    return carryOut(working, kind, job, thrown.results);
  }
}

/** `instead`: what became of the rows, where it is known that they can't be carried out. */
function carryOut(
  working: Working,
  kind: BulkKind,
  job: JobRecord,
  instead?: readonly RowResult[],
): Promise<boolean> {
  const { id } = job;
  return inTransactionOnceMore(working, async (inside) => {
    const now = await lockState(inside.db, job);
    if (now?.state !== 'running') return false;
    const batch = await loadNextChunk(inside.db, id);
    if (batch === undefined) return false;
    const valid = batch.rows.filter(isValid);
    const { results, used } =
      instead === undefined
        ? await apply(inside, kind, { ...job, ...now }, batch.held, valid)
        : { ...NOTHING, results: instead };
    const refused = results.filter(({ status }) => status === 'failed');
    if (kind.whole && job.undo_of === null && instead === undefined && refused.length > 0)
      throw new NotWhole(noneOf(valid, refused));
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
  // What is done for somebody is theirs, also in the history.
  const ctx = { ...inside, actor: actorOfJob(job) };
  if (job.undo_of === null) return kind.apply(ctx, { id: job.id, ...inHand }, rows);
  return { ...NOTHING, results: await kind.takeBack(ctx, { id: job.undo_of, ...inHand }, rows) };
}
