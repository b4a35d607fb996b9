import { sql } from 'kysely';
import { type Db, orderExistsFor, type Viewer } from '../../db/index.ts';
import type { Wanted } from './rules.ts';
import { ensureUsers, idsOf, loadUsers } from './users/store.ts';

export type Given = { readonly user: string; readonly units: number };
export type GiveOutcome =
  | {
      /** What the users have now; empty where nobody asked. */
      readonly given: readonly Given[];
      /** Who would have more than one user may. */
      readonly refused: readonly string[];
    }
  | 'too few units';

type Giving = {
  readonly serviceId: number;
  readonly organizationId: number;
  readonly maxPerUser: number | null;
  /** Where the units come from: the free ones, or those reserved for the job that asks. */
  readonly from: 'free' | 'reserved';
  /** The job that gives them. */
  readonly job?: number;
  /** Of the users, where they are known. */
  readonly ids?: ReadonlyMap<string, number>;
  /** Nobody wants to know what the users have then. */
  readonly quietly?: boolean;
};

/** Adds what is `wanted` to what users have of the service that is `taken`, but for who would have more than one user may. */
const putUnits = (maxPerUser: number | null, job: number | null) => sql`
      insert into associations (service_id, user_id, units, job_id)
      select taken.id, wanted.user_id, wanted.units, ${job}::int from wanted, taken
      where ${maxPerUser}::int is null or wanted.units <= ${maxPerUser}::int
      on conflict (service_id, user_id) do update
        set units = associations.units + excluded.units, job_id = excluded.job_id
        where ${maxPerUser}::int is null or associations.units + excluded.units <= ${maxPerUser}::int`;

/**
 * Gives units to users who exist, all or nothing as far as the balance goes: it is taken under a condition in
 * the statement that inserts. A user who would exceed `maxPerUser` is left out, and the balance gets those back.
 */
export async function giveUnits(db: Db, giving: Giving, wanted: readonly Wanted[]): Promise<GiveOutcome> {
  const { serviceId, organizationId, maxPerUser, from, job = null, quietly = false } = giving;
  const ids =
    giving.ids ??
    idsOf(
      await loadUsers(
        db,
        organizationId,
        wanted.map(({ user }) => user),
      ),
    );
  const users = new Map(wanted.map(({ user }) => [ids.get(user), user]));
  if (users.has(undefined)) throw new Error('Units can only be given to users who exist.');
  const need = wanted.reduce((sum, { units }) => sum + units, 0);
  const covered = from === 'free' ? sql`units - associated - reserved >= ${need}` : sql`reserved >= ${need}`;
  const fromReserved = from === 'reserved' ? sql`, reserved = reserved - ${need}` : sql``;
  const { rows } = await sql<{ taken: boolean; refused: number[]; given: [id: number, units: number][] }>`
    with wanted as (
      select * from unnest(${[...users.keys()]}::int[], ${wanted.map(({ units }) => units)}::int[])
        as wanted(user_id, units)),
    taken as (
      update services set associated = associated + ${need} ${fromReserved}
      where id = ${serviceId} and ${covered}
      returning id),
    given as (
      ${putUnits(maxPerUser, job)}
      returning user_id, units)
    select exists (select from taken) as taken,
      ${maxPerUser === null ? sql`'{}'::int[]` : sql`array(select user_id from wanted except select user_id from given)`} as refused,
      ${quietly ? sql`'[]'::jsonb` : sql`coalesce((select jsonb_agg(jsonb_build_array(user_id, units)) from given), '[]')`} as given`.execute(
    db,
  );
  const [{ taken, refused, given } = { taken: false, refused: [], given: [] }] = rows;
  if (!taken) return 'too few units';
  const names = refused.flatMap((id) => users.get(id) ?? []);
  if (names.length > 0) await freeAgain(db, serviceId, leftOut(wanted, names));
  return {
    given: given.flatMap(([id, units]) => {
      const user = users.get(id);
      return user === undefined ? [] : [{ user, units }];
    }),
    refused: names,
  };
}

