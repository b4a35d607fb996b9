import { type Ctx, rememberSent, type Working } from '../../bot/index.ts';
import { PostFailed } from '../../chat/edge.ts';
import { deliverSoon } from './notify.ts';
import { MOST_ATTEMPTS, pause } from './rules.ts';
import { claimNext, type Delivery, loadWaiting, markAllDead, markDead, markSent, postpone } from './store.ts';

type To = { readonly platform: string; readonly conversation: string };

/** Posts what waits for one conversation, oldest first, until nothing waits or the platform asks for a pause. */
export async function deliver(working: Working, to: To): Promise<void> {
  for (;;) {
    const next = await claimNext(working.db, to.platform, to.conversation);
    if (next === undefined || !(await post(working, to, next))) return;
  }
}

/** Takes up what a crash left waiting. */
export async function deliverWaiting(ctx: Ctx): Promise<void> {
  for (const { platform, conversation } of await loadWaiting(ctx.db)) {
    await deliverSoon(ctx, platform, conversation);
  }
}

async function post(working: Working, to: To, delivery: Delivery): Promise<boolean> {
  const { db, now } = working;
  try {
    const sent = await working.post(delivery.place, delivery.reply, delivery.key);
    if (delivery.reply.track !== undefined) await rememberSent(db, delivery.reply.track, sent);
    await markSent(db, delivery.id, now);
    return true;
  } catch (failed) {
    if (!(failed instanceof PostFailed)) throw failed;
    return undelivered(working, to, delivery, failed);
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
  const until = new Date(working.now.getTime() + pause(delivery.attempts, failed.retryAfterSeconds) * 1000);
  await postpone(db, delivery.id, until, failed.message);
  await deliverSoon(working, to.platform, to.conversation, until);
  return false;
}
