import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { type Db, inScope, type Scope } from '../../db/index.ts';
import type { RowResult } from './kind.ts';
import type { PlannedRow } from './rules.ts';

/** What the preview said, for as long as the job lives. */
export type Preview = {
  readonly sheet?: string | undefined;
  readonly header?: readonly string[] | undefined;
  /** How many columns the sheet has. */
  readonly width: number;
  readonly units: number;
  readonly duplicates: number;
  readonly newUsers: number;
  readonly problems: readonly {
    readonly problem: string;
    readonly rows: number;
    readonly first: readonly string[];
  }[];
};

export type NewJob = {
  readonly kind: string;
  readonly organizationId: number;
  readonly serviceId: number | null;
  readonly actor: Actor;
  readonly place: Place;
  readonly fileName: string;
  readonly fileHash: string;
  readonly preview: Preview;
  readonly rows: number;
  readonly valid: number;
};

export async function saveJob(db: Db, job: NewJob, now: Date): Promise<number> {
  const row = await db
    .insertInto('jobs')
    .values({
      kind: job.kind,
      organization_id: job.organizationId,
      service_id: job.serviceId,
      state: 'preview',
      actor: JSON.stringify(job.actor),
      actor_name: job.actor.name,
      member_id: job.actor.kind === 'person' ? job.actor.memberId : null,
      place: JSON.stringify(job.place),
      file_name: job.fileName,
      file_hash: job.fileHash,
      preview: JSON.stringify(job.preview),
      rows: job.rows,
      valid: job.valid,
      created_at: now,
      accepted_at: null,
      finished_at: null,
      result_file: null,
      retry_file: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

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

export async function setService(
  db: Db,
  job: number,
  planned: { organizationId: number; serviceId: number; preview: Preview; rows: number; valid: number },
) {
  const { organizationId, serviceId, preview, rows, valid } = planned;
  await db
    .updateTable('jobs')
    .set({
      organization_id: organizationId,
      service_id: serviceId,
      preview: JSON.stringify(preview),
      rows,
      valid,
    })
    .where('id', '=', job)
    .execute();
  await db.deleteFrom('job_chunks').where('job_id', '=', job).execute();
}

const jobs = (db: Db) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('organizations as customer', 'customer.id', 'j.organization_id')
    .leftJoin('services as s', 's.id', 'j.service_id')
    .leftJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('orders as o', 'o.id', 's.order_id')
    .selectAll('j')
    .select(['customer.name as customer', 'p.name as product', 'p.max_units_per_user'])
    .select([
      'o.number',
      's.position',
      's.order_id',
      's.units',
      's.associated',
      's.reserved as reserved_of_service',
    ])
    .orderBy('j.id', 'desc');
export type JobRecord = Awaited<ReturnType<ReturnType<typeof jobs>['execute']>>[number];

export function loadJob(db: Db, scope: Scope, id: number): Promise<JobRecord | undefined> {
  return jobs(db).where(inScope('j.organization_id', scope)).where('j.id', '=', id).executeTakeFirst();
}

/** Of two who change a job at once, the second sees what the first did. */
export async function lockJob(db: Db, id: number): Promise<void> {
  await db.selectFrom('jobs').select('id').where('id', '=', id).forUpdate().execute();
}

export async function countJobs(db: Db, scope: Scope): Promise<number> {
  const row = await db
    .selectFrom('jobs')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(inScope('jobs.organization_id', scope))
    .where('state', '<>', 'discarded')
    .executeTakeFirstOrThrow();
  return row.total;
}

export function loadJobs(db: Db, scope: Scope, offset: number, limit: number): Promise<JobRecord[]> {
  return jobs(db)
    .where(inScope('j.organization_id', scope))
    .where('j.state', '<>', 'discarded')
    .offset(offset)
    .limit(limit)
    .execute();
}

/** The last job that ran with the same file for the same service. */
export function loadEarlierJob(db: Db, serviceId: number, fileHash: string) {
  return db
    .selectFrom('jobs')
    .select(['id', 'accepted_at', 'actor_name'])
    .where('service_id', '=', serviceId)
    .where('file_hash', '=', fileHash)
    .where('accepted_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Holds units back for a job, if that many are free. */
export async function reserve(db: Db, serviceId: number, units: number): Promise<boolean> {
  const { rows } = await sql`
    update services set reserved = reserved + ${units}
    where id = ${serviceId} and units - associated - reserved >= ${units}
    returning id`.execute(db);
  return rows.length > 0;
}

/** Gives back what a job still holds. */
export async function unreserve(db: Db, job: number): Promise<void> {
  await sql`
    with held as (select id, service_id, reserved from jobs where id = ${job}),
    freed as (
      update services s set reserved = s.reserved - held.reserved from held where s.id = held.service_id)
    update jobs set reserved = 0 where id = ${job}`.execute(db);
}

export async function acceptJob(db: Db, job: number, units: number, now: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'running', reserved: units, accepted_at: now })
    .where('id', '=', job)
    .execute();
}

export async function setState(db: Db, job: number, state: JobRecord['state']): Promise<void> {
  await db.updateTable('jobs').set({ state }).where('id', '=', job).execute();
}

/** Jobs that were started and have not ended. */
export async function loadUnfinished(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('jobs')
    .select('id')
    .where('accepted_at', 'is not', null)
    .where('finished_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The next chunk that has no results yet. */
export async function loadNextChunk(db: Db, job: number) {
  const row = await db
    .selectFrom('job_chunks')
    .select(['chunk', 'rows'])
    .where('job_id', '=', job)
    .where('results', 'is', null)
    .orderBy('chunk')
    .limit(1)
    .executeTakeFirst();
  return row && { chunk: row.chunk, rows: row.rows as readonly PlannedRow[] };
}

/** Writes down what became of a chunk: from then on it is not applied again. */
export async function saveResults(
  db: Db,
  job: number,
  chunk: number,
  results: readonly RowResult[],
  units: number,
): Promise<void> {
  const count = (status: RowResult['status']) => results.filter((result) => result.status === status).length;
  await db
    .updateTable('job_chunks')
    .set({ results: JSON.stringify(results) })
    .where('job_id', '=', job)
    .where('chunk', '=', chunk)
    .execute();
  await db
    .updateTable('jobs')
    .set((eb) => ({
      done: eb('done', '+', count('done')),
      failed: eb('failed', '+', count('failed')),
      reserved: eb('reserved', '-', units),
    }))
    .where('id', '=', job)
    .execute();
}

/** The chunks of a job from `from` on, in order. */
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

export async function finishJob(
  db: Db,
  job: number,
  end: { state: JobRecord['state']; at: Date; result: string; retry: string | null },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: end.state, finished_at: end.at, result_file: end.result, retry_file: end.retry })
    .where('id', '=', job)
    .execute();
}
