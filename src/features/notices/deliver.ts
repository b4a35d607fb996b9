import { type Ctx, refreshSoon, rememberSent, type Working } from '../../bot/index.ts';
import { PostFailed } from '../../chat/edge.ts';
import { deliverSoon } from './notify.ts';
import { MOST_ATTEMPTS, pause } from './rules.ts';
import {
  claimNext,
  type Delivery,
  keepClaim,
  loadClaimedUntil,
  loadWaiting,
  markAllDead,
  markDead,
  markSent,
  postpone,
} from './store.ts';

/** Well within the time for which a post is claimed; a large file takes longer than that to upload. */
const RENEW_MS = 5_000;

type To = { readonly platform: string; readonly conversation: string };

/** Posts what waits for one conversation, oldest first, until nothing waits or the platform asks for a pause. */
export async function deliver(working: Working, to: To): Promise<void> {
  for (;;) {
    const next = await claimNext(working.db, to.platform, to.conversation);
    if (next === undefined) return comeBack(working, to);
    if (!(await post(working, to, next))) return;
  }
}

/** Another copy of the bot has the next post; should it have been killed, its time runs out. */
async function comeBack(ctx: Ctx, { platform, conversation }: To): Promise<void> {
  const until = await loadClaimedUntil(ctx.db, platform, conversation);
  if (until !== undefined) await deliverSoon(ctx, platform, conversation, until);
}

/** Takes up what a crash left waiting. */
export async function deliverWaiting(ctx: Ctx): Promise<void> {
  for (const { platform, conversation } of await loadWaiting(ctx.db)) {
    await deliverSoon(ctx, platform, conversation);
  }
}

async function post(working: Working, to: To, delivery: Delivery): Promise<boolean> {
  const { db, clock } = working;
  const renewing = setInterval(() => void keepClaim(db, delivery.id).catch(() => undefined), RENEW_MS);
  try {
    const sent = await working.post(delivery.place, delivery.reply, delivery.key);
    if (delivery.reply.track !== undefined) {
      await rememberSent(db, delivery.reply.track, sent);
      // What it tells of may have gone on before it was known where it can be changed.
      await refreshSoon(working, delivery.reply.track);
    }
    await markSent(db, delivery.id, clock());
    return true;
  } catch (failed) {
    if (failed instanceof PostFailed) return undelivered(working, to, delivery, failed);
    await undelivered(working, to, delivery, new PostFailed('later', String(failed)));
    throw failed;
  } finally {
    clearInterval(renewing);
  }
}

async function undelivered(
  working: Working,
  to: To,
  delivery: Delivery,
  failed: PostFailed,
): Promise<boolean> {
  const { db } = working;
  if (failed.reason === 'gone') {
    await markAllDead(db, to.platform, to.conversation, failed.message);
    return false;
  }
  if (failed.reason === 'refused' || delivery.attempts >= MOST_ATTEMPTS) {
    await markDead(db, delivery.id, failed.message);
    return true;
  }
  const seconds = pause(delivery.attempts, failed.retryAfterSeconds);
  await postpone(db, delivery.id, seconds, failed.message);
  await comeBack(working, to);
  return false;
}
