import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { OpenFile } from '../chat/edge.ts';
import type { OutFile } from '../chat/reply.ts';
import type { Db } from '../db/index.ts';

const LINK_LIFE_SECONDS = 7 * 24 * 60 * 60;

/** Keeps a file the bot made, in the transaction of the change it tells of. */
export async function keepFile(
  ctx: { readonly db: Db; readonly now: Date },
  file: { name: string; contentType: string; bytes: Uint8Array },
): Promise<OutFile> {
  const id = randomUUID();
  await ctx.db
    .insertInto('files')
    .values({ id, name: file.name, content_type: file.contentType, bytes: file.bytes, created_at: ctx.now })
    .execute();
  return { id, name: file.name };
}

export const openFileIn =
  (db: Db): OpenFile =>
  async (id) => {
    const row = await db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst();
    return row && { name: row.name, contentType: row.content_type, bytes: new Uint8Array(row.bytes) };
  };

/** Links to files that open without a login for a week; all copies of the bot sign with the same secret. */
export type FileLinks = {
  path(file: OutFile, now: Date): string;
  isGood(id: string, expires: string, signature: string, now: Date): boolean;
};

export async function fileLinks(db: Db): Promise<FileLinks> {
  const secret = await sharedSecret(db, 'file links');
  const sign = (id: string, expires: string) =>
    createHmac('sha256', secret).update(`${id} ${expires}`).digest('base64url');
  return {
    path(file, now) {
      const expires = String(Math.floor(now.getTime() / 1000) + LINK_LIFE_SECONDS);
      return `/files/${file.id}/${encodeURIComponent(file.name)}?until=${expires}&seal=${sign(file.id, expires)}`;
    },
    isGood(id, expires, signature, now) {
      const expected = Buffer.from(sign(id, expires));
      const given = Buffer.from(signature);
      const intact = expected.length === given.length && timingSafeEqual(expected, given);
      return intact && Number(expires) * 1000 > now.getTime();
    },
  };
}

async function sharedSecret(db: Db, name: string): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await db
    .insertInto('secrets')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.value;
}
