import {
  type Actor,
  type Ctx,
  type Onlooker,
  personalChats,
  scopeOf,
  UNDO_MINUTES,
} from '../../bot/index.ts';
import { isForOne, type Place, samePlace } from '../../chat/place.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import { loadHistoryOf } from './history/store.ts';
import type { BulkKind } from './kind.ts';
import { done, progress } from './replies.ts';
import { mayStillHear } from './requester.ts';
import { loadServices } from './reservations/store.ts';
import { firstFailures } from './result.ts';
import { type JobRecord, loadJob } from './store.ts';
import { isNumberOfJob, type Kinds, kindOf, mayOpen, targetOf } from './target.ts';

const MOST_FAILURES = 5;

/** How a job stands now. */
export async function jobMessage(ctx: Ctx, kinds: Kinds, id: number): Promise<Reply | undefined> {
  const job = await loadJob(ctx.db, { kind: 'all' }, id);
  if (job === undefined || job.accepted_at === null) return undefined;
  return progress(job, kindOf(kinds, job));
}

/** The message that is kept up to date, unless it stands where somebody wrote who may not see the job any more. */
export async function trackedJob(
  ctx: Ctx,
  kinds: Kinds,
  id: number,
  place: Place,
): Promise<Reply | undefined> {
  const job = await loadJob(ctx.db, { kind: 'all' }, id);
  if (job === undefined) return undefined;
  const isGone = (await isTheirs(ctx, job, place)) && !(await mayStillHear(ctx.db, job));
  return isGone ? undefined : jobMessage(ctx, kinds, id);
}

/** How far a job is, for somebody who may see it. */
export async function lookAtJob(
  onlooker: Onlooker,
  kinds: Kinds,
  { job: id }: { readonly job: number },
): Promise<Reply | undefined> {
  const { db, member } = onlooker;
  const job = isNumberOfJob(id) ? await loadJob(db, scopeOf(member.organization), id) : undefined;
  return job === undefined || !mayOpen(job, member) ? undefined : jobMessage(onlooker, kinds, id);
}

/** Whether who runs the job alone sees what stands there; they may have run it for a place where others read along. */
async function isTheirs({ db }: Ctx, job: JobRecord, place: Place): Promise<boolean> {
  if (!isForOne(place)) return false;
  if (samePlace(place, job.place as Place)) return true;
  const actor = job.actor as Actor;
  const email = actor.kind === 'person' ? actor.email : undefined;
  if (place.reader !== undefined) return place.reader === email;
  const chats = email === undefined ? [] : await personalChats(db, [email]);
  return chats.some((chat) => samePlace(chat.place, place));
}

/** The completion card with the workbooks. */
export async function doneReply(ctx: Ctx, kinds: Kinds, id: number): Promise<Reply> {
  const job = await loadJob(ctx.db, { kind: 'all' }, id);
  if (job === undefined) throw new Error(`Job ${id} is gone.`);
  const kind = kindOf(kinds, job);
  return done(job, kind, {
    failures: await firstFailures(ctx.db, job, MOST_FAILURES),
    services: await loadServices(ctx.db, await servicesOf(ctx, kind, job)),
    undo: await undoOf(ctx, job),
    files: filesOf(job),
  });
}

async function servicesOf(ctx: Ctx, kind: BulkKind, job: JobRecord): Promise<readonly number[]> {
  if (job.service_id !== null) return [job.service_id];
  return (await kind.services?.(ctx, targetOf(job))) ?? [];
}

/** The offer to take it back, for as long as it stands. */
async function undoOf(ctx: Ctx, job: JobRecord) {
  if (job.history_id === null || job.undo_of !== null || job.done === 0) return undefined;
  const entry = await loadHistoryOf(ctx.db, job);
  if (entry === undefined || entry.undone_by !== null) return undefined;
  const until = new Date(entry.at.getTime() + UNDO_MINUTES * 60_000);
  return until > ctx.now ? { id: String(entry.id), until: until.toISOString() } : undefined;
}

export function filesOf(job: JobRecord): OutFile[] {
  const { id, result_file, retry_file } = job;
  return [
    ...(result_file === null
      ? []
      : [{ id: result_file, name: `job-${id}-result.xlsx`, again: `job ${id} report` }]),
    ...(retry_file === null
      ? []
      : [{ id: retry_file, name: `job-${id}-retry.xlsx`, again: `job ${id} retry` }]),
  ];
}
