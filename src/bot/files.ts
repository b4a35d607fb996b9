import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { OpenFile } from '../chat/edge.ts';
import type { OutFile } from '../chat/reply.ts';
import { bytesIn, bytesOf, bytesOut, type Db, sharedSecret } from '../db/index.ts';

const LINK_LIFE_SECONDS = 24 * 60 * 60;

type Kept = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Left out: for good. */
  readonly days?: number;
};

/** Keeps a file the bot made, in the transaction of the change it tells of. */
export async function keepFile(
  { db, now }: { readonly db: Db; readonly now: Date },
  { name, contentType, bytes, days }: Kept,
): Promise<OutFile> {
  const id = randomUUID();
  const keep_until = days === undefined ? null : new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
  await db
    .insertInto('files')
    .values({ id, name, content_type: contentType, bytes: bytesIn(bytes), created_at: now, keep_until })
    .execute();
  return { id, name };
}

export const openFileIn =
  (db: Db): OpenFile =>
  async (id) => {
    const row = await db
      .selectFrom('files')
      .select(['name', 'content_type', bytesOut('bytes').as('bytes')])
      .where('id', '=', id)
      .executeTakeFirst();
    return (
      row && {
        name: row.name,
        contentType: row.content_type,
        bytes: bytesOf(row.bytes),
      }
    );
  };

/** Links to files that open without a login for a day; all copies of the bot sign with the same secret. */
export type FileLinks = {
  path(file: OutFile, now: Date): string;
  /** `wrong`: the bot never made such a link. */
  standing(id: string, expires: string, signature: string, now: Date): 'good' | 'expired' | 'wrong';
  /** Seals what goes out to a client and comes back from it. Nothing sealed so is good as a link. */
  seal(text: string): string;
};

export async function fileLinks(db: Db): Promise<FileLinks> {
  const secret = await sharedSecret(db, 'file links');
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
  const sign = (id: string, expires: string) => mac(secret, `${id} ${expires}`).digest('base64url');
  const sealKey = mac(secret, 'seal').digest();
  const standing: FileLinks['standing'] = (id, expires, signature, now) => {
    const expected = Buffer.from(sign(id, expires));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'wrong';
    return Number(expires) * 1000 > now.getTime() ? 'good' : 'expired';
  };
  return {
    path(file, now) {
      const expires = String(Math.floor(now.getTime() / 1000) + LINK_LIFE_SECONDS);
      return `/files/${file.id}/${encodeURIComponent(file.name)}?until=${expires}&seal=${sign(file.id, expires)}`;
    },
    standing,
    seal: (text) => mac(sealKey, text).digest('base64url'),
  };
}
