import type { Inbound } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { Db } from '../db/index.ts';

/** A saved answer, and whether it is the asker's own and was seen to arrive. */
export type Earlier = {
  readonly samePerson: boolean;
  readonly reply: Reply | undefined;
  readonly delivered: boolean;
};

/**
 * What makes a request one request: the mark of the form that was sent, so that pressing twice counts
 * once, or else the platform's id of it, so that its own repetition counts once.
 */
export function onceKey(inbound: Inbound): string {
  const mark = inbound.kind === 'submit' ? inbound.values.once : undefined;
  if (typeof mark === 'string' && mark.length >= 16 && mark.length <= 64) return `form:${mark}`;
  return `${inbound.place.platform}:${inbound.place.conversation}:${inbound.id}`;
}

/**
 * Claims the request in the transaction that carries it out. A second one waits for that transaction,
 * then gets what the first one answered.
 */
export async function claim(db: Db, key: string, person: string, now: Date): Promise<Earlier | undefined> {
  const claimed = await db
    .insertInto('requests')
    .values({ key, person, at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  if (claimed !== undefined) return undefined;
  const earlier = await db
    .selectFrom('requests')
    .selectAll()
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return {
    samePerson: earlier.person === person,
    reply: (earlier.reply as Reply | null) ?? undefined,
    delivered: earlier.delivered_at !== null,
  };
}

export async function saveReply(db: Db, key: string, reply: Reply): Promise<void> {
  await db
    .updateTable('requests')
    .set({ reply: JSON.stringify(reply) })
    .where('key', '=', key)
    .execute();
}

export async function markDelivered(db: Db, key: string, now: Date): Promise<void> {
  await db.updateTable('requests').set({ delivered_at: now }).where('key', '=', key).execute();
}

/** Platforms repeat a request within minutes; after a day nobody does. */
export async function forgetRequests(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('requests').where('at', '<', before).execute();
}
