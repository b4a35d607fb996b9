import { type Selectable, sql } from 'kysely';
import type { Db, Tables } from '../../db/index.ts';
import type { Assignment } from '../../providers/index.ts';

/** Writes down that the vendor is to be told of these services. In one order, so that two never wait for each other. */
export async function wish(db: Db, services: readonly number[], at: Date): Promise<void> {
  await sql`
    insert into assignments_told (service_id, due_at, wishes)
    select id, ${at}::timestamptz, 1 from unnest(${[...services].sort((a, b) => a - b)}::int[]) as id
    on conflict (service_id) do update
      set due_at = least(assignments_told.due_at, excluded.due_at), wishes = assignments_told.wishes + 1`.execute(
    db,
  );
}

/** Services whose vendor does not know yet who has their units. */
const untold = (db: Db) =>
  db
    .selectFrom('services as s')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .leftJoin('assignments_told as told', 'told.service_id', 's.id')
    .select('s.id')
    .where('sub.provider_subscription', 'is not', null)
    .where('sub.status', '<>', 'cancelled')
    .where(({ eb, fn, val }) => eb('s.revision', '<>', fn.coalesce('told.revision', val(0))));

export async function loadUntold(db: Db, organizationId: number): Promise<number[]> {
  const rows = await untold(db).where('s.organization_id', '=', organizationId).execute();
  return rows.map(({ id }) => id);
}

export async function isUntold(db: Db, serviceId: number): Promise<boolean> {
  return (await untold(db).where('s.id', '=', serviceId).executeTakeFirst()) !== undefined;
}

export type Asking = { readonly key: string; readonly assignments: readonly Assignment[] };
/** A service that nobody else tells the vendor of meanwhile. */
export type Claim = {
  readonly service: number;
  readonly wishes: number;
  readonly asking: Asking | undefined;
  /** Whom the vendor refused before. */
  readonly refused: readonly string[];
};

const claimed = sql<Date>`now() + interval '60 seconds'`;
const isFree = sql<boolean>`(assignments_told.claimed_until is null or assignments_told.claimed_until < now())`;

const toClaim = ({ service_id, wishes, asking, refused }: Selectable<Tables['assignments_told']>): Claim => ({
  service: service_id,
  wishes,
  asking: (asking ?? undefined) as Asking | undefined,
  refused: (refused ?? []) as readonly string[],
});

/** Takes the service of which the vendor is to be told first. */
export async function claimDue(db: Db, now: Date): Promise<Claim | undefined> {
  const row = await db
    .updateTable('assignments_told')
    .set({ claimed_until: claimed })
    .where('service_id', '=', (eb) =>
      eb
        .selectFrom('assignments_told')
        .select('service_id')
        .where('due_at', '<=', now)
        .where(isFree)
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();
  return row && toClaim(row);
}

/** Takes this service; nothing where somebody else tells of it. */
export async function claimThis(db: Db, service: number): Promise<Claim | undefined> {
  const row = await db
    .insertInto('assignments_told')
    .values({ service_id: service, claimed_until: claimed })
    .onConflict((conflict) =>
      conflict.column('service_id').doUpdateSet({ claimed_until: claimed }).where(isFree),
    )
    .returningAll()
    .executeTakeFirst();
  return row && toClaim(row);
}

export type Service = NonNullable<Awaited<ReturnType<typeof loadService>>>;

/** A service that runs at a vendor. */
export function loadService(db: Db, id: number) {
  return db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select(['s.id', 's.position', 'p.name as product', 'p.provider', 'o.id as orderId', 'o.number'])
    .select(['s.organization_id as organizationId', 'sub.provider_subscription as subscription'])
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

/** Keeps what the vendor is about to be asked, under a key of its own. */
export async function saveAsking(
  db: Db,
  service: number,
  assignments: readonly Assignment[],
): Promise<Asking> {
  const { asking } = await db
    .updateTable('assignments_told')
    .set({
      claimed_until: claimed,
      asked: sql`asked + 1`,
      asking: sql`jsonb_build_object(
        'key', 'assign:' || service_id || ':' || asked + 1, 'assignments', ${JSON.stringify(assignments)}::jsonb)`,
    })
    .where('service_id', '=', service)
    .returning('asking')
    .executeTakeFirstOrThrow();
  return asking as Asking;
}

/** The vendor answered; `changed` is when it did some of it, if it did. */
export async function saveAnswered(db: Db, service: number, changed: Date | undefined): Promise<void> {
  await db
    .updateTable('assignments_told')
    .set({ claimed_until: claimed, asking: null, ...(changed && { told_at: changed }) })
    .where('service_id', '=', service)
    .execute();
}

/** The vendor is told on at that time, or at once where there is a wish since. */
export async function postpone(db: Db, { service, wishes }: Claim, at: Date): Promise<void> {
  await db
    .updateTable('assignments_told')
    .set({
      claimed_until: null,
      due_at: sql`case when wishes = ${wishes} then ${at} else least(due_at, ${at}) end`,
    })
    .where('service_id', '=', service)
    .execute();
}

type Told = {
  readonly revision: number;
  readonly error: string | null;
  readonly refused: readonly string[];
  /** When the vendor is asked once more for what it refused. */
  readonly again: Date | null;
  readonly now: Date;
};

/** Writes down how far the vendor was told. That it refused the same once more changes nothing. */
export async function saveTold(db: Db, { service, wishes }: Claim, told: Told): Promise<void> {
  const { revision, error, refused, again, now } = told;
  await db
    .updateTable('assignments_told')
    .set({
      revision,
      error,
      refused: refused.length === 0 ? null : JSON.stringify(refused),
      told_at: sql`case when revision = ${revision} then told_at else ${now}::timestamptz end`,
      claimed_until: null,
      due_at: sql`case when wishes = ${wishes} then ${again}::timestamptz else due_at end`,
    })
    .where('service_id', '=', service)
    .execute();
}

/** There is nothing to tell any more, as of a subscription that was cancelled. */
export async function forget(db: Db, { service }: Claim): Promise<void> {
  await db.deleteFrom('assignments_told').where('service_id', '=', service).execute();
}

/** What the vendor did not do when it was told who has units of a service. */
export async function loadRefused(db: Db, serviceId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('assignments_told')
    .select('error')
    .where('service_id', '=', serviceId)
    .executeTakeFirst();
  return row?.error ?? undefined;
}
