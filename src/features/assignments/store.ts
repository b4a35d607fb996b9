import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** Services whose provider does not know yet who has their units. */
const untold = (db: Db) =>
  db
    .selectFrom('services as s')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .leftJoin('assignments_told as told', 'told.service_id', 's.id')
    .select('s.id')
    .where('sub.provider_subscription', 'is not', null)
    .where('sub.status', '<>', 'cancelled')
    .where(({ eb, fn, val }) => eb('s.revision', '<>', fn.coalesce('told.revision', val(0))))
    .orderBy('s.id');

export async function loadUntoldOf(db: Db, organizationId: number): Promise<number[]> {
  const rows = await untold(db).where('s.organization_id', '=', organizationId).execute();
  return rows.map(({ id }) => id);
}

export async function isUntold(db: Db, serviceId: number): Promise<boolean> {
  return (await untold(db).where('s.id', '=', serviceId).executeTakeFirst()) !== undefined;
}

/** The same, and those of which the provider refused a part. */
export async function loadUntoldAndRefused(db: Db): Promise<number[]> {
  const refused = db.selectFrom('assignments_told').select('service_id as id').where('error', 'is not', null);
  const rows = await db
    .selectFrom(untold(db).clearOrderBy().union(refused).as('left'))
    .select('id')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export type Told = NonNullable<Awaited<ReturnType<typeof loadService>>>;

/** A service that runs at a provider, and how far that was told. */
export function loadService(db: Db, id: number) {
  return db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .leftJoin('assignments_told as told', 'told.service_id', 's.id')
    .select(['s.id', 's.revision', 's.position', 'p.name as product', 'p.provider'])
    .select(['o.id as orderId', 'o.number', 's.organization_id as organizationId'])
    .select(['sub.provider_subscription as subscription', 'told.revision as toldRevision'])
    .select(['told.error', sql<number>`coalesce(told.times, 0)`.as('times')])
    .where('s.id', '=', id)
    .where('sub.status', '<>', 'cancelled')
    .executeTakeFirst();
}

/** Who has how many units of a service, and the revision of which that is so: both from one statement. */
export async function loadHolders(
  db: Db,
  serviceId: number,
): Promise<{ readonly revision: number; readonly units: ReadonlyMap<string, number> }> {
  const { rows } = await sql<{ revision: number; users: string[]; units: number[] }>`
    select s.revision,
      coalesce(array_agg(u.email order by u.id) filter (where u.id is not null), '{}') as users,
      coalesce(array_agg(a.units order by u.id) filter (where u.id is not null), '{}') as units
    from services s
    left join associations a on a.service_id = s.id
    left join users u on u.id = a.user_id
    where s.id = ${serviceId}
    group by s.id`.execute(db);
  const [{ revision, users, units } = { revision: 0, users: [], units: [] }] = rows;
  return { revision, units: new Map(users.map((user, at) => [user, units[at] ?? 0])) };
}

/** Writes down how far the provider was told; a later word is not overwritten by an earlier one. */
export async function saveTold(
  db: Db,
  serviceId: number,
  told: { readonly revision: number; readonly error: string | null },
): Promise<void> {
  await sql`
    insert into assignments_told (service_id, revision, times, error)
    values (${serviceId}, ${told.revision}, 1, ${told.error})
    on conflict (service_id) do update
      set revision = excluded.revision, times = assignments_told.times + 1, error = excluded.error
      where assignments_told.revision <= excluded.revision`.execute(db);
}

export async function loadRefused(db: Db, serviceId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('assignments_told')
    .select('error')
    .where('service_id', '=', serviceId)
    .executeTakeFirst();
  return row?.error ?? undefined;
}