/**
 * Makes the users who are missing and gives all of them units that are reserved for the job, in one statement. Falls back
 * to two where somebody else has made one of the users meanwhile, whom the statement can't see.
 */
export async function giveToAll(
  db: Db,
  giving: Omit<Giving, 'from' | 'ids' | 'quietly'> & { readonly job: number },
  wanted: readonly Wanted[],
): Promise<GiveOutcome> {
  const { serviceId, organizationId, maxPerUser, job } = giving;
  const need = wanted.reduce((sum, { units }) => sum + units, 0);
  const names = wanted.map(({ user }) => user);
  const { rows } = await sql<{ taken: boolean; found: number; refused: string[] }>`
    with given as (
      select * from unnest(${names}::text[], ${wanted.map(({ units }) => units)}::int[]) as given(email, units)),
    made as (
      insert into users (organization_id, email, job_id)
      select ${organizationId}::int, email, ${job}::int from given order by email
      on conflict (organization_id, email) do nothing
      returning id, email),
    wanted as (
      select made.id as user_id, given.email, given.units from made join given using (email)
      union all
      select u.id, given.email, given.units from given cross join lateral (
        select id from users where organization_id = ${organizationId} and email = given.email limit 1) as u),
    taken as (
      update services set associated = associated + ${need}, reserved = reserved - ${need}
      where id = ${serviceId} and reserved >= ${need} and (select count(*) from wanted) = ${wanted.length}
      returning id),
    put as (
      ${putUnits(maxPerUser, job)}
      returning user_id)
    select exists (select from taken) as taken, (select count(*)::int from wanted) as found,
      ${maxPerUser === null ? sql`'{}'::text[]` : sql`array(select email from wanted where user_id not in (select user_id from put))`} as refused`.execute(
    db,
  );
  const [{ taken, found, refused } = { taken: false, found: 0, refused: [] }] = rows;
  if (found < wanted.length) {
    const { ids } = await ensureUsers(db, organizationId, names, job);
    return giveUnits(db, { ...giving, from: 'reserved', ids, quietly: true }, wanted);
  }
  if (!taken) return 'too few units';
  if (refused.length > 0) await freeAgain(db, serviceId, leftOut(wanted, refused));
  return { given: [], refused };
}

function leftOut(wanted: readonly Wanted[], refused: readonly string[]): Wanted[] {
  const names = new Set(refused);
  return wanted.filter(({ user }) => names.has(user));
}

async function freeAgain(db: Db, serviceId: number, refused: readonly Wanted[]): Promise<void> {
  const units = refused.reduce((sum, one) => sum + one.units, 0);
  await sql`update services set associated = associated - ${units} where id = ${serviceId}`.execute(db);
}

/** What these users have of the service. */
export async function loadHeld(
  db: Db,
  serviceId: number,
  users: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .select(['u.email', 'a.units'])
    .where('a.service_id', '=', serviceId)
    .where(sql<boolean>`u.email = any(${[...users]}::text[])`)
    .execute();
  return new Map(rows.map(({ email, units }) => [email, units]));
}

/** Takes units back from one user who has exactly `held`; false where that is no longer so. The service is locked before. */
export async function takeUnits(
  db: Db,
  serviceId: number,
  user: string,
  held: number,
  units: number,
): Promise<boolean> {
  const { rows } = await sql<{ freed: number }>`
    with holder as (
      select a.service_id, a.user_id from associations a join users u on u.id = a.user_id
      where a.service_id = ${serviceId} and u.email = ${user} and a.units = ${held}
        and u.organization_id = (
          select o.organization_id from services s join orders o on o.id = s.order_id where s.id = ${serviceId})),
    gone as (
      delete from associations a using holder h
      where ${units}::int = ${held}::int and a.service_id = h.service_id and a.user_id = h.user_id
        and a.units = ${held}
      returning 1),
    less as (
      update associations a set units = a.units - ${units}, job_id = null from holder h
      where ${units}::int < ${held}::int and a.service_id = h.service_id and a.user_id = h.user_id
        and a.units = ${held}
      returning 1)
    update services set associated = associated - ${units}
    where id = ${serviceId} and (exists (select from gone) or exists (select from less))
    returning 1 as freed`.execute(db);
  return rows.length > 0;
}

