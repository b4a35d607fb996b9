import { randomUUID } from 'node:crypto';
import { type Ctx, currentPlace, refreshSoon, rememberSent, type Working } from '../../bot/index.ts';
import { type Limit, PostFailed } from '../../chat/edge.ts';
import type { Place, Sent } from '../../chat/place.ts';
import { inTransaction } from '../../db/index.ts';
import { closeDestination } from './deliveries/store.ts';
import { deliverSoon } from './notify.ts';
import {
  type Cause,
  type Delivery,
  findThread,
  keepTurn,
  loadWaiting,
  markDead,
  markSent,
  pauseTurn,
  planWake,
  secondsToPassOn,
  type Thread,
  type To,
  takeTurn,
} from './queue/store.ts';
import { MOST_FAULTS, pause, queueFor } from './rules.ts';

/** Well within the time for which a conversation is claimed; a large file takes longer than that to upload. */
const RENEW_MS = 5_000;

/** One who posts to a conversation. */
type Turn = { readonly to: To; readonly by: string; readonly limits: readonly Limit[] };

/** Posts what waits for one conversation, oldest first, until nothing waits or it is too soon for the next. */
export async function deliver(working: Working, to: To): Promise<void> {
  const limits = working.pace === undefined ? [] : working.pace(to.platform);
  // Another copy of the bot may be connected to it: this one takes nothing from there.
  if (limits === undefined) return comeBack(working, to, await secondsToPassOn(working.db, to));
  const turn = { to, by: randomUUID(), limits };
  for (;;) {
    const taken = await takeTurn(working.db, to, { ...turn, today: working.clock() });
    if (!('delivery' in taken)) return comeBack(working, to, taken.wait);
    if (!(await post(working, turn, taken.delivery))) return;
  }
}

/** Takes up what a crash left waiting. */
export async function deliverWaiting(ctx: Ctx): Promise<void> {
  for (const { platform, conversation } of await loadWaiting(ctx.db)) {
    await deliverSoon(ctx, platform, conversation);
  }
}

/** Entries for later are looked for every other second: what is due sooner is woken from here. */
const SOON_SECONDS = 5;
/** The clock of this process may run a little ahead of that of the database. */
const LATER_MS = 15;

/** Has the conversation looked after again, also where this process is gone by then. Nobody waits here for it. */
async function comeBack(ctx: Ctx, to: To, seconds: number | undefined): Promise<void> {
  if (seconds === undefined) return;
  const planned = await inTransaction({ db: ctx.db }, async ({ db }) => {
    const after = await planWake(db, to, seconds);
    if (after !== undefined) await ctx.jobs.enqueue(db, queueFor(to.platform), to, { after });
    return after !== undefined;
  });
  if (!planned || seconds > SOON_SECONDS) return;
  const wake = () => void deliverSoon(ctx, to.platform, to.conversation).catch(() => undefined);
  setTimeout(wake, Math.max(0, seconds) * 1000 + LATER_MS).unref();
}

async function post(working: Working, turn: Turn, delivery: Delivery): Promise<boolean> {
  const { db } = working;
  const renewing = setInterval(() => void keepTurn(db, turn.to, turn.by).catch(() => undefined), RENEW_MS);
  try {
    await sendIn(working, turn, delivery, await threadFor(working, delivery));
    return true;
  } catch (failed) {
    if (failed instanceof PostFailed) return undelivered(working, turn, delivery, failed);
    await stumbled(working, turn, delivery, String(failed));
    throw failed;
  } finally {
    clearInterval(renewing);
  }
}

/**
 * Where others read along, what belongs together stands together: under the message that was the first to tell of it. With
 * one person alone there is nobody to spare the rest, and what stands in a thread is easily overlooked.
 */
async function threadFor({ db }: Working, { place, thread }: Delivery): Promise<string | undefined> {
  if (place.thread !== undefined || thread === null || place.kind === 'personal') return place.thread;
  return findThread(db, place, thread);
}

async function sendIn(
  working: Working,
  turn: Turn,
  delivery: Delivery,
  thread: string | undefined,
): Promise<void> {
  const { thread: _, ...open } = await currentPlace(working.db, delivery.place);
  const place: Place = thread === undefined ? open : { ...open, thread };
  try {
    const sent = await working.post(place, delivery.reply, delivery.key, delivery.triedSince);
    await noteSent(working, turn, delivery, sent);
  } catch (failed) {
    const isThreadGone = failed instanceof PostFailed && failed.reason === 'thread gone';
    if (!isThreadGone || thread === undefined) throw failed;
    await sendIn(working, turn, delivery, undefined);
  }
}

async function noteSent(working: Working, turn: Turn, delivery: Delivery, sent: Sent): Promise<void> {
  const { id, reply } = delivery;
  await inTransaction({ db: working.db }, async ({ db }) => {
    if (reply.track !== undefined) {
      await rememberSent(db, reply.track, sent);
      // What it tells of may have gone on before it was known where it can be changed.
      await refreshSoon({ ...working, db }, reply.track);
    }
    await markSent(db, turn.to, { ...turn, id, thread: threadOf(delivery, sent), today: working.clock() });
  });
}

/** The thread it stands in or begins. */
function threadOf({ thread: name, place }: Delivery, sent: Sent): Thread | undefined {
  const message = sent.place.thread ?? sent.message;
  return name === null || place.kind === 'personal' || message === '' ? undefined : { name, message };
}

/** What became of it; whether the next one is to be tried now. */
async function undelivered(
  working: Working,
  { to, by }: Turn,
  { id, place, attempts, triedSince }: Delivery,
  failed: PostFailed,
): Promise<boolean> {
  const { reason, message: error, retryAfterSeconds } = failed;
  const today = working.clock();
  if (reason === 'gone') {
    const closed = { place, by, why: error, today };
    await inTransaction({ db: working.db }, ({ db }) => closeDestination(db, to, closed));
    return false;
  }
  if (reason !== 'later') {
    await inTransaction({ db: working.db }, ({ db }) => markDead(db, to, { id, by, error, today }));
    return true;
  }
  const cause = retryAfterSeconds === undefined ? 'passing' : 'throttled';
  const seconds = pause(attempts, retryAfterSeconds, Math.random());
  await tryLater(working, to, { id, by, error, cause, seconds, triedSince });
  return false;
}

/** A fault of ours may lie in this one post: it is not to keep those after it for ever. */
async function stumbled(
  working: Working,
  { to, by }: Turn,
  { id, attempts, faults, triedSince }: Delivery,
  error: string,
): Promise<void> {
  if (faults + 1 < MOST_FAULTS) {
    const seconds = pause(attempts, undefined, Math.random());
    return tryLater(working, to, { id, by, error, cause: 'fault', seconds, triedSince });
  }
  const givenUp = { id, by, error, today: working.clock() };
  await inTransaction({ db: working.db }, ({ db }) => markDead(db, to, givenUp));
}

type Failure = {
  readonly id: number;
  readonly by: string;
  readonly error: string;
  readonly cause: Cause;
  readonly seconds: number;
  readonly triedSince: Date | undefined;
};

async function tryLater(working: Working, to: To, failure: Failure): Promise<void> {
  const seconds = Math.max(1, failure.seconds);
  await inTransaction({ db: working.db }, ({ db }) => pauseTurn(db, to, { ...failure, seconds }));
  await comeBack(working, to, seconds);
}
