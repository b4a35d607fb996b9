import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { JobRecord } from '../store.ts';

/** The job that takes this one back or has done so; one that was stopped is none. */
export function loadUndoOf(db: Db, job: number): Promise<{ id: number } | undefined> {
  return db
    .selectFrom('jobs')
    .select('id')
    .where('undo_of', '=', job)
    .where((is) => is.or([is('finished_at', 'is', null), is('state', '=', 'done')]))
    .executeTakeFirst();
}

/** A job whose undo was stopped can be taken back once more. */
export async function reopenUndo(db: Db, job: number): Promise<void> {
  await sql`
    update history h set undone_by = null from jobs j where j.id = ${job} and h.id = j.history_id`.execute(
    db,
  );
}

export async function setHistory(db: Db, job: number, entry: number): Promise<void> {
  await db.updateTable('jobs').set({ history_id: entry }).where('id', '=', job).execute();
}

/** Until when it can be taken back, and whether somebody asked for that. */
export function loadHistoryOf(db: Db, job: JobRecord) {
  return db
    .selectFrom('history')
    .select(['id', 'at', 'undone_by'])
    .where('id', '=', job.history_id)
    .executeTakeFirst();
}
