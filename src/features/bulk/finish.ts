import { type Actor, keepFile, record, refreshSoon, type Working } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { inTransaction } from '../../db/index.ts';
import { byMail, notify } from '../notices/notify.ts';
import type { BulkKind } from './kind.ts';
import { doneReply } from './progress.ts';
import { resultWorkbook, retrySheet } from './result.ts';
import { finishJob, type JobRecord, loadJob, lockJob, unreserve } from './store.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Ends a job once: units that it still holds are free again, the workbook is kept, the channel hears of it. */
export async function finish(
  working: Working,
  kinds: ReadonlyMap<string, BulkKind>,
  id: number,
): Promise<void> {
  const before = await loadJob(working.db, { kind: 'all' }, id);
  if (before === undefined || before.finished_at !== null || before.accepted_at === null) return;
  const result = await resultWorkbook(working.db, before);
  const retry = before.done < before.rows ? await retrySheet(working.db, before) : undefined;

  await inTransaction(working, async (outer) => {
    const inside = { ...outer, now: working.clock() };
    await lockJob(inside.db, id);
    const job = await loadJob(inside.db, { kind: 'all' }, id);
    if (job === undefined || job.finished_at !== null) return;
    await unreserve(inside.db, id);
    const kept = await keepFile(inside, { name: `job-${id}-result.xlsx`, contentType: XLSX, bytes: result });
    const again =
      retry && (await keepFile(inside, { name: `job-${id}-retry.xlsx`, contentType: XLSX, bytes: retry }));
    const complete = job.state !== 'broken' && job.done + job.failed === job.valid;
    const state = complete ? 'done' : job.state;
    await finishJob(inside.db, id, { state, at: inside.now, result: kept.id, retry: again?.id ?? null });
    await tellOfEnd(inside, kinds, { ...job, state });
  });
}

async function tellOfEnd(
  inside: Working,
  kinds: ReadonlyMap<string, BulkKind>,
  job: JobRecord,
): Promise<void> {
  const actor = job.actor as Actor & { email?: string };
  await record(
    { ...inside, actor },
    {
      organizationId: job.organization_id,
      orderId: job.order_id,
      kind: 'bulk',
      summary: `Job ${job.id}: associated ${job.done} of ${job.rows} rows of ${job.file_name} with ${job.product} (${job.number}/${job.position})`,
      after: { job: job.id, done: job.done, failed: job.failed },
    },
  );
  await refreshSoon(inside, `job:${job.id}`, 'the last');
  const reply = await doneReply(inside, kinds, job.id);
  await notify(inside, {
    kind: 'jobs',
    key: `job:${job.id}`,
    organizationId: job.organization_id,
    also: [job.place as Place, ...(inside.settings.mail && actor.email ? [byMail(actor.email)] : [])],
    reply: async () => reply,
  });
}
