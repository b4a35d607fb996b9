import type { Working } from '../../../bot/index.ts';
import { inTransaction } from '../../../db/index.ts';
import type { Provider, SubscriptionAsItIs } from '../../../providers/index.ts';
import { type Reading, saveError, savePage, takeUpReading } from './store.ts';

/** What was read longer ago than this is read again from the start. */
const STALE_MS = 60 * 60_000;
const LONGEST_REASON = 200;

/** What came of reading a vendor; `over` where another copy of the bot has finished it meanwhile. */
export type Came =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'over' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads all that a vendor has, page by page. A reading that was broken off goes on where it was. */
export async function readVendor(
  working: Working,
  name: string,
  onPage: () => Promise<void> = async () => undefined,
): Promise<Came> {
  const now = working.clock();
  const since = new Date(now.getTime() - STALE_MS);
  const reading = await inTransaction(working, ({ db }) => takeUpReading(db, name, { now, since }));
  let from = reading.after;
  for (;;) {
    const page = await pageAfter(() => working.providers(name), from);
    if (typeof page === 'string') {
      await saveError(working.db, reading.id, page);
      return { kind: 'failed', reason: page };
    }
    const last = page.at(-1);
    if (last === undefined) return { kind: 'read', reading };
    const subscriptions = page.filter(({ status }) => status !== 'deleted');
    const saved = await inTransaction(working, ({ db }) =>
      savePage(db, reading.id, { from, to: last.subscription, subscriptions }),
    );
    if (saved === undefined) return { kind: 'over' };
    if (saved.after === from || (saved.added === 0 && subscriptions.length > 0)) {
      const reason = `It gave the same subscriptions twice, after “${from}”.`;
      await saveError(working.db, reading.id, reason);
      return { kind: 'failed', reason };
    }
    from = saved.after;
    await onPage();
    await working.quiet();
  }
}

/** The next page, or why the vendor gave none. */
async function pageAfter(
  vendor: () => Provider,
  after: string,
): Promise<readonly SubscriptionAsItIs[] | string> {
  try {
    return await vendor().list(after === '' ? undefined : after);
  } catch (fault) {
    const reason = fault instanceof Error && fault.message !== '' ? fault.message : 'It gave no reason.';
    return reason.slice(0, LONGEST_REASON);
  }
}
