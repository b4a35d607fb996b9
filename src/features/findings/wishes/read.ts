// `findings read`: the vendors are read in the background; a message tells how far that is and what came of it.
import { type Asked, type Ctx, refreshSoon, scopeOf, type Working } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { inTransaction } from '../../../db/index.ts';
import { lastDue } from '../../../jobs/index.ts';
import { type Outcome, readAndCompare } from '../reading/compare.ts';
import { couldNotRead, notRead, tryingAgain } from '../reading/replies.ts';
import { loadProgress, type Progress, unreadOf } from '../reading/store.ts';
import { readingState } from '../replies.ts';
import { type ReadingOutcome, readingTrack } from '../rules.ts';
import { countOpenAndNew, loadLeftOut } from '../store.ts';
import { addWish, endWish, forgetWishes, loadOpenWishes, loadWish, type Wish } from './store.ts';

export const READ = 'findings.read';
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Has the vendors read soon. A wish that finds another one waiting is that one. */
export const readSoon = ({ db, jobs }: Pick<Ctx, 'db' | 'jobs'>): Promise<void> =>
  jobs.enqueue(db, READ, {}, { key: 'now' });

export async function askForReading(asked: Asked): Promise<Reply> {
  const { db, member, now } = asked;
  const id = await addWish(db, { organizationId: member.organization.id, by: member.name, at: now });
  await readSoon(asked);
  const organization = member.organization.name;
  return readingState({ organization, state: 'reading', seen: 0, open: 0, fresh: 0, failed: [] }, id);
}

/** The message that tells how far the reading is. */
export async function readingMessage({ db }: Ctx, id: string): Promise<Reply | undefined> {
  const wish = await loadWish(db, Number(id));
  if (wish === undefined) return undefined;
  const { outcome, organization } = wish;
  const isProvider = organization.kind === 'provider';
  if (outcome !== undefined) {
    const failed = couldNotRead(outcome.failed, isProvider);
    const { open, fresh, leftOut } = outcome;
    return readingState(
      { organization: organization.name, state: 'read', seen: 0, open, fresh, leftOut, failed },
      wish.id,
    );
  }
  const progress = await loadProgress(db);
  // Of all vendors: how much the provider has there is its own business.
  const seen = isProvider ? progress.reduce((sum, one) => sum + one.seen, 0) : 0;
  const failed = tryingAgain(unreadOf(progress), isProvider);
  return readingState(
    { organization: organization.name, state: 'reading', seen, open: 0, fresh: 0, failed },
    wish.id,
  );
}

/**
 * Reads all vendors for those who have asked so far; who asks meanwhile gets a reading of their own. Where a vendor can't
 * be read it is tried again, and told at last.
 */
export async function readNow(working: Working, lastTry: boolean): Promise<void> {
  const wishes = await loadOpenWishes(working.db);
  const draw = async () => {
    for (const { id } of wishes) await refreshSoon(working, readingTrack(id));
  };
  const outcome = await readAndCompare(working, draw);
  const [first] = outcome.failed;
  if (first !== undefined && !lastTry) {
    await draw();
    throw new Error(notRead(first.provider, first.reason));
  }
  for (const wish of wishes) await end(working, wish, outcome);
  await forgetWishes(working.db, new Date(working.clock().getTime() - KEPT_MS));
}

function end(working: Working, { id, organization }: Wish, { failed }: Outcome): Promise<void> {
  return inTransaction(working, async (inside) => {
    const now = working.clock();
    const counts = await countOpenAndNew(inside.db, scopeOf(organization), now);
    const { leftOut } = await loadLeftOut(inside.db, scopeOf(organization));
    await endWish(inside.db, id, { ...counts, leftOut, failed } satisfies ReadingOutcome, now);
    await refreshSoon(inside, readingTrack(id), 'the last');
  });
}

/** At night, when little changes; the hour is one that a change to summer time does not leave out. */
export const AT_NIGHT = '0 3 * * *';

/** Has the vendors read where a reading broke off, somebody waits for one, or the last one was missed. */
export async function resumeReading(ctx: Ctx): Promise<void> {
  const timezone = ctx.settings.reconcileTimezone;
  const due = lastDue({ name: READ, cron: AT_NIGHT, timezone }, ctx.now);
  const missed = ({ readAt }: Progress) => readAt === null || (due !== undefined && readAt < due);
  const open = (await loadProgress(ctx.db)).some((one) => one.reading || missed(one));
  if (open || (await loadOpenWishes(ctx.db)).length > 0) await readSoon(ctx);
}
