import type { Working } from '../../../bot/index.ts';
import { inTransaction } from '../../../db/index.ts';
import { saveFindings } from '../store.ts';
import { readVendors } from './read.ts';
import { lastReading, loadProviders } from './store.ts';

/** So many units that nobody uses are worth a word. */
export const IDLE_FROM = 5;

/** Reads all vendors, and keeps what does not agree with our books. Rejects where a vendor can't be read. */
export async function readAndCompare(working: Working): Promise<void> {
  await readVendors(working);
  for (const provider of await loadProviders(working.db)) {
    await inTransaction(working, async ({ db }) => {
      const last = await lastReading(db, provider);
      if (last === undefined) return;
      const { id: reading, startedAt } = last;
      await saveFindings(db, { provider, reading, startedAt, now: working.clock() }, IDLE_FROM);
    });
  }
}
