import type { Working } from '../../../bot/index.ts';
import { inTransactionOnceMore } from '../../../db/index.ts';
import { type Found, forgetFindings, lookAtSeen, saveFindings } from '../comparing/store.ts';
import { type Failed, failed, readVendor } from './read.ts';
import { BEGUN_TOO_OFTEN, NOT_COMPARED } from './replies.ts';
import {
  type Ended,
  finishReading,
  loadProviders,
  lockReading,
  lockReadings,
  type Reading,
} from './store.ts';

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
  const unread: Outcome['failed'][number][] = [];
  for (const provider of await loadProviders(working.db)) {
    const came = await readOne(working, provider, onPage).catch((fault: unknown) => {
      working.report?.(fault, `what the vendor ${provider} has was not compared`);
      // Where the database is away, this fails as well: then it is no vendor's fault.
      return failed(working, provider, NOT_COMPARED);
    });
    if (came.kind === 'failed') unread.push({ provider, reason: came.reason });
    if (came.kind === 'compared') read.push({ provider, ...came.found });
  }
  return { read, failed: unread };
}

/** A copy of the bot that got no page for an hour has lost its reading to another one, and begins anew. */
const MOST_ROUNDS = 3;

type Compared = { readonly kind: 'compared'; readonly found: Found } | { readonly kind: Ended };

async function readOne(
  working: Working,
  provider: string,
  onPage?: () => Promise<void>,
): Promise<Compared | Failed> {
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const came = await readVendor(working, provider, onPage);
    const ended = came.kind === 'read' ? await compare(working, came.reading) : came;
    if (ended.kind !== 'gone') return ended;
  }
  return failed(working, provider, BEGUN_TOO_OFTEN);
}

/** A reading is complete together with what was found by it; or how it ended where others have completed it, or given it up. */
export async function compare(working: Working, reading: Reading, idle = IDLE_FROM): Promise<Compared> {
  await lookAtSeen(working.db);
  return inTransactionOnceMore(working, async ({ db }) => {
    const { provider, id, startedAt } = reading;
    await lockReadings(db, provider);
    const at = await lockReading(db, reading);
    if (typeof at === 'string') return { kind: at };
    const now = working.clock();
    const found = await saveFindings(db, { provider, reading: id, startedAt, now }, idle);
    await finishReading(db, reading, now);
    await forgetFindings(db, provider, new Date(now.getTime() - KEPT_MS));
    return { kind: 'compared', found };
  });
}