/** Takes back all that these users have of a service. Who has nothing is left out; the service is locked before. */
export async function takeAll(
  db: Db,
  serviceId: number,
  users: readonly string[],
  into: 'free' | 'reserved' = 'free',
): Promise<Given[]> {
  const held = into === 'reserved' ? sql`, reserved = reserved + (select sum(units) from gone)` : sql``;
  const { rows } = await sql<Given>`
    with gone as (
      delete from associations a using users u
      where a.service_id = ${serviceId} and u.id = a.user_id and u.email = any(${[...users]}::text[])
        and u.organization_id = (
          select o.organization_id from services s join orders o on o.id = s.order_id where s.id = ${serviceId})
      returning u.email, a.units),
    freed as (
      update services set associated = associated - (select sum(units) from gone) ${held}
      where id = ${serviceId} and exists (select from gone))
    select email as user, units from gone`.execute(db);
  return rows;
}

export type Taking = {
  readonly user: string;
  readonly units: number;
  /** Only where the user has just so many. */
  readonly held?: number;
};

/**
 * Takes units back from many users: from who has at least `units`, or just `held`. With `since`, only where the job of
 * that number was the last to change what the user has. Resolves to who gave them; the service is locked before.
 */
export async function takeBack(
  db: Db,
  serviceId: number,
  taking: readonly Taking[],
  job: { readonly since?: number; readonly by?: number },
): Promise<Set<string>> {
  const { since = null, by = null } = job;
  const { rows } = await sql<{ email: string }>`
    with asked as (
      select a.user_id, u.email, given.units, a.units as held
      from unnest(
        ${taking.map(({ user }) => user)}::text[], ${taking.map(({ units }) => units)}::int[],
        ${taking.map(({ held }) => held ?? null)}::int[]) as given(email, units, held)
      cross join lateral (
        select u.id, u.email from users u
        where u.email = given.email and u.organization_id = (
          select o.organization_id from services s join orders o on o.id = s.order_id where s.id = ${serviceId})
        limit 1) as u
      join associations a on a.service_id = ${serviceId} and a.user_id = u.id
      where a.units >= given.units and (given.held is null or a.units = given.held)
        and (${since}::int is null or a.job_id = ${since}::int)),
    gone as (
      delete from associations a using asked
      where a.service_id = ${serviceId} and a.user_id = asked.user_id and asked.held = asked.units),
    less as (
      update associations a set units = a.units - asked.units, job_id = ${by}::int from asked
      where a.service_id = ${serviceId} and a.user_id = asked.user_id and asked.held > asked.units),
    freed as (
      update services set associated = associated - (select sum(units) from asked)
      where id = ${serviceId} and exists (select from asked))
    select email from asked`.execute(db);
  return new Set(rows.map(({ email }) => email));
}

/** Locks services: always before their users and associations, and in one order, so that two never wait for each other. */
export async function lockServices(db: Db, ids: readonly number[]): Promise<void> {
  await db
    .selectFrom('services')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** All services a user of this organization has units of, as far as the viewer may see their orders. */
export function loadAssociations(db: Db, viewer: Viewer, organizationId: number, user: string) {
  return db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .innerJoin('services as s', 's.id', 'a.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['o.number', 's.position', 'p.name as product', 'a.units'])
    .where('u.organization_id', '=', organizationId)
    .where('u.email', '=', user)
    .where(orderExistsFor('o.id', viewer))
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
}
