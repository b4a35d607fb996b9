import { createHash, randomBytes } from 'node:crypto';
import { type Asked, newOnce, PAGE_SIZE, pageOf, record, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { askRevoke, keyForm, keyList, keyShown, noSuchKey, revoked, revokedBefore } from './replies.ts';
import { hintOf, parseName } from './rules.ts';
import { countKeys, insertKey, type KeyRecord, loadKeys, lockKey, nameIsTaken, setRevoked } from './store.ts';

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** `key new billing`: shown once, to who asked for it; without a name, the form. */
export async function makeKey(asked: Asked, typed: string): Promise<Reply> {
  const { member, db, now, actor } = asked;
  const { id: organizationId, name: organization } = member.organization;
  const form = (error: string) => keyForm({ organization, name: typed, error, once: newOnce() });
  const parsed = parseName(typed);
  if ('error' in parsed) return form(parsed.error);
  const { name } = parsed;
  if (await nameIsTaken(db, organizationId, name)) return form(`There is a key “${name}” already.`);
  const key = `qm_${randomBytes(32).toString('base64url')}`;
  const hint = hintOf(key);
  const id = await insertKey(db, { name, organizationId, hash: hashOf(key), hint, by: actor.name, now });
  await record(asked, {
    organizationId,
    orderId: null,
    kind: 'key',
    summary: `Made the key ${name} (${hint})`,
    after: { key: id, name, hint },
  });
  return keyShown({ organization, id, name, key, wide: member.organization.kind === 'provider' });
}

export const showKeyForm = ({ member: { organization } }: Asked): Reply =>
  keyForm({ organization: organization.name, name: '', error: undefined, once: newOnce() });

export async function listKeys({ db, member }: Asked, page: number): Promise<Reply> {
  const scope = scopeOf(member.organization);
  const paging = pageOf(page, await countKeys(db, scope));
  const keys = await loadKeys(db, scope, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return keyList({ ...paging, organization: member.organization.name, keys: keys.map(rowOf) });
}

const rowOf = (key: KeyRecord) => ({
  id: key.id,
  name: key.name,
  hint: key.hint,
  organization: key.organization,
  by: key.created_by,
  at: key.created_at.toISOString(),
  usedAt: key.last_used_at?.toISOString(),
  revokedAt: key.revoked_at?.toISOString(),
});

/** `key revoke 3`: asks once more, since what uses the key stops working at once. */
export const showRevoke = (asked: Asked, word: string): Promise<Reply> =>
  withKey(asked, word, async (key) => askRevoke(rowOf(key), newOnce()));

export const revokeKey = (asked: Asked, word: string): Promise<Reply> =>
  withKey(asked, word, async (key) => {
    await setRevoked(asked.db, key.id, asked.now);
    await record(asked, {
      organizationId: key.organization_id,
      orderId: null,
      kind: 'key',
      summary: `Revoked the key ${key.name} (${key.hint})`,
      before: { key: key.id, name: key.name, hint: key.hint },
    });
    return revoked(rowOf(key));
  });

async function withKey(
  { db, member }: Asked,
  word: string,
  run: (key: KeyRecord) => Promise<Reply>,
): Promise<Reply> {
  const digits = word.replace(/^#/, '');
  const known = /^\d{1,9}$/.test(digits);
  const key = known ? await lockKey(db, scopeOf(member.organization), Number(digits)) : undefined;
  if (key === undefined) return noSuchKey(word);
  return key.revoked_at === null ? run(key) : revokedBefore(rowOf(key));
}
