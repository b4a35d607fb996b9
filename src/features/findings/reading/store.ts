import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { SubscriptionAsItIs } from '../../../providers/index.ts';

export type Reading = {
  readonly id: number;
  readonly provider: string;
  readonly after: string;
  readonly startedAt: Date;
};

/** The providers at which subscriptions of ours run. */
export async function loadProviders(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('products')
    .select('provider')
    .distinct()
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('services as s')
          .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
          .select('s.id')
          .whereRef('s.product_id', '=', 'products.id')
          .where('sub.provider_subscription', 'is not', null),
      ),
    )
    .orderBy('provider')
    .execute();
  return rows.map(({ provider }) => provider);
}

/** The reading that broke off since then, else a new one. */
export async function takeUpReading(
  db: Db,
  provider: string,
  { now, since }: { readonly now: Date; readonly since: Date },
): Promise<Reading> {
  const reading = ['id', 'provider', 'after', 'started_at as startedAt'] as const;
  const begun = await db
    .selectFrom('readings')
    .select(reading)
    .where('provider', '=', provider)
    .where('finished_at', 'is', null)
    .where('started_at', '>=', since)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    begun ??
    db
      .insertInto('readings')
      .values({ provider, started_at: now, finished_at: null })
      .returning(reading)
      .executeTakeFirstOrThrow()
  );
}

/** Keeps a page, and how far the reading is. A page that another copy has kept already does no harm. */
export async function savePage(
  db: Db,
  reading: number,
  page: readonly SubscriptionAsItIs[],
  after: string,
): Promise<void> {
  await sql`
    insert into seen_subscriptions (reading_id, subscription, sku, quantity, status, domain)
    select ${reading}::int, * from unnest(
      ${page.map(({ subscription }) => subscription)}::text[], ${page.map(({ sku }) => sku)}::text[],
      ${page.map(({ quantity }) => quantity)}::int[], ${page.map(({ status }) => status)}::text[],
      ${page.map(({ domain }) => domain)}::text[])
    on conflict do nothing`.execute(db);
  const assigned = page.flatMap(({ subscription, assignments }) =>
    assignments.map((one) => ({ subscription, ...one })),
  );
  await sql`
    insert into seen_assignments (reading_id, subscription, user_name, units)
    select ${reading}::int, * from unnest(
      ${assigned.map(({ subscription }) => subscription)}::text[],
      ${assigned.map(({ userName }) => userName.toLowerCase())}::text[], ${assigned.map(({ units }) => units)}::int[])
    on conflict do nothing`.execute(db);
  await sql`update readings set after = greatest(after, ${after}) where id = ${reading}`.execute(db);
}

/** A reading that is complete takes the place of those before it. */
export async function finishReading(db: Db, { id, provider }: Reading, at: Date): Promise<void> {
  await db
    .updateTable('readings')
    .set({ finished_at: at })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
  await db.deleteFrom('readings').where('provider', '=', provider).where('id', '<', id).execute();
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
