import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import type { RowResult } from '../kind.ts';
import type { PlannedRow } from '../rules.ts';

/** Keeps rows in batches; each is carried out in one transaction later. */
export async function saveChunks(
  db: Db,
  job: number,
  chunks: readonly (readonly PlannedRow[])[],
): Promise<void> {
  for (const [chunk, rows] of chunks.entries()) {
    await db
      .insertInto('job_chunks')
      .values({ job_id: job, chunk, rows: JSON.stringify(rows), results: null })
      .execute();
    // The embedded database answers without ever letting go of the event loop.
    await turn();
  }
}

/** The next batch that has no results yet, and the units that are held back for it, by service. */
export async function loadNextChunk(db: Db, job: number) {
  const row = await db
    .selectFrom('job_chunks as c')
    .select(['c.chunk', 'c.rows'])
    .select((of) =>
      of
        .selectFrom('job_reservations as r')
        .select(sql<Record<string, number> | null>`jsonb_object_agg(r.service_id, r.units)`.as('held'))
        .whereRef('r.job_id', '=', 'c.job_id')
        .as('held'),
    )
    .where('c.job_id', '=', job)
    .where('c.results', 'is', null)
    .orderBy('c.chunk')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      chunk: row.chunk,
      rows: row.rows as readonly PlannedRow[],
      held: new Map(Object.entries(row.held ?? {}).map(([id, units]) => [Number(id), units])),
    }
  );
}

export type BatchDone = {
  readonly job: number;
  readonly chunk: number;
  readonly results: readonly RowResult[];
  readonly done: number;
  readonly failed: number;
  /** Units that are no longer held back, by service. */
  readonly used: ReadonlyMap<number, number>;
};

/** Writes down what became of a batch: from then on it is not applied again. */
export async function saveResults(
  db: Db,
  { job, chunk, results, done, failed, used }: BatchDone,
): Promise<void> {
  const services = [...used.keys()];
  const units = [...used.values()];
  const more = units.some((count) => count < 0)
    ? sql`, more as (
        insert into job_reservations as r (job_id, service_id, units)
        select ${job}::int, service_id, -units
        from unnest(${services}::int[], ${units}::int[]) as used(service_id, units) where units < 0
        on conflict (job_id, service_id) do update set units = r.units + excluded.units)`
    : sql``;
  await sql`
    with batch as (
      update job_chunks set results = ${JSON.stringify(results)}::jsonb
      where job_id = ${job} and chunk = ${chunk}),
    less as (
      update job_reservations r set units = r.units - used.units
      from unnest(${services}::int[], ${units}::int[]) as used(service_id, units)
      where r.job_id = ${job} and r.service_id = used.service_id and used.units > 0) ${more}
    update jobs set done = done + ${done}, failed = failed + ${failed} where id = ${job}`.execute(db);
}

/** The batches of a job from `from` on, in order. */
export async function loadChunks(db: Db, job: number, from: number, limit: number) {
  const rows = await db
    .selectFrom('job_chunks')
    .select(['rows', 'results'])
    .where('job_id', '=', job)
    .where('chunk', '>=', from)
    .orderBy('chunk')
    .limit(limit)
    .execute();
  return rows.map(({ rows, results }) => ({
    rows: rows as readonly PlannedRow[],
    results: results as readonly RowResult[] | null,
  }));
}
