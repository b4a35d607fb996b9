import type { Reply } from '../chat/reply.ts';
import { type Db, inTransaction } from '../db/index.ts';

/** One line of a conversation that the bot itself keeps, for places that have no memory of their own. */
export type Line = {
  readonly conversation: string;
  readonly reply?: Reply;
  readonly visibleTo?: string;
};
type Kept<L> = L & { readonly id: number; readonly at: string };

/** Keeps conversations in the database, so that they are there again after a restart. */
export function transcriptIn<L extends Line>(db: Db, clock: () => Date) {
  type Row = { id: number; at: Date; entry: unknown };
  const toLine = (row: Row) => ({ ...(row.entry as L), id: row.id, at: row.at.toISOString() }) as Kept<L>;

  return {
    /** What has a key is written once, also by a bot that was killed before it could say that it had. */
    async append(line: L, key: string | null = null): Promise<Kept<L>> {
      const row = await db
        .insertInto('transcript')
        .values({ conversation: line.conversation, at: clock(), entry: JSON.stringify(line), key })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ key }))
        .returning(['id', 'at', 'entry'])
        .executeTakeFirstOrThrow();
      return toLine(row);
    },

    change(id: number, reply: Reply): Promise<Kept<L> | undefined> {
      return inTransaction({ db }, async (inside) => {
        const before = await inside.db
          .selectFrom('transcript')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (before === undefined) return undefined;
        const entry = { ...(before.entry as L), reply, text: reply.text, changed: clock().toISOString() };
        const changed = { entry: JSON.stringify(entry) };
        await inside.db.updateTable('transcript').set(changed).where('id', '=', id).execute();
        return toLine({ id, at: before.at, entry });
      });
    },

    async remove(id: number): Promise<void> {
      await db.deleteFrom('transcript').where('id', '=', id).execute();
    },

    /** Oldest first; the last `limit` where `after` is 0. */
    async read(conversation: string, after: number, limit: number): Promise<Kept<L>[]> {
      const query = db
        .selectFrom('transcript')
        .select(['id', 'at', 'entry'])
        .where('conversation', '=', conversation)
        .where('id', '>', after)
        .limit(limit);
      if (after > 0) return (await query.orderBy('id').execute()).map(toLine);
      return (await query.orderBy('id', 'desc').execute()).map(toLine).reverse();
    },
  };
}
