import { list, number } from '../../../cards/format.ts';
import { keepFile, record, refreshSoon, type Working } from '../../bot/index.ts';
import { isForOne, type Place } from '../../chat/place.ts';
import { inTransaction } from '../../db/index.ts';
import { tellAllSoon } from '../assignments/soon.ts';
import { sendLetter } from '../letters/send.ts';
import { notify } from '../notices/notify.ts';
import { jobThread } from '../notices/rules.ts';
import { reopenUndo, setHistory } from './history/store.ts';
import { doneReply } from './progress.ts';
import { actorOfJob, mayStillHear } from './requester.ts';
import { unreserve } from './reservations/store.ts';
import { countToRetry, resultWorkbook, retrySheet } from './result.ts';
import { loadNextChunk } from './rows/store.ts';
import { finishJob, type JobRecord, loadJob, lockJob } from './store.ts';
import { type Kinds, kindOf, titleOf } from './target.ts';
import { REPORT_DAYS, XLSX } from './xlsx.ts';

/**
 * Ends a job once: units that it still holds are free again, the workbooks are kept, the channel hears of it. A job must
 * end, if need be without its workbooks.
 */
export async function finish(
  working: Working,
  kinds: Kinds,
  id: number,
  workbooks: 'with workbooks' | 'without workbooks' = 'with workbooks',
): Promise<void> {
  const before = await loadJob(working.db, { kind: 'all' }, id);
  if (before === undefined || before.finished_at !== null || before.accepted_at === null) return;
  const wanted = workbooks === 'with workbooks';
  const result = wanted ? await resultWorkbook(working.db, before) : undefined;
  const toRetry = wanted && before.undo_of === null && (await countToRetry(working.db, before)) > 0;
  const retry = toRetry ? await retrySheet(working.db, before) : undefined;

  await inTransaction(working, async (outer) => {
    const inside = { ...outer, now: working.clock() };
    const job = await lockJob(inside.db, { kind: 'all' }, id);
    if (job === undefined || job.finished_at !== null) return;
    await unreserve(inside.db, id);
    if (job.organization_id !== null) await tellAllSoon(inside, job.organization_id);
    const keep = (name: string, bytes: Uint8Array) =>
      keepFile(inside, { name: `job-${id}-${name}.xlsx`, contentType: XLSX, bytes, days: REPORT_DAYS });
    const kept = result && (await keep('result', result));
    const again = retry && (await keep('retry', retry));
    const complete = job.state !== 'broken' && (await loadNextChunk(inside.db, id)) === undefined;
    const state = complete ? 'done' : job.state;
    await finishJob(inside.db, id, {
      state,
      at: inside.now,
      result: kept?.id ?? null,
      retry: again?.id ?? null,
    });
    if (job.undo_of !== null && state !== 'done') await reopenUndo(inside.db, job.undo_of);
    await tellOfEnd(inside, kinds, { ...job, state });
  });
}

async function tellOfEnd(inside: Working, kinds: Kinds, job: JobRecord): Promise<void> {
  const actor = actorOfJob(job);
  const place = job.place as Place;
  const maySee = await mayStillHear(inside.db, job);
  const entry = await record(
    { ...inside, actor, place },
    {
      organizationId: job.organization_id,
      orderId: job.order_id,
      kind: 'bulk',
      summary: summaryOf(job, titleOf(job, kindOf(kinds, job))),
      after: { job: job.id, done: job.done, failed: job.failed },
      ...(job.done > 0 && job.undo_of === null && { undo: { job: job.id } }),
    },
  );
  await setHistory(inside.db, job.id, entry);
  await refreshSoon(inside, `job:${job.id}`, 'the last');
  const reply = await doneReply(inside, kinds, job.id);
  await notify(inside, {
    kind: 'jobs',
    key: `job:${job.id}`,
    organizationId: job.organization_id,
    also: isForOne(place) && !maySee ? [] : [place],
    asker: maySee && actor.kind === 'person' ? actor.email : undefined,
    thread: jobThread(job.undo_of ?? job.id),
    final: true,
    reply: async () => reply,
  });
  if (!maySee || actor.kind !== 'person' || actor.email === undefined) return;
  await sendLetter(inside, {
    template: 'job done',
    to: actor.email,
    key: `job:${job.id}`,
    values: {
      ...letterValues(job, titleOf(job, kindOf(kinds, job))),
      files: list((reply.files ?? []).map(({ name }) => name)),
    },
    files: reply.files ?? [],
  });
}

function letterValues(job: JobRecord, title: string): Record<string, string> {
  const { id, undo_of, rows, done, failed, state } = job;
  return {
    job: String(id),
    company: job.customer,
    what: undo_of === null ? title : `Took back job ${undo_of}`,
    file: job.file_name,
    done: String(done),
    failed: String(failed),
    skipped: String(rows - done - failed),
    rows: String(rows),
    outcome: `${OUTCOME[state] ?? 'done'}, ${number(done)} of ${number(rows)} rows`,
  };
}

const OUTCOME: Readonly<Record<string, string>> = { cancelled: 'cancelled', broken: 'broke off' };

function summaryOf({ id, undo_of, done, rows, file_name }: JobRecord, title: string): string {
  const what = undo_of === null ? `${title}, ${file_name}` : `took back job ${undo_of}`;
  return `Job ${id}: ${what}: ${number(done)} of ${number(rows)} rows`;
}
