import { type RawBuilder, sql } from 'kysely';
import type { Limit } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { type Db, inTransaction, noteSending, noteThrottled, secondsToWait } from '../../../db/index.ts';
import { OUTDATED } from '../deliveries/rules.ts';
import { quietUntil } from '../hours/rules.ts';
import { loadHours } from '../hours/store.ts';

export type To = { readonly platform: string; readonly conversation: string };

export type Delivery = {
  readonly id: number;
  readonly key: string;
  readonly place: Place;
  readonly reply: Reply;
  /** What it is about. */
  readonly thread: string | null;
  readonly attempts: number;
  /** Tries at which we ourselves stumbled. */
  readonly faults: number;
  /** The first try before this one. */
  readonly triedSince: Date | undefined;
};

/** Either a post to be sent now, or in how many seconds there may be one; nothing, where none waits. */
export type Turn = { readonly delivery: Delivery } | { readonly wait: number | undefined };

const now = sql`clock_timestamp()`;
/** As long as it takes to notice that a copy of the bot was killed. */
const claimed = sql`${now} + interval '15 seconds'`;
const inSeconds = (seconds: number) => sql<Date>`${now} + make_interval(secs => ${seconds})`;
export const at = ({ platform, conversation }: To): RawBuilder<boolean> =>
  sql`platform = ${platform} and conversation = ${conversation}`;

/**
 * Takes the conversation for a while, if nobody else has it, with the oldest post that may be sent now: so posts of one
 * conversation keep their order and the pace, however many copies of the bot deliver. `today` is the time by which posts
 * are held back.
 */
export function takeTurn(
  db: Db,
  to: To,
  { by, limits, today }: { readonly by: string; readonly limits: readonly Limit[]; readonly today: Date },
): Promise<Turn> {
  return inTransaction({ db }, async (inside) => {
    const paused = await secondsPaused(inside.db, to);
    if (paused !== undefined) return { wait: paused };
    if (!(await claim(inside.db, to, by))) return { wait: await secondsToFree(inside.db, to) };
    const oldest = await findAwake(inside.db, to, today);
    const pace = oldest === undefined ? 0 : await secondsToWait(inside.db, to, limits);
    const delivery = oldest !== undefined && pace <= 0 ? await take(inside.db, oldest) : undefined;
    if (delivery !== undefined) return { delivery };
    await release(inside.db, to, by);
    return { wait: pace > 0 ? pace : await secondsHeld(inside.db, to, today) };
  });
}

async function claim(db: Db, { platform, conversation }: To, by: string): Promise<boolean> {
  const { rows } = await sql`
    insert into destinations (platform, conversation, claimed_by, claimed_until)
    values (${platform}, ${conversation}, ${by}, ${claimed})
    on conflict (platform, conversation) do update set claimed_by = ${by}, claimed_until = ${claimed}
    where destinations.dead_since is null
      and (destinations.claimed_until is null or destinations.claimed_until < ${now})
      and (destinations.paused_until is null or destinations.paused_until <= ${now})
    returning platform`.execute(db);
  return rows.length > 0;
}

/** The oldest that quiet hours leave through: they may have begun since it was stored. */
async function findAwake(db: Db, to: To, today: Date): Promise<number | undefined> {
  const oldest = await findOldest(db, to, today);
  if (!oldest?.may_wait) return oldest?.id;
  const hours = await loadHours(db, to);
  const until = hours && quietUntil(today, hours);
  if (until === undefined) return oldest.id;
  await sql`
    update deliveries set not_before = ${until}
    where ${at(to)} and state = 'waiting' and may_wait and not_before is distinct from ${until}`.execute(db);
  return (await findOldest(db, to, today))?.id;
}

async function findOldest(
  db: Db,
  to: To,
  today: Date,
): Promise<{ id: number; may_wait: boolean } | undefined> {
  const { rows } = await sql<{ id: number; may_wait: boolean }>`
    select id, may_wait from deliveries
    where ${at(to)} and state = 'waiting' and not outdated and (not_before is null or not_before <= ${today})
    order by id limit 1`.execute(db);
  return rows[0];
}

