import { sql } from 'kysely';
import type { Db } from './open.ts';

type To = { readonly platform: string; readonly conversation: string };
type Limit = { readonly most: number; readonly seconds: number };

/**
 * How many seconds it is until a conversation may be posted to, at most so much as these limits allow; the clock is that
 * of the database, which all copies of the bot share. Zero or less: now.
 */
export async function secondsToWait(
  db: Db,
  { platform, conversation }: To,
  limits: readonly Limit[],
): Promise<number> {
  let longest = 0;
  for (const { most, seconds } of limits) {
    const { rows } = await sql<{ wait: number }>`
      select extract(epoch from at + make_interval(secs => ${seconds}) - clock_timestamp())::float8 as wait
      from sendings where platform = ${platform} and conversation = ${conversation}
      order by at desc offset ${most - 1} limit 1`.execute(db);
    longest = Math.max(longest, rows[0]?.wait ?? 0);
  }
  return longest;
}

/**
 * Notes that something was posted. It is noted once the platform has taken it, so that what follows reaches the platform
 * no sooner than the limits say, however long each takes to get there.
 */
export async function noteSending(
  db: Db,
  { platform, conversation }: To,
  limits: readonly Limit[],
): Promise<void> {
  if (limits.length === 0) return;
  const longest = Math.max(...limits.map(({ seconds }) => seconds));
  await sql`insert into sendings (platform, conversation) values (${platform}, ${conversation})`.execute(db);
  await sql`
    delete from sendings where platform = ${platform} and conversation = ${conversation}
      and at < clock_timestamp() - make_interval(secs => ${longest})`.execute(db);
}

/**
 * Notes that the platform asked to be left alone for so many seconds, and resolves to when they are over. It is asked of
 * the bot, not of one conversation: nothing else goes there meanwhile from any copy of it.
 */
export async function noteThrottled(
  db: Db,
  { platform, conversation }: To,
  seconds: number,
): Promise<Date | undefined> {
  await sql`
    insert into destinations (platform, conversation, throttled_at, throttled)
    values (${platform}, ${conversation}, clock_timestamp(), 1)
    on conflict (platform, conversation) do update
    set throttled_at = clock_timestamp(), throttled = destinations.throttled + 1`.execute(db);
  const { rows } = await sql<{ until: Date }>`
    insert into platform_pauses (platform, until)
    values (${platform}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (platform) do update set until = greatest(platform_pauses.until, excluded.until)
    returning until`.execute(db);
  return rows[0]?.until;
}

/** Until when a platform is to be left alone; nothing, where it is not. */
export async function pausedUntil(db: Db, platform: string): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date }>`
    select until from platform_pauses where platform = ${platform} and until > clock_timestamp()`.execute(db);
  return rows[0]?.until;
}
