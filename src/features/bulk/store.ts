import { sql } from 'kysely';
import type { Actor } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { type Db, inScope, type Scope } from '../../db/index.ts';
import { saveChunks } from './rows/store.ts';
import type { Plan, Preview } from './rules.ts';

export type NewJob = {
  readonly kind: string;
  readonly organizationId: number;
  readonly serviceId: number | null;
  readonly option: string | null;
  readonly actor: Actor;
  readonly place: Place;
  readonly fileName: string;
  readonly fileHash: string;
  readonly rows: number;
};

/** A job of which nothing is known yet but its rows. */
export async function saveJob(db: Db, job: NewJob, preview: Partial<Preview>, now: Date): Promise<number> {
  const row = await db
    .insertInto('jobs')
    .values({
      kind: job.kind,
      organization_id: job.organizationId,
      service_id: job.serviceId,
      option: job.option,
      state: 'asked',
      actor: JSON.stringify(job.actor),
      actor_name: job.actor.name,
      member_id: job.actor.kind === 'person' ? job.actor.memberId : null,
      place: JSON.stringify(job.place),
      file_name: job.fileName,
      file_hash: job.fileHash,
      preview: JSON.stringify(preview),
      rows: job.rows,
      valid: 0,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The job that takes `of` back; its rows follow. */
export async function saveUndoJob(
  db: Db,
  of: JobRecord,
  by: { readonly actor: Actor; readonly place: Place; readonly now: Date },
): Promise<number> {
  const saved: NewJob = {
    kind: of.kind,
    organizationId: of.organization_id,
    serviceId: of.service_id,
    option: of.option,
    actor: by.actor,
    place: by.place,
    fileName: of.file_name,
    fileHash: '',
    rows: of.done,
  };
  const id = await saveJob(db, saved, {}, by.now);
  await db
    .updateTable('jobs')
    .set({ state: 'running', undo_of: of.id, valid: of.done, accepted_at: by.now })
    .where('id', '=', id)
    .execute();
  return id;
}

/** Who it is for, once that is known. */
export async function setTarget(
  db: Db,
  job: number,
  to: { readonly organizationId: number; readonly serviceId: number | null; readonly option: string | null },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ organization_id: to.organizationId, service_id: to.serviceId, option: to.option })
    .where('id', '=', job)
    .execute();
}

/** Puts a plan in the place of whatever the job held before. What the job is waiting for stays as it is. */
export async function savePlan(db: Db, job: number, plan: Plan): Promise<void> {
  const { rows, valid, digest, batches } = plan;
  await db
    .updateTable('jobs')
    .set({ preview: JSON.stringify(plan.preview), rows, valid, digest })
    .where('id', '=', job)
    .execute();
  await db.deleteFrom('job_chunks').where('job_id', '=', job).execute();
  await saveChunks(db, job, batches);
}

const jobs = (db: Db) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('organizations as customer', 'customer.id', 'j.organization_id')
    .leftJoin('services as s', 's.id', 'j.service_id')
    .leftJoin('products as p', 'p.id', 's.product_id')
    .leftJoin('orders as o', 'o.id', 's.order_id')
    .selectAll('j')
    .select(['customer.name as customer', 'customer.kind as organization_kind'])
    .select(['p.name as product', 'p.max_units_per_user', 'o.number', 's.position', 's.order_id'])
    .orderBy('j.id', 'desc');
export type JobRecord = Awaited<ReturnType<ReturnType<typeof jobs>['execute']>>[number];

export function loadJob(db: Db, scope: Scope, id: number): Promise<JobRecord | undefined> {
  return jobs(db).where(inScope('j.organization_id', scope)).where('j.id', '=', id).executeTakeFirst();
}

/** Of two who change a job at once, the second sees what the first did. */
export function lockJob(db: Db, scope: Scope, id: number): Promise<JobRecord | undefined> {
  return jobs(db)
    .where(inScope('j.organization_id', scope))
    .where('j.id', '=', id)
    .forUpdate('j')
    .executeTakeFirst();
}

/** Locks a job and then its service, in this order everywhere; resolves to what may have changed of the job. */
export async function lockState(
  db: Db,
  { id, service_id }: JobRecord,
): Promise<Pick<JobRecord, 'state' | 'member_id'> | undefined> {
  type Now = Pick<JobRecord, 'state' | 'member_id'>;
  const { rows } =
    service_id === null
      ? await sql<Now>`select state, member_id from jobs where id = ${id} for update`.execute(db)
      : await sql<Now>`
          select j.state, j.member_id from jobs j join services s on s.id = j.service_id
          where j.id = ${id} for update of j, s`.execute(db);
  return rows[0];
}

/** What somebody is now. */
export function loadMember(db: Db, id: number) {
  return db
    .selectFrom('members as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['m.role', 'm.email', 'o.id as organizationId', 'o.kind'])
    .where('m.id', '=', id)
    .executeTakeFirst();
}

/** `alsoOwn`: those of the provider too, which are about no customer. */
const listed = (db: Db, scope: Scope, alsoOwn: boolean) =>
  jobs(db)
    .where(
      alsoOwn
        ? sql<boolean>`(${inScope('j.organization_id', scope)} or customer.kind = 'provider')`
        : sql<boolean>`(${inScope('j.organization_id', scope)} and customer.kind <> 'provider')`,
    )
    .where('j.state', 'not in', ['asked', 'discarded'])
    // What can't be run is no job.
    .where((is) => is.or([is('j.state', '<>', 'preview'), is('j.valid', '>', 0)]));

export async function countJobs(db: Db, scope: Scope, alsoOwn: boolean): Promise<number> {
  const row = await listed(db, scope, alsoOwn)
    .clearSelect()
    .clearOrderBy()
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

export function loadJobs(
  db: Db,
  scope: Scope,
  alsoOwn: boolean,
  offset: number,
  limit: number,
): Promise<JobRecord[]> {
  return listed(db, scope, alsoOwn).offset(offset).limit(limit).execute();
}

/** The last job that ran with the same file for the same customer or service, and was not taken back. */
export function loadEarlierJob(db: Db, job: JobRecord) {
  return db
    .selectFrom('jobs')
    .select(['id', 'accepted_at', 'actor_name'])
    .where('organization_id', '=', job.organization_id)
    .where('kind', '=', job.kind)
    .where('service_id', 'is not distinct from', job.service_id)
    .where('file_hash', '=', job.file_hash)
    .where('accepted_at', 'is not', null)
    .where('id', '<>', job.id)
    .where('undo_of', 'is', null)
    .where(sql<boolean>`not exists (select from jobs u where u.undo_of = jobs.id and u.state = 'done')`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Remembers of which job the preview says that it ran with the same file. */
export async function setEarlier(db: Db, job: number, preview: Preview, earlier: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ preview: JSON.stringify({ ...preview, earlier }) })
    .where('id', '=', job)
    .execute();
}

/** Whoever runs a job is who did it, and hears of its end there. */
export async function acceptJob(
  db: Db,
  job: number,
  { actor, place, now }: { readonly actor: Actor; readonly place: Place; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({
      state: 'running',
      accepted_at: now,
      actor: JSON.stringify(actor),
      actor_name: actor.name,
      member_id: actor.kind === 'person' ? actor.memberId : null,
      place: JSON.stringify(place),
    })
    .where('id', '=', job)
    .execute();
}

/** What was prepared outside of a transaction becomes a preview; nothing where it is not there any more. */
export async function openPrepared(db: Db, job: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ state: 'preview' })
    .where('id', '=', job)
    .where('state', '=', 'asked')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function setState(db: Db, job: number, state: JobRecord['state']): Promise<void> {
  await db.updateTable('jobs').set({ state }).where('id', '=', job).execute();
}

export async function setRows(db: Db, job: number, rows: number, width: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ rows, valid: rows, preview: JSON.stringify({ width, early: 0 }) })
    .where('id', '=', job)
    .execute();
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

export type Ending = {
  readonly state: JobRecord['state'];
  readonly at: Date;
  readonly result: string | null;
  readonly retry: string | null;
};

export async function finishJob(db: Db, job: number, { state, at, result, retry }: Ending): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state, finished_at: at, result_file: result, retry_file: retry })
    .where('id', '=', job)
    .execute();
}

/** Forgets the rows of sheets that nobody ran, and sooner those that were prepared and never shown. */
export async function forgetPreviews(db: Db, before: Date, preparedBefore: Date): Promise<void> {
  await db
    .deleteFrom('jobs')
    .where('state', '=', 'asked')
    .where('digest', '<>', '')
    .where('created_at', '<', preparedBefore)
    .execute();
  await db
    .updateTable('jobs')
    .set({ state: 'discarded' })
    .where('state', 'in', ['asked', 'preview'])
    .where('created_at', '<', before)
    .execute();
  await sql`
    delete from job_chunks c using jobs j
    where j.id = c.job_id and j.state = 'discarded' and j.created_at < ${before}`.execute(db);
}
