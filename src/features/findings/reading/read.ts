import type { Working } from '../../../bot/index.ts';
import { inTransaction } from '../../../db/index.ts';
import { ListRefused, type SubscriptionAsItIs } from '../../../providers/index.ts';
import { NO_LIST, NOT_REACHED, notGoingOn, refusedBy, wrongRow } from './replies.ts';
import { isAway, wrongIn } from './rules.ts';
import { type Ended, type Reading, saveError, savePage, takeUpReading } from './store.ts';

/** What got no page for so long is read again from the start. */
const STALE_MS = 60 * 60_000;

export type Failed = { readonly kind: 'failed'; readonly reason: string };
/** What came of reading a vendor. */
export type Came = { readonly kind: 'read'; readonly reading: Reading } | { readonly kind: Ended } | Failed;

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
    const page = await pageAfter(working, name, from);
    if (typeof page === 'string') return failed(working, name, page);
    const last = page.at(-1);
    if (last === undefined) return { kind: 'read', reading };
    const subscriptions = page.filter(({ status }) => status !== 'deleted');
    const read = { from, to: last.subscription, subscriptions };
    const saved = await inTransaction(working, ({ db }) => savePage(db, reading, read, working.clock()));
    if (typeof saved === 'string') return { kind: saved };
    if (saved.after === from || (saved.added === 0 && subscriptions.length > 0))
      return failed(working, name, notGoingOn(from));
    from = saved.after;
    await onPage();
    await working.quiet();
  }
}

/** Keeps why a vendor is not read. */
export async function failed({ db }: Working, name: string, reason: string): Promise<Failed> {
  await saveError(db, name, reason);
  return { kind: 'failed', reason };
}

/** The next page, or why the vendor gave none. */
async function pageAfter(
  { providers, report }: Working,
  name: string,
  after: string,
): Promise<readonly SubscriptionAsItIs[] | string> {
  try {
    const page = await providers(name).list(after === '' ? undefined : after);
    const wrong = wrongIn(page);
    return wrong === undefined ? page : wrongRow(wrong);
  } catch (fault) {
    if (fault instanceof ListRefused) return refusedBy(fault.message);
    report?.(fault, `the vendor ${name} gave no list`);
    return isAway(fault) ? NOT_REACHED : NO_LIST;
  }
}
