import type { Working } from '../../../bot/index.ts';
import { inTransaction } from '../../../db/index.ts';
import { finishReading, loadProviders, savePage, takeUpReading } from './store.ts';

/** What was read longer ago than this is read again from the start. */
const STALE_MS = 60 * 60_000;

/** Reads all that the vendors have, page by page. One that was broken off goes on where it was. */
export async function readVendors(working: Working): Promise<void> {
  for (const provider of await loadProviders(working.db)) await readVendor(working, provider);
}

async function readVendor(working: Working, name: string): Promise<void> {
  const { db, clock } = working;
  const vendor = working.providers(name);
  const now = clock();
  const reading = await takeUpReading(db, name, { now, since: new Date(now.getTime() - STALE_MS) });
  let { after } = reading;
  for (;;) {
    const page = await vendor.list(after === '' ? undefined : after);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.subscription;
    await inTransaction(working, (inside) => savePage(inside.db, reading.id, page, after));
    await working.quiet();
  }
  await inTransaction(working, (inside) => finishReading(inside.db, reading, clock()));
}
