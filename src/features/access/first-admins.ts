import { type Db, inTransaction } from '../../db/index.ts';
import { addMemberOnce, loadProvider, makeProvider } from './store.ts';

/** Makes the provider where there is none yet, and the admins whom the configuration names. */
export function ensureFirstAdmins(db: Db, emails: readonly string[]): Promise<void> {
  return inTransaction({ db }, async (inside) => {
    const provider = (await loadProvider(inside.db))?.id ?? (await makeProvider(inside.db, 'Provider'));
    for (const email of emails) await addMemberOnce(inside.db, provider, email);
  });
}
