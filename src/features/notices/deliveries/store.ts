import { type RawBuilder, sql } from 'kysely';
import type { Places } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { Db } from '../../../db/index.ts';
import { at, kept, release, type To } from '../queue/store.ts';
import { NEVER_SENT } from './rules.ts';

export type DeliveryState = 'waiting' | 'sent' | 'dead';
export type Show = 'all' | DeliveryState;

const deliveries = (db: Db, show: Show) =>
  db
    .selectFrom('deliveries')
    .$if(show !== 'all', (query) => query.where('deliveries.state', '=', show as DeliveryState));

export async function countDeliveries(db: Db): Promise<Record<DeliveryState, number>> {
  const rows = await deliveries(db, 'all')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const of = (state: DeliveryState) => rows.find((row) => row.state === state)?.count ?? 0;
  return { waiting: of('waiting'), sent: of('sent'), dead: of('dead') };
}

/** The latest first, with what they wait for. Of what is not to be kept not even the first line is read. */
export async function loadDeliveries(db: Db, show: Show, offset: number, limit: number) {
  const rows = await deliveries(db, show)
    .leftJoin('destinations as d', (join) =>
      join
        .onRef('d.platform', '=', 'deliveries.platform')
        .onRef('d.conversation', '=', 'deliveries.conversation'),
    )
    .select([
      'deliveries.kind',
      'deliveries.place',
      'deliveries.state',
      'deliveries.secret',
      'deliveries.attempts',
      'deliveries.error',
      'deliveries.created_at',
      'deliveries.sent_at',
      'deliveries.not_before',
      'deliveries.outdated',
      'd.dead_since',
    ])
    .select(sql<string>`case when secret then '' else split_part(reply->>'text', e'\n', 1) end`.as('what'))
    .select(
      sql<Date | null>`(
        select max(until) from (
          select d.paused_until as until
          union all select until from platform_pauses p where p.platform = deliveries.platform) as pauses
        where until > clock_timestamp())`.as('paused'),
    )
    .orderBy('deliveries.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, place: row.place as Place }));
}

export type Dead = {
  readonly place: Place;
  readonly since: Date;
  readonly why: string;
  /** How many posts are kept for it. */
  readonly waiting: number;
};

/** The places to which nothing gets through, as they are called now, those that were closed last first. */
export async function loadDead(db: Db): Promise<Dead[]> {
  const { rows } = await sql<Dead>`
    select coalesce(p.place, d.place) as place, d.dead_since as since, coalesce(d.dead_why, '') as why, (
      select count(*)::int from deliveries w
      where w.platform = d.platform and w.conversation = d.conversation and w.state = 'waiting') as waiting
    from destinations d
    left join places p on p.platform = d.platform and p.conversation = d.conversation
    where d.dead_since is not null
    order by d.dead_since desc, d.platform, d.conversation`.execute(db);
  return rows;
}

export async function isDead(db: Db, { platform, conversation }: To): Promise<boolean> {
  const row = await db
    .selectFrom('destinations')
    .select('platform')
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .where('dead_since', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

type Closed = { readonly place: Place; readonly why: string; readonly today: Date };

/**
 * Nothing gets through any more, or still nothing. What waits there is kept, but for secrets, which are not to lie about.
 */
export async function closeDestination(
  db: Db,
  to: To,
  { by, ...closed }: Closed & { by: string },
): Promise<void> {
  await close(db, to, closed);
  await release(db, to, by);
}

/** The same where nobody is about to post: the platform said so by itself. */
export async function closePlace(db: Db, closed: Closed): Promise<void> {
  const { platform, conversation } = closed.place;
  await sql`
    insert into destinations (platform, conversation) values (${platform}, ${conversation})
    on conflict (platform, conversation) do nothing`.execute(db);
  await close(db, closed.place, closed);
}

async function close(db: Db, to: To, { place, why, today }: Closed): Promise<void> {
  const { thread: _, ...stored } = place;
  await sql`
    update destinations set dead_since = coalesce(lost_since, ${today}), lost_since = null, dead_why = ${why},
      place = ${JSON.stringify(stored)}
    where ${at(to)} and dead_since is null`.execute(db);
  await sql`
    update deliveries set state = 'dead', given_up_at = ${today}, error = ${why}, reply = ${kept}
    where ${at(to)} and state = 'waiting' and secret`.execute(db);
  await sql`update deliveries set outdated = false
            where ${at(to)} and state = 'waiting' and outdated`.execute(db);
}

/** Is it this conversation, or within this? */
const isOf = (where: Places, conversation: RawBuilder<unknown>, place: RawBuilder<unknown>) => {
  const id = 'within' in where ? where.within : where.conversation;
  const isIt = sql<boolean>`${conversation} = ${id}`;
  // The first channel of a team goes by the id of the team.
  return 'within' in where ? sql<boolean>`(${isIt} or ${place}->>'within' = ${id})` : isIt;
};

/** The places within something, as far as they were heard of. */
export async function loadWithin(db: Db, platform: string, within: string): Promise<Place[]> {
  const { rows } = await sql<{ place: Place }>`
    select p.place from places p
    where p.platform = ${platform} and ${isOf({ within }, sql`p.conversation`, sql`p.place`)}
    order by p.conversation`.execute(db);
  return rows.map(({ place }) => place);
}

/** Those of these places that anything is posted to by itself. */
export async function loadHearing(db: Db, platform: string, where: Places): Promise<Place[]> {
  const { rows } = await sql<{ place: Place }>`
    select p.place from places p
    where p.platform = ${platform} and ${isOf(where, sql`p.conversation`, sql`p.place`)}
      and (exists (select from destinations d where d.platform = p.platform and d.conversation = p.conversation)
        or exists (select from notice_channels n where n.platform = p.platform and n.conversation = p.conversation)
        or exists (select from watches w where w.platform = p.platform and w.conversation = p.conversation)
        or exists (select from deliveries w
          where w.platform = p.platform and w.conversation = p.conversation and w.state = 'waiting'))
    order by p.conversation`.execute(db);
  return rows.map(({ place }) => place);
}

/** Those of these places to which nothing gets through. */
export async function loadDeadAt(db: Db, platform: string, where: Places): Promise<To[]> {
  const { rows } = await sql<To>`
    select d.platform, d.conversation from destinations d
    left join places p on p.platform = d.platform and p.conversation = d.conversation
    where d.platform = ${platform} and d.dead_since is not null
      and ${isOf(where, sql`d.conversation`, sql`coalesce(p.place, d.place)`)}
    order by d.conversation`.execute(db);
  return rows;
}

export type Revived = { readonly place: Place; readonly told: number; readonly dropped: number };

/**
 * Lets posts through again. What the place has missed since before `oldest` is not sent, and is given up as soon as
 * something else got through: till then the place may be as lost as before.
 */
export async function revive(
  db: Db,
  { platform, conversation }: To,
  oldest: Date,
): Promise<Revived | undefined> {
  const { rows } = await sql<{ place: Place; dead_since: Date }>`
    update destinations d set dead_since = null, dead_why = null, place = null, paused_until = null,
      lost_since = was.dead_since
    from (
      select platform, conversation, place, dead_since from destinations
      where platform = ${platform} and conversation = ${conversation} and dead_since is not null for update) as was
    where d.platform = was.platform and d.conversation = was.conversation
    returning was.place, was.dead_since`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const waiting = sql`platform = ${platform} and conversation = ${conversation} and state = 'waiting'`;
  const dropped = await sql`
    update deliveries set outdated = true
    where ${waiting} and greatest(created_at, not_before, ${row.dead_since}::timestamptz) < ${oldest}`.execute(
    db,
  );
  const told = await sql<{ count: number }>`
    select count(*)::int as count from deliveries where ${waiting} and not outdated`.execute(db);
  return {
    place: row.place,
    told: told.rows[0]?.count ?? 0,
    dropped: Number(dropped.numAffectedRows ?? 0),
  };
}

/** What was kept for longer than this is given up, and what ended before that is forgotten. */
export type Limits = { readonly keptSince: Date; readonly endedBefore: Date; readonly now: Date };

/** Forgets what nobody asks for any more: posts with what stands in them, threads, who has spoken where, and how places were posted to. */
export async function forgetOld(db: Db, { keptSince, endedBefore, now }: Limits): Promise<void> {
  await sql`
    update deliveries set state = 'dead', given_up_at = ${now}, error = ${NEVER_SENT}, reply = ${kept}
    where state = 'waiting' and greatest(created_at, not_before) < ${keptSince}`.execute(db);
  await sql`
    delete from deliveries
    where state <> 'waiting' and coalesce(given_up_at, sent_at, created_at) < ${endedBefore}`.execute(db);
  await sql`delete from notice_threads where used_at < ${endedBefore}`.execute(db);
  await sql`delete from speakers where spoke_at < ${endedBefore}`.execute(db);
  const dayAgo = sql`clock_timestamp() - interval '1 day'`;
  await sql`delete from sendings where at < ${dayAgo}`.execute(db);
  await sql`delete from platform_pauses where until < ${dayAgo}`.execute(db);
  await sql`
    delete from destinations d
    where dead_since is null and lost_since is null
      and coalesce(greatest(claimed_until, paused_until, wake_at, throttled_at), ${dayAgo}) <= ${dayAgo}
      and not exists (
        select from deliveries w
        where w.platform = d.platform and w.conversation = d.conversation and w.state = 'waiting')`.execute(
    db,
  );
}
