import { createHash } from 'node:crypto';
import type { Inbound } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { Db } from '../db/index.ts';

/** An answer that was given before, and whether it is the asker's own and has had time to arrive. */
export type Earlier = {
  readonly samePerson: boolean;
  readonly reply: Reply | undefined;
  readonly arrived: boolean;
};

/** What makes a request the same again, and for how long. */
export type OnceKey = { readonly key: string; readonly seconds: number };

const A_DAY = 24 * 60 * 60;
/** The same button pressed again within this time was pressed twice; later it is meant. */
const DOUBLE_PRESS = 3;
/** An answer is on its way for this long; after that it was lost, and a repeated request gets it once more. */
const ON_ITS_WAY_MS = 30_000;

/**
 * The platform's id of a request makes its repetition the same request. The mark of a form makes two presses one,
 * whoever presses; a button without a mark counts as one press for a moment.
 */
export function onceKeys(inbound: Inbound): OnceKey[] {
  const { place, person, id } = inbound;
  const at = `${place.platform}:${place.conversation}`;
  const keys = [{ key: `${at}:${id}`, seconds: A_DAY }];
  if (inbound.kind === 'message') return keys;
  const { once } = inbound.values;
  const isMark = typeof once === 'string' && once.length >= 16 && once.length <= 64;
  if (isMark) return [...keys, { key: `form:${once}`, seconds: A_DAY }];
  const pressed = createHash('sha256').update(
    JSON.stringify([inbound.message, inbound.verb, inbound.values]),
  );
  return [...keys, { key: `${at}:${person.id}:${pressed.digest('base64url')}`, seconds: DOUBLE_PRESS }];
}

/**
 * Claims the request in the transaction that carries it out. A second one waits for that transaction,
 * then gets what the first one answered.
 */
export async function claim(
  db: Db,
  keys: readonly OnceKey[],
  person: string,
  now: Date,
): Promise<Earlier | undefined> {
  for (const { key, seconds } of keys) {
    const outdated = new Date(now.getTime() - seconds * 1000);
    const claimed = await db
      .insertInto('requests')
      .values({ key, person, at: now })
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet({ person, at: now, reply: null, delivered_at: null })
          .where('requests.at', '<=', outdated),
      )
      .returning('key')
      .executeTakeFirst();
    if (claimed === undefined) return earlierAnswer(db, key, person, now);
  }
  return undefined;
}

/** Gives back what was claimed then, unless it was claimed anew since. */
export async function unclaim(db: Db, { key }: OnceKey, person: string, at: Date): Promise<void> {
  await db
    .deleteFrom('requests')
    .where('key', '=', key)
    .where('person', '=', person)
    .where('at', '=', at)
    .execute();
}

/** Whether somebody is at it or done with it: to be asked before much is done for a request; `claim` decides. */
export async function isClaimed(db: Db, keys: readonly OnceKey[], now: Date): Promise<boolean> {
  const rows = await db
    .selectFrom('requests')
    .select(['key', 'at'])
    .where(
      'key',
      'in',
      keys.map(({ key }) => key),
    )
    .execute();
  return keys.some(({ key, seconds }) =>
    rows.some((row) => row.key === key && now.getTime() - row.at.getTime() < seconds * 1000),
  );
}

async function earlierAnswer(db: Db, key: string, person: string, now: Date): Promise<Earlier> {
  const row = await db.selectFrom('requests').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  return {
    samePerson: row.person === person,
    reply: (row.reply as Reply | null) ?? undefined,
    arrived: row.delivered_at !== null || now.getTime() - row.at.getTime() < ON_ITS_WAY_MS,
  };
}

export async function saveReply(db: Db, keys: readonly OnceKey[], reply: Reply): Promise<void> {
  await db
    .updateTable('requests')
    .set({ reply: JSON.stringify(reply) })
    .where(
      'key',
      'in',
      keys.map(({ key }) => key),
    )
    .execute();
}

export async function markDelivered(db: Db, keys: readonly OnceKey[], now: Date): Promise<void> {
  await db
    .updateTable('requests')
    .set({ delivered_at: now })
    .where(
      'key',
      'in',
      keys.map(({ key }) => key),
    )
    .execute();
}

/** Platforms repeat a request within minutes; after a day nobody does. */
export async function forgetRequests(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('requests').where('at', '<', before).execute();
}
