import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';

export type ServiceOfJob = {
  readonly id: number;
  readonly ref: string;
  readonly product: string;
  readonly units: number;
  readonly reserved: number;
  readonly free: number;
};

/** None of a suspended service can be given away. */
const suspended = sql<boolean>`exists (
  select from subscriptions sub where sub.service_id = s.id and sub.status = 'suspended')`;

/** Services as they are now, in the order of their numbers. */
export async function loadServices(db: Db, ids: readonly number[]): Promise<ServiceOfJob[]> {
  const rows = await db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['s.id', 'o.number', 's.position', 'p.name as product', 's.units', 's.reserved'])
    .select(
      sql<number>`case when ${suspended} then 0 else s.units - s.associated - s.reserved end`.as('free'),
    )
    .where(sql<boolean>`s.id = any(${[...ids]}::int[])`)
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
  return rows.map(({ number, position, ...service }) => ({ ...service, ref: `${number}/${position}` }));
}

type Held = { readonly serviceId: number; readonly units: number };

/** Holds units back for a job: all of them, or none where one of the services has fewer free. */
export async function reserve(db: Db, job: number, needs: readonly Held[]): Promise<boolean> {
  const ids = needs.map(({ serviceId }) => serviceId);
  const units = needs.map(({ units }) => units);
  await sql`select from services where id = any(${ids}::int[]) order by id for update`.execute(db);
  const { rows } = await sql<{ held: number }>`
    with need as (select * from unnest(${ids}::int[], ${units}::int[]) as need(service_id, units)),
    short as (
      select from need join services s on s.id = need.service_id
      where s.units - s.associated - s.reserved < need.units or ${suspended}),
    held as (
      insert into job_reservations (job_id, service_id, units)
      select ${job}::int, service_id, units from need where not exists (select from short)),
    taken as (
      update services s set reserved = s.reserved + need.units from need
      where s.id = need.service_id and not exists (select from short))
    select 1 as held where not exists (select from short)`.execute(db);
  return rows.length > 0;
}

/** Gives back what a job still holds. */
export async function unreserve(db: Db, job: number): Promise<void> {
  await sql`
    with held as (delete from job_reservations where job_id = ${job} returning service_id, units)
    update services s set reserved = s.reserved - held.units from held where s.id = held.service_id`.execute(
    db,
  );
}
