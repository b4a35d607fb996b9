import { z } from 'zod';
import { chunksOf, placeOfAnswer, type Working } from '../../bot/index.ts';
import { inTransaction } from '../../db/index.ts';
import type { Undone } from '../history/undoers.ts';
import type { View } from '../organizations/view.ts';
import { loadUndoOf } from './history/store.ts';
import { notRun, progress } from './replies.ts';
import { allOutcomes } from './result.ts';
import { saveChunks } from './rows/store.ts';
import { decideTakeBack, doneRows } from './rules.ts';
import { RUN } from './run.ts';
import { type JobRecord, loadJob, lockJob, saveUndoJob, setRows } from './store.ts';
import { type Kinds, kindOf, mayUse } from './target.ts';

const undoOf = z.object({ job: z.number() });

/** Starts a job that takes another one back: user by user, in the background, with a report of its own. */
export const undoBulk =
  (kinds: Kinds) =>
  async (view: View, data: unknown): Promise<Undone> => {
    const of = await lockJob(view.db, view.viewer.scope, undoOf.parse(data).job);
    if (of === undefined) return { kind: 'impossible', reason: 'There is no such job.' };
    const kind = kindOf(kinds, of);
    if (!mayUse(kind, view.member))
      return { kind: 'impossible', reason: 'Only an admin of the provider can take it back.' };
    const decision = decideTakeBack(of);
    if (decision.kind === 'refused') return { kind: 'impossible', reason: decision.reason };
    const before = await loadUndoOf(view.db, of.id);
    if (before !== undefined)
      return { kind: 'impossible', reason: `Job ${before.id} takes it back already.` };
    const id = await saveUndoJob(view.db, of, { ...view, place: placeOfAnswer(view) });
    await view.jobs.enqueue(view.db, RUN, { job: id });
    const job = await loadJob(view.db, view.viewer.scope, id);
    return { kind: 'started', reply: job ? progress(job, kind) : notRun(of, 'It could not be started.') };
  };

/** What the job did becomes the rows of the one that takes it back: one a user. */
export async function prepareUndo(working: Working, kinds: Kinds, id: number): Promise<void> {
  await inTransaction(working, async (inside) => {
    const job = await lockJob(inside.db, { kind: 'all' }, id);
    // `early` is known of what was prepared before.
    if (job?.undo_of == null || job.finished_at !== null || isPrepared(job)) return;
    const of = await loadJob(inside.db, { kind: 'all' }, job.undo_of);
    if (of === undefined) return;
    const all = await allOutcomes(inside.db, of);
    const rows = doneRows(all).map((row) => ({ ...row, cells: [row.subject, String(row.units)] }));
    await setRows(inside.db, id, rows.length, 2);
    const chunks = chunksOf(rows, inside.settings.bulkBatchRows);
    // What was imported later may rest on what was imported before.
    const lastFirst = kindOf(kinds, job).works === 'on the provider';
    await saveChunks(inside.db, id, lastFirst ? chunks.toReversed() : chunks);
  });
}

const isPrepared = ({ preview }: JobRecord) => preview !== null && Object.hasOwn(preview as object, 'early');