async function take(db: Db, id: number): Promise<Delivery | undefined> {
  const { rows } = await sql<Omit<Delivery, 'triedSince'> & { tried_since: Date | null }>`
    update deliveries set attempts = d.attempts + 1, tried_at = coalesce(d.tried_at, ${now})
    from deliveries as d
    where deliveries.id = ${id} and d.id = deliveries.id and deliveries.state = 'waiting'
    returning d.id, d.key, d.place, d.reply, d.thread, deliveries.attempts, d.faults, d.tried_at as tried_since`.execute(
    db,
  );
  return rows.map(({ tried_since, ...one }) => ({ ...one, triedSince: tried_since ?? undefined }))[0];
}

export const release = (db: Db, to: To, by: string) =>
  sql`update destinations set claimed_by = null, claimed_until = null
      where ${at(to)} and claimed_by = ${by}`.execute(db);

const waits = (to: To) => sql`exists (select from deliveries where ${at(to)} and state = 'waiting')`;

/** Until the platform is to be left alone, where something waits. */
async function secondsPaused(db: Db, to: To): Promise<number | undefined> {
  const { rows } = await sql<{ wait: number }>`
    select extract(epoch from until - ${now})::float8 as wait from platform_pauses
    where platform = ${to.platform} and until > ${now} and ${waits(to)}`.execute(db);
  return rows[0]?.wait;
}

/**
 * When to look whether somebody else has posted what waits here: at once for what has just come, ever more rarely for
 * what nobody can post.
 */
export async function secondsToPassOn(db: Db, to: To): Promise<number | undefined> {
  const { rows } = await sql<{ wait: number | null }>`
    select least(300, greatest(2, extract(epoch from ${now} - min(created_at)) / 10))::float8 as wait
    from deliveries where ${at(to)} and state = 'waiting'`.execute(db);
  return rows[0]?.wait ?? undefined;
}

/** Until whoever posts there is done or taken for dead, or the pause is over. */
async function secondsToFree(db: Db, to: To): Promise<number | undefined> {
  const { rows } = await sql<{ wait: number }>`
    select greatest(0, extract(epoch from greatest(claimed_until, paused_until) - ${now}))::float8 as wait
    from destinations
    where ${at(to)} and dead_since is null and exists (
      select from deliveries d where d.platform = destinations.platform
        and d.conversation = destinations.conversation and d.state = 'waiting')`.execute(db);
  return rows[0]?.wait;
}

async function secondsHeld(db: Db, to: To, today: Date): Promise<number | undefined> {
  const { rows } = await sql<{ until: Date | null }>`
    select min(not_before) as until from deliveries
    where ${at(to)} and state = 'waiting' and not outdated and not_before > ${today}`.execute(db);
  const until = rows[0]?.until ?? undefined;
  return until && (until.getTime() - today.getTime()) / 1000;
}

/** Whoever posts says every now and then that it still does. */
export async function keepTurn(db: Db, to: To, by: string): Promise<void> {
  await sql`update destinations set claimed_until = ${claimed}
            where ${at(to)} and claimed_by = ${by}`.execute(db);
}

/** Two that mean the same moment are this close to each other. */
const SLACK_SECONDS = 0.05;

/** When somebody is to look after this conversation again; nothing where somebody does so already by then. */
export async function planWake(
  db: Db,
  { platform, conversation }: To,
  seconds: number,
): Promise<Date | undefined> {
  const { rows } = await sql<{ wake_at: Date }>`
    insert into destinations as d (platform, conversation, wake_at)
    values (${platform}, ${conversation}, ${inSeconds(seconds)})
    on conflict (platform, conversation) do update set wake_at = ${inSeconds(seconds)}
    where d.wake_at is null or d.wake_at <= ${now} or d.wake_at > ${inSeconds(seconds + SLACK_SECONDS)}
    returning wake_at`.execute(db);
  return rows[0]?.wake_at;
}

