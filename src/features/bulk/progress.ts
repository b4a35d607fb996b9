import type { Ctx } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import type { BulkKind } from './kind.ts';
import { done, progress } from './replies.ts';
import { firstFailures } from './result.ts';
import { type JobRecord, loadJob } from './store.ts';

/** How a job stands now: the message that is kept up to date. */
export async function jobMessage(
  ctx: Ctx,
  kinds: ReadonlyMap<string, BulkKind>,
  id: number,
): Promise<Reply | undefined> {
  const job = await loadJob(ctx.db, { kind: 'all' }, id);
  const kind = job && kinds.get(job.kind);
  if (job === undefined || kind === undefined || job.accepted_at === null) return undefined;
  return progress(job, kind);
}

/** The completion card with the workbooks. */
export async function doneReply(ctx: Ctx, kinds: ReadonlyMap<string, BulkKind>, id: number): Promise<Reply> {
  const job = await loadJob(ctx.db, { kind: 'all' }, id);
  const kind = job && kinds.get(job.kind);
  if (job === undefined || kind === undefined) throw new Error(`Job ${id} is gone.`);
  return done(job, kind, await firstFailures(ctx.db, job, 5), filesOf(job));
}

export function filesOf(job: JobRecord): OutFile[] {
  return [
    ...(job.result_file === null ? [] : [{ id: job.result_file, name: `job-${job.id}-result.xlsx` }]),
    ...(job.retry_file === null ? [] : [{ id: job.retry_file, name: `job-${job.id}-retry.xlsx` }]),
  ];
}
