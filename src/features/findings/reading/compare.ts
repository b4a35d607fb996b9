import type { Working } from '../../../bot/index.ts';
import { inTransactionOnceMore } from '../../../db/index.ts';
import { type Found, forgetFindings, lookAtSeen, saveFindings } from '../comparing/store.ts';
import { readVendor } from './read.ts';
import { finishReading, loadProviders, lockReading, lockReadings, type Reading } from './store.ts';

/** So many units that nobody uses are worth a word. */
export const IDLE_FROM = 5;
/** What was not found for this long is forgotten. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

export type Outcome = {
  readonly read: readonly (Found & { readonly provider: string })[];
  /** Of these the findings of the reading before stay. */
  readonly failed: readonly { readonly provider: string; readonly reason: string }[];
};

/** Reads all vendors, and keeps what does not agree with our books. One that can't be read keeps no other waiting. */
export async function readAndCompare(working: Working, onPage?: () => Promise<void>): Promise<Outcome> {
  const read: Outcome['read'][number][] = [];
  const failed: Outcome['failed'][number][] = [];
  for (const provider of await loadProviders(working.db)) {
    const came = await readVendor(working, provider, onPage);
    if (came.kind === 'failed') failed.push({ provider, reason: came.reason });
    if (came.kind === 'read') {
      const found = await compare(working, came.reading);
      if (found !== undefined) read.push({ provider, ...found });
    }
  }
  return { read, failed };
}

/** A reading is complete together with what was found by it; nothing where somebody else completed it. */
export async function compare(
  working: Working,
  reading: Reading,
  idle = IDLE_FROM,
): Promise<Found | undefined> {
  await lookAtSeen(working.db);
  return inTransactionOnceMore(working, async ({ db }) => {
    const { provider, id, startedAt } = reading;
    await lockReadings(db, provider);
    if (!(await lockReading(db, id))) return undefined;
    const now = working.clock();
    const found = await saveFindings(db, { provider, reading: id, startedAt, now }, idle);
    await finishReading(db, reading, now);
    await forgetFindings(db, provider, new Date(now.getTime() - KEPT_MS));
    return found;
  });
}