/** What is left of a post with a secret in it: that there was one. */
const BLANK: Reply = { text: '', audience: 'asker', position: 'below' };
export const kept = sql<string>`case when secret then ${JSON.stringify(BLANK)}::jsonb else reply end`;

type Mine = { readonly by: string; readonly limits: readonly Limit[] };

/** It stands there: noted with the message whose thread it began, and the conversation is free again. */
export async function markSent(
  db: Db,
  to: To,
  { id, thread, today, ...mine }: Mine & { id: number; thread: Thread | undefined; today: Date },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'sent', sent_at: today, error: null, reply: kept })
    .where('id', '=', id)
    .execute();
  if (thread !== undefined) await rememberThread(db, to, thread, today);
  await dropOutdated(db, to, today);
  await noteSending(db, to, mine.limits);
  await release(db, to, mine.by);
}

/** The place is found again: what was not worth telling any more when it was, is given up. */
async function dropOutdated(db: Db, to: To, today: Date): Promise<void> {
  const { rows } = await sql`
    update destinations set lost_since = null where ${at(to)} and lost_since is not null
    returning platform`.execute(db);
  if (rows.length === 0) return;
  await sql`
    update deliveries set state = 'dead', given_up_at = ${today}, error = ${OUTDATED}, reply = ${kept}
    where ${at(to)} and state = 'waiting' and outdated`.execute(db);
}

type GivenUp = { readonly id: number; readonly by: string; readonly error: string; readonly today: Date };

/** It is given up; what follows it goes on. */
export async function markDead(db: Db, to: To, { id, by, error, today }: GivenUp): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'dead', given_up_at: today, error, reply: kept })
    .where('id', '=', id)
    .execute();
  await release(db, to, by);
}

/** What kept a post back: a platform that wants to be left alone, anything else on the way there, or a fault of ours. */
export type Cause = 'throttled' | 'passing' | 'fault';

/** Nobody posts there before so many seconds are over. A pause that the platform asked for is no failed try. */
export async function pauseTurn(
  db: Db,
  to: To,
  pause: Pick<Delivery, 'id' | 'triedSince'> & { by: string; seconds: number; error: string; cause: Cause },
): Promise<void> {
  const { id, by, seconds, error, cause, triedSince } = pause;
  const [tries, faults] = [cause === 'throttled' ? 1 : 0, cause === 'fault' ? 1 : 0];
  // What the platform did not take is not there: whether it may be is as it was before.
  const tried = cause === 'throttled' ? sql`${triedSince ?? null}::timestamptz` : sql`tried_at`;
  await sql`update deliveries set error = ${error}, attempts = attempts - ${tries}, faults = faults + ${faults},
              tried_at = ${tried} where id = ${id}`.execute(db);
  if (cause === 'throttled') await noteThrottled(db, to, seconds);
  await sql`update destinations set paused_until = ${inSeconds(seconds)} where ${at(to)}`.execute(db);
  await release(db, to, by);
}

export type Thread = { readonly name: string; readonly message: string };

/** The message whose thread a thing has in a conversation. */
export async function findThread(db: Db, to: To, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('notice_threads')
    .select('message')
    .where('platform', '=', to.platform)
    .where('conversation', '=', to.conversation)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.message;
}

const rememberThread = (db: Db, { platform, conversation }: To, { name, message }: Thread, today: Date) =>
  db
    .insertInto('notice_threads')
    .values({ platform, conversation, name, message, used_at: today })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'name']).doUpdateSet({ message, used_at: today }),
    )
    .execute();

/** Conversations with posts that wait: after a crash they are taken up again. */
export function loadWaiting(db: Db): Promise<To[]> {
  return db
    .selectFrom('deliveries')
    .select(['platform', 'conversation'])
    .where('state', '=', 'waiting')
    .distinct()
    .execute();
}
