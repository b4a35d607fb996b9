import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { SubscriptionAsItIs } from '../../../providers/index.ts';

export type Reading = {
  readonly id: number;
  readonly provider: string;
  readonly after: string;
  readonly startedAt: Date;
};

/** The providers of what is sold. */
export async function loadProviders(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('products').select('provider').distinct().orderBy('provider').execute();
  return rows.map(({ provider }) => provider);
}

/** Of several copies of the bot one begins or ends a reading of a provider at a time, until its transaction ends. */
export async function lockReadings(db: Db, provider: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reading of ' || ${provider}::text))`.execute(db);
}

/** The reading that is under way, or broke off since then, else a new one. What got its last page before is given up. */
export async function takeUpReading(
  db: Db,
  provider: string,
  { now, since }: { readonly now: Date; readonly since: Date },
): Promise<Reading> {
  const reading = ['id', 'provider', 'after', 'started_at as startedAt'] as const;
  await lockReadings(db, provider);
  await db
    .deleteFrom('readings')
    .where('provider', '=', provider)
    .where('finished_at', 'is', null)
    .where(sql<boolean>`coalesce(read_at, started_at) < ${since}`)
    .execute();
  const begun = await db
    .selectFrom('readings')
    .select(reading)
    .where('provider', '=', provider)
    .where('finished_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    begun ??
    db
      .insertInto('readings')
      .values({ provider, started_at: now, read_at: null, finished_at: null, error: null })
      .returning(reading)
      .executeTakeFirstOrThrow()
  );
}

type Page = {
  /** The last subscription before it, and the last one of it. */
  readonly from: string;
  readonly to: string;
  readonly subscriptions: readonly SubscriptionAsItIs[];
};

/** Of a reading that does not go on: a copy of the bot has completed it, or a later one; or it was only given up. */
export type Ended = 'over' | 'gone';

/**
 * Keeps a page, unless another copy of the bot has gone on from there: then it goes on from where that one is, or says
 * how the reading ended.
 */
export async function savePage(
  db: Db,
  reading: Reading,
  page: Page,
  now: Date,
): Promise<{ readonly after: string; readonly added: number } | Ended> {
  const at = await lockReading(db, reading);
  if (typeof at === 'string' || at.after !== page.from)
    return typeof at === 'string' ? at : { ...at, added: 1 };
  const added = await addSeen(db, reading.id, page.subscriptions);
  await db
    .updateTable('readings')
    .set((eb) => ({ after: page.to, seen: eb('seen', '+', added), read_at: now, error: null }))
    .where('id', '=', reading.id)
    .execute();
  return { after: page.to, added };
}

async function addSeen(db: Db, reading: number, page: readonly SubscriptionAsItIs[]): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    with added as (
      insert into seen_subscriptions (reading_id, subscription, sku, quantity, status, domain)
      select ${reading}::int, * from unnest(
        ${page.map(({ subscription }) => subscription)}::text[], ${page.map(({ sku }) => sku)}::text[],
        ${page.map(({ quantity }) => quantity)}::int[], ${page.map(({ status }) => status)}::text[],
        ${page.map(({ domain }) => domain)}::text[])
      on conflict do nothing returning 1)
    select count(*)::int as added from added`.execute(db);
  const assigned = page.flatMap(({ subscription, assignments }) =>
    assignments.map((one) => ({ subscription, ...one })),
  );
  await sql`
    insert into seen_assignments (reading_id, subscription, user_name, units)
    select ${reading}::int, subscription, user_name, sum(units) from unnest(
      ${assigned.map(({ subscription }) => subscription)}::text[],
      ${assigned.map(({ userName }) => userName.trim().toLowerCase())}::text[],
      ${assigned.map(({ units }) => units)}::int[]) as given (subscription, user_name, units)
    where units > 0
    group by subscription, user_name
    on conflict do nothing`.execute(db);
  return rows[0]?.added ?? 0;
}

/** How far it is, or how it ended. Nobody else reads on or finishes it before this transaction ends. */
export async function lockReading(
  db: Db,
  { id, provider }: Reading,
): Promise<{ readonly after: string } | Ended> {
  const open = await db
    .selectFrom('readings')
    .select('after')
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (open !== undefined) return open;
  const complete = await db
    .selectFrom('readings')
    .select('id')
    .where('provider', '=', provider)
    .where('id', '>=', id)
    .where('finished_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return complete === undefined ? 'gone' : 'over';
}

/** A reading that is complete takes the place of those before it. */
export async function finishReading(db: Db, { id, provider }: Reading, at: Date): Promise<void> {
  await db.updateTable('readings').set({ finished_at: at, error: null }).where('id', '=', id).execute();
  await db.deleteFrom('readings').where('provider', '=', provider).where('id', '<', id).execute();
}

/** Keeps why the reading of a provider could not go on. */
export async function saveError(db: Db, provider: string, error: string): Promise<void> {
  await db
    .updateTable('readings')
    .set({ error })
    .where('provider', '=', provider)
    .where('finished_at', 'is', null)
    .execute();
}

/** The last complete reading of a provider. */
export async function lastReading(
  db: Db,
  provider: string,
): Promise<{ readonly id: number; readonly startedAt: Date } | undefined> {
  return db
    .selectFrom('readings')
    .select(['id', 'started_at as startedAt'])
    .where('provider', '=', provider)
    .where('finished_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export type Progress = {
  readonly provider: string;
  /** When its last complete reading ended. */
  readonly readAt: Date | null;
  /** Of the one that is not complete: how many subscriptions were read so far, and why it does not go on. */
  readonly reading: boolean;
  readonly seen: number;
  readonly error: string | null;
};

export const unreadOf = (progress: readonly Progress[]) =>
  progress.flatMap(({ provider, error }) => (error === null ? [] : [{ provider, reason: error }]));

/** How far each provider was read. */
export async function loadProgress(db: Db): Promise<Progress[]> {
  const { rows } = await sql<Progress>`
    select all_of_them.provider, done.finished_at as "readAt", open.id is not null as reading,
      coalesce(open.seen, 0) as seen, open.error
    from (select distinct provider from products) as all_of_them
    left join lateral (
      select finished_at from readings r
      where r.provider = all_of_them.provider and finished_at is not null order by id desc limit 1) as done on true
    left join lateral (
      select id, seen, error from readings r
      where r.provider = all_of_them.provider and finished_at is null order by id desc limit 1) as open on true
    order by all_of_them.provider`.execute(db);
  return rows;
}
