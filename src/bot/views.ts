import type { FormStore } from '../chat/edge.ts';
import type { Db } from '../db/index.ts';

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/** The open forms, in the database: every copy of the bot knows them, also after it was started anew. */
export const formsIn = (db: Db, clock: () => Date): FormStore => ({
  async keep(id, content, seconds) {
    const row = {
      form: JSON.stringify(content),
      forget_at: later(clock(), seconds),
      answer_until: null,
      answered: false,
    };
    await db
      .insertInto('slack_views')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  },
  async find(id) {
    const row = await db
      .selectFrom('slack_views')
      .select('form')
      .where('id', '=', id)
      .where('forget_at', '>', clock())
      .executeTakeFirst();
    return row?.form;
  },
  async forget(id) {
    await db.deleteFrom('slack_views').where('id', '=', id).execute();
  },
  async claimAnswer(id, seconds) {
    const now = clock();
    const mine = await db
      .updateTable('slack_views')
      .set({ answer_until: later(now, seconds) })
      .where('id', '=', id)
      .where('answered', '=', false)
      .where((is) => is.or([is('answer_until', 'is', null), is('answer_until', '<=', now)]))
      .returning('id')
      .executeTakeFirst();
    if (mine !== undefined) return 'mine';
    const row = await db.selectFrom('slack_views').select('answered').where('id', '=', id).executeTakeFirst();
    // Forgotten meanwhile, by who closed the form: the answer is still to be brought.
    if (row === undefined) return 'mine';
    return row.answered ? 'answered' : 'theirs';
  },
  async answered(id) {
    await db.updateTable('slack_views').set({ answered: true }).where('id', '=', id).execute();
  },
});

/** Nobody comes back to a form that old. */
export async function forgetForms(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('slack_views').where('forget_at', '<', now).execute();
}
