import type { Organization } from '../../bot/index.ts';
import type { Db } from '../../db/index.ts';
import { hashOf } from './keys.ts';
import { bearerIn } from './rules.ts';
import { findKey, setUsed } from './store.ts';

/** Who talks to the bot with a key: its name, and the organization for which it stands. */
export type Holder = {
  readonly id: number;
  readonly key: string;
  readonly organization: Organization;
};

/** When a key was last used is written down at most this often. */
const PACE_MS = 60_000;

/** Whose key the `Authorization` header holds; `undefined` where it holds none that works. */
export async function holderOf(db: Db, header: string | undefined, now: Date): Promise<Holder | undefined> {
  const bearer = bearerIn(header);
  const found = bearer === undefined ? undefined : await findKey(db, hashOf(bearer));
  if (found === undefined) return undefined;
  const { id, name: key, last_used_at: used, organizationId, kind, organization } = found;
  if (used === null || now.getTime() - used.getTime() >= PACE_MS) await setUsed(db, id, now);
  return { id, key, organization: { id: organizationId, kind, name: organization } };
}
