import { count, number } from '../../../cards/format.ts';
import { type Asked, boundCustomer, placeOfAnswer, refreshSoon, scopeOf } from '../../bot/index.ts';
import { isForOne, type Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { type View, viewOf } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { planAgain, showPreview } from './preview.ts';
import { discarded, noSuchJob, notRun, progress, stopping } from './replies.ts';
import { loadServices, reserve } from './reservations/store.ts';
import { decideRun, type Preview, whatChanged } from './rules.ts';
import {
  acceptJob,
  type JobRecord,
  loadEarlierJob,
  loadJob,
  lockJob,
  savePlan,
  setEarlier,
  setState,
} from './store.ts';
import { isNumberOfJob, mayOpen, targetOf } from './target.ts';

export const RUN = 'bulk.run';

/** Runs `run` with a job that this person may see; it is locked, so that two answers to it come one after the other. */
export async function withJob(
  asked: Asked,
  id: number,
  run: (view: View, job: JobRecord) => Promise<Reply>,
): Promise<Reply> {
  const scope = scopeOf(asked.member.organization);
  const job = isNumberOfJob(id) ? await lockJob(asked.db, scope, id) : undefined;
  // A sheet of which it is not known yet what it is for is no job.
  if (job === undefined || job.state === 'asked') return noSuchJob(String(id));
  if (!mayOpen(job, asked.member)) return noSuchJob(String(id));
  return run(viewOf(asked, { id: job.organization_id, name: job.customer }), job);
}

/** A sheet of which something is still to be said. */
export async function withAskedSheet(
  asked: Asked,
  id: number,
  run: (job: JobRecord) => Promise<Reply>,
): Promise<Reply> {
  const scope = scopeOf(asked.member.organization);
  const job = isNumberOfJob(id) ? await lockJob(asked.db, scope, id) : undefined;
  // One with a digest is prepared, and about to be shown.
  return job?.state === 'asked' && job.digest === '' ? run(job) : noSuchJob(String(id));
}

export type Wish = {
  /** The mark of the plan on the card whose button was pressed. */
  readonly plan: string;
  /** Only where every row of the sheet can be carried out. */
  readonly all: boolean;
};

/** Takes the plan that was previewed, as long as it stands: holds its units back and starts it. */
export async function runJob(view: View, kind: BulkKind, job: JobRecord, wish: Wish): Promise<Reply> {
  const decision = decideRun(job, wish.plan);
  if (decision.kind === 'refused') return notRun(job, decision.reason);
  const { basis, earlier } = job.preview as Preview;
  const same = await loadEarlierJob(view.db, job);
  if (same !== undefined && same.id !== earlier) {
    await setEarlier(view.db, job.id, job.preview as Preview, same.id);
    return again(view, kind, job.id, `The same file was run meanwhile, as job ${same.id}`);
  }
  const incomplete = (wish.all || kind.whole === true) && job.valid < job.rows;
  if (incomplete || basis !== (await kind.basis(view, targetOf(job)))) {
    const changed = await planned(view, kind, job);
    if (changed !== undefined) return changed;
    if (incomplete)
      return again(
        view,
        kind,
        job.id,
        `${number(job.rows - job.valid)} of ${number(job.rows)} rows can’t be carried out`,
      );
  }
  return start(view, kind, job);
}

/** Plans the sheet once more; shows the new plan where it is another one. */
async function planned(view: View, kind: BulkKind, job: JobRecord): Promise<Reply | undefined> {
  const made = await planAgain(view, kind, job);
  if (made.kind === 'refused') return notRun(job, made.sentence, made.button);
  if (made.digest === job.digest) return undefined;
  await savePlan(view.db, job.id, made);
  return again(view, kind, job.id, `Since the preview things have changed. ${whatChanged(job, made)}`);
}

async function again(view: View, kind: BulkKind, id: number, reason: string): Promise<Reply> {
  const job = await loadJob(view.db, view.viewer.scope, id);
  if (job === undefined) return noSuchJob(String(id));
  const preview = await showPreview(
    view,
    kind,
    job,
    `${reason}, so nothing was run. This is the plan as it is now.`,
  );
  return { ...preview, position: 'instead' };
}

async function start(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  const { needs } = job.preview as Preview;
  if (!(await reserve(view.db, job.id, needs))) {
    const now = await loadServices(
      view.db,
      needs.map(({ serviceId }) => serviceId),
    );
    const short = now.flatMap(({ id, ref, free }) => {
      const needed = needs.find(({ serviceId }) => serviceId === id)?.units ?? 0;
      return needed > free
        ? [`${count(needed, 'unit')} of ${ref}, and ${number(free)} ${free === 1 ? 'is' : 'are'} free`]
        : [];
    });
    return again(view, kind, job.id, `It needs ${short.join('; ')}`);
  }
  await acceptJob(view.db, job.id, { ...view, place: await placeOfEnd(view, job) });
  await view.jobs.enqueue(view.db, RUN, { job: job.id });
  const running = await loadJob(view.db, view.viewer.scope, job.id);
  return progress(running ?? job, kind);
}

/**
 * Where the end of a job is told: where it was run; or, of a sheet that was asked for where others read along and sent in
 * private, where it was asked for.
 */
async function placeOfEnd(view: View, job: JobRecord): Promise<Place> {
  const asked = job.place as Place;
  const place = placeOfAnswer(view);
  const isBroughtBack = place.kind === 'personal' && !isForOne(asked) && view.member.id === job.member_id;
  if (!isBroughtBack) return place;
  const owner = await boundCustomer(view.db, asked);
  return owner === undefined || owner.id === job.organization_id ? asked : place;
}

/** Stops a job between batches, or throws away its preview. */
export async function cancelJob(view: View, kind: BulkKind, job: JobRecord): Promise<Reply> {
  switch (job.state) {
    case 'asked':
    case 'preview':
      await setState(view.db, job.id, 'discarded');
      return discarded(job);
    case 'running':
      await setState(view.db, job.id, 'cancelled');
      await refreshSoon(view, `job:${job.id}`);
      return stopping({ ...job, state: 'cancelled' }, kind);
    case 'cancelled':
      if (job.finished_at === null) return stopping(job, kind);
      return notRun(job, 'It has ended already.');
    case 'done':
    case 'broken':
    case 'discarded':
      return notRun(job, 'It has ended already.');
  }
}
