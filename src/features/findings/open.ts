import type { Db, Scope } from '../../db/index.ts';
import { countOpen } from './store.ts';

/** How many findings of these organizations wait for an answer. */
export const openFindings = (db: Db, scope: Scope, now: Date): Promise<number> => countOpen(db, scope, now);
