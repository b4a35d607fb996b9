import { type Ctx, refreshSoon, type Working } from '../../bot/index.ts';
import { inTransaction } from '../../db/index.ts';
import { finish } from './finish.ts';
import type { BulkKind } from './kind.ts';
import { isValid, type PlannedRow } from './rules.ts';
import { RUN } from './run.ts';
import {
  type JobRecord,
  loadJob,
  loadNextChunk,
  loadUnfinished,
  lockJob,
  saveResults,
  setState,
} from './store.ts';

/**
 * Carries out a job, a batch in one transaction together with its results. It may be started again at any point, also
 * while another copy still works on it: a batch with results is done, and the job's row is locked meanwhile.
 */
export async function workOnJob(
  working: Working,
  kinds: ReadonlyMap<string, BulkKind>,
  id: number,
  lastTry: boolean,
): Promise<void> {
  try {
    while (await nextBatch(working, kinds, id)) {
      if (working.jobs.isStopping?.()) return await goOn(working, id);
      await working.quiet();
    }
    await finish(working, kinds, id);
  } catch (fault) {
    if (!lastTry) throw fault;
    await inTransaction(working, async (inside) => {
      await lockJob(inside.db, id);
      const job = await loadJob(inside.db, { kind: 'all' }, id);
      if (job?.state === 'running') await setState(inside.db, id, 'broken');
    });
    await finish(working, kinds, id);
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
function nextBatch(working: Working, kinds: ReadonlyMap<string, BulkKind>, id: number): Promise<boolean> {
  return inTransaction(working, async (inside) => {
    await lockJob(inside.db, id);
    const job = await loadJob(inside.db, { kind: 'all' }, id);
    if (job?.state !== 'running') return false;
    const batch = await loadNextChunk(inside.db, id);
    if (batch === undefined) return false;
    await apply(inside, kinds, job, batch.chunk, batch.rows);
    await refreshSoon(inside, `job:${id}`);
    return true;
  });
}

async function apply(
  inside: Working,
  kinds: ReadonlyMap<string, BulkKind>,
  job: JobRecord,
  chunk: number,
  rows: readonly PlannedRow[],
): Promise<void> {
  const kind = kinds.get(job.kind);
  if (kind === undefined || job.service_id === null)
    throw new Error(`Job ${job.id} is of a kind that is no more.`);
  const valid = rows.filter(isValid);
  const service = {
    id: job.service_id,
    organizationId: job.organization_id,
    product: job.product ?? '',
    maxPerUser: job.max_units_per_user,
  };
  const results = valid.length === 0 ? [] : await kind.apply(inside, service, valid);
  const units = valid.reduce((sum, row) => sum + row.units, 0);
  await saveResults(inside.db, job.id, chunk, results, units);
}
