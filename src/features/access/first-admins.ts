import { type Db, inTransaction } from '../../db/index.ts';
import { addMemberOnce, loadProvider, loadRevoked, lockProviderAdmins, makeProvider } from './store.ts';

/**
 * Makes the provider where there is none yet, and the admins whom the configuration names. Who was one and was
 * revoked stays revoked, but where nobody would be left who could let anybody in.
 */
export function ensureFirstAdmins(db: Db, emails: readonly string[]): Promise<void> {
  return inTransaction({ db }, async (inside) => {
    const provider = (await loadProvider(inside.db))?.id ?? (await makeProvider(inside.db, 'Provider'));
    const revoked = await loadRevoked(inside.db);
    const welcome = emails.filter((email) => !revoked.includes(email));
    const isLockedOut = welcome.length === 0 && (await lockProviderAdmins(inside.db)).length === 0;
    for (const email of isLockedOut ? emails : welcome) await addMemberOnce(inside.db, provider, email);
  });
}
