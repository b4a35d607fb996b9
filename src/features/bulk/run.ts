import { type Asked, refreshSoon, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { findService } from '../orders/find.ts';
import { type View, viewOf } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { discarded, noSuchJob, notRun, progress, stopping } from './replies.ts';
import { decideRun } from './rules.ts';
import { acceptJob, type JobRecord, loadJob, lockJob, type Preview, reserve, setState } from './store.ts';

export const RUN = 'bulk.run';

/** Runs `run` with a job that this person may see; it is locked, so that two answers to it come one after the other. */
export async function withJob(
  asked: Asked,
  id: number,
  run: (view: View, job: JobRecord) => Promise<Reply>,
): Promise<Reply> {
  const scope = scopeOf(asked.member.organization);
  if (!Number.isSafeInteger(id) || id < 1 || id >= 2 ** 31) return noSuchJob(String(id));
  await lockJob(asked.db, id);
  const job = await loadJob(asked.db, scope, id);
  if (job === undefined) return noSuchJob(String(id));
  return run(viewOf(asked, { id: job.organization_id, name: job.customer }), job);
}

/** Takes the plan that was previewed: holds its units back and starts it. */
export async function runJob(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  const decision = decideRun(job);
  if (decision.kind === 'refused') return notRun(job, decision.reason);
  const { units } = job.preview as Preview;
  const service = await findService(view, `${job.number}/${job.position}`);
  if (service === undefined || job.service_id === null) return notRun(job, 'Its service is no more.');
  if (!(await reserve(view.db, job.service_id, units))) {
    return notRun(job, `It needs ${units} units; ${service.free} are free now.`);
  }
  await acceptJob(view.db, job.id, units, view.now);
  await view.jobs.enqueue(view.db, RUN, { job: job.id });
  const running = await loadJob(view.db, view.viewer.scope, job.id);
  return progress(running ?? job, kind);
}

/** Stops a job between batches, or throws away its preview. */
export async function cancelJob(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  switch (job.state) {
    case 'preview':
      await setState(view.db, job.id, 'discarded');
      return discarded(job);
    case 'running':
      await setState(view.db, job.id, 'cancelled');
      await refreshSoon(view, `job:${job.id}`);
      return stopping({ ...job, state: 'cancelled' }, kind);
    case 'done':
    case 'cancelled':
    case 'broken':
    case 'discarded':
      return notRun(job, 'It has ended already.');
  }
}
