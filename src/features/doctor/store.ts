import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../db/index.ts';
import { MENDABLE } from '../execution/rules.ts';

const now = sql`clock_timestamp()`;

export type Database = { readonly version: string; readonly bytes: number; readonly at: Date };

export async function loadDatabase(db: Db): Promise<Database> {
  const { rows } = await sql<Database>`
    select version() as version, pg_database_size(current_database())::float8 as bytes, ${now} as at`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database gave no answer.');
  return row;
}

/** How long a question and its answer take: from one question to the next, by the database's own clock. */
export async function roundTripMs(db: Db): Promise<number> {
  const times: number[] = [];
  for (let asked = 0; asked < 4; asked += 1) {
    const { rows } = await sql<{ ms: number }>`
      select (extract(epoch from ${now}) * 1000)::float8 as ms`.execute(db);
    times.push(rows[0]?.ms ?? 0);
  }
  const trips = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.min(...trips);
}

export type Queue = {
  readonly name: string;
  readonly waiting: number;
  readonly failed: number;
  readonly oldestSeconds: number | null;
};

/** Background work that waits although its time has come, and what failed for good within a day. */
export async function loadQueues(db: Db): Promise<Queue[]> {
  const { rows } = await sql<Queue>`
    select name,
      count(*) filter (where is_due)::int as waiting,
      count(*) filter (where state = 'failed' and completed_on > ${now} - interval '1 day')::int as failed,
      extract(epoch from ${now} - min(start_after) filter (where is_due))::float8 as "oldestSeconds"
    from (
      select *, state in ('created', 'retry') and start_after <= ${now} as is_due from pgboss.job) as job
    group by name order by name`.execute(db);
  return rows;
}

export type Posts = {
  readonly dead: readonly { readonly name: string; readonly platform: string; readonly waiting: number }[];
  /** Posts that could be sent now, and how long the oldest has been kept back by nothing. */
  readonly due: number;
  readonly oldest: Date | null;
  /** Platforms that have not taken posts for a while, for what is not the fault of a post. */
  readonly failing: readonly Failing[];
  /** Given up within a day, but for letters. */
  readonly givenUp: number;
};

export type Failing = {
  readonly platform: string;
  readonly places: number;
  readonly seconds: number;
  readonly error: string;
};

export async function loadPosts(db: Db, today: Date): Promise<Posts> {
  const dead = await sql<Posts['dead'][number]>`
    select coalesce(place->>'name', '') as name, platform, (
      select count(*)::int from deliveries w
      where w.platform = d.platform and w.conversation = d.conversation and w.state = 'waiting') as waiting
    from destinations d where dead_since is not null order by dead_since desc`.execute(db);
  const due = await sql<{ due: number; oldest: Date | null }>`
    select count(*)::int as due, min(greatest(created_at, not_before)) as oldest
    from deliveries p left join destinations d using (platform, conversation)
    where p.state = 'waiting' and d.dead_since is null and not p.outdated
      and not exists (select from platform_pauses q where q.platform = p.platform and q.until > ${now})
      and (p.not_before is null or p.not_before <= ${today})
      and (d.paused_until is null or d.paused_until <= ${now})`.execute(db);
  const lost = await sql<{ count: number }>`
    select count(*)::int as count from deliveries
    where state = 'dead' and platform <> 'mail' and given_up_at > ${dayBefore(today)}`.execute(db);
  return {
    dead: dead.rows,
    due: due.rows[0]?.due ?? 0,
    oldest: due.rows[0]?.oldest ?? null,
    failing: await loadFailing(db),
    givenUp: lost.rows[0]?.count ?? 0,
  };
}

const A_WHILE = sql`interval '10 minutes'`;

async function loadFailing(db: Db): Promise<Failing[]> {
  const { rows } = await sql<Failing>`
    select platform, count(distinct conversation)::int as places,
      extract(epoch from ${now} - min(coalesce(tried_at, created_at)))::float8 as seconds,
      (array_agg(error order by id desc))[1] as error
    from deliveries p left join destinations d using (platform, conversation)
    where p.state = 'waiting' and p.attempts > 0 and p.error is not null and d.dead_since is null
      and coalesce(tried_at, created_at) < ${now} - ${A_WHILE}
    group by platform order by platform`.execute(db);
  return rows;
}

export type Throttled = { readonly platform: string; readonly places: number; readonly last: Date };

/** Platforms that asked to be slower within a day. */
export async function loadThrottled(db: Db): Promise<Throttled[]> {
  const { rows } = await sql<Throttled>`
    select platform, count(*)::int as places, max(throttled_at) as last from destinations
    where throttled_at > ${now} - interval '1 day' group by platform order by platform`.execute(db);
  return rows;
}

export type Refused = { readonly count: number; readonly error: string | null };

/** Letters that were given up within a day, and why the last one was. */
export async function loadRefusedLetters(db: Db, today: Date): Promise<Refused> {
  const { rows } = await sql<Refused>`
    select count(*)::int as count, (array_agg(error order by given_up_at desc, id desc))[1] as error
    from deliveries where platform = 'mail' and state = 'dead' and given_up_at > ${dayBefore(today)}`.execute(
    db,
  );
  return rows[0] ?? { count: 0, error: null };
}

export type Reading = {
  readonly provider: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly error: string | null;
};

/** The last time each vendor was read. */
export async function loadReadings(db: Db): Promise<Reading[]> {
  const { rows } = await sql<Reading>`
    select distinct on (provider) provider, started_at, finished_at, error
    from readings order by provider, id desc`.execute(db);
  return rows;
}

export type RefusedByVendor = { readonly ref: string; readonly reason: string };

/** The orders of these that failed within a day and were not mended since; the last first. */
export async function loadFailedOrders(db: Db, viewer: Viewer, today: Date): Promise<RefusedByVendor[]> {
  const { rows } = await sql<RefusedByVendor>`
    select o.number::text as ref, (array_agg(step.error order by step.finished_at desc, step.position))[1] as reason
    from orders o join order_steps step on step.order_id = o.id
    where o.status = any(${[...MENDABLE]}::text[]) and step.state = 'failed'
      and step.finished_at > ${dayBefore(today)}
      and ${inScope('o.organization_id', viewer.scope)} and ${orderExistsFor('o.id', viewer)}
    group by o.id order by max(step.finished_at) desc, o.number desc`.execute(db);
  return rows;
}

/** Services of which a vendor does not assign units as we do. It is asked again every hour. */
export async function loadUnassigned(db: Db, viewer: Viewer): Promise<RefusedByVendor[]> {
  const { rows } = await sql<RefusedByVendor>`
    select o.number || '/' || s.position as ref, told.error as reason
    from assignments_told told join services s on s.id = told.service_id join orders o on o.id = s.order_id
    where told.error is not null
      and ${inScope('s.organization_id', viewer.scope)} and ${orderExistsFor('o.id', viewer)}
    order by told.told_at desc nulls last, o.number, s.position`.execute(db);
  return rows;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const dayBefore = (today: Date): Date => new Date(today.getTime() - DAY_MS);
