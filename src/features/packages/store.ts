import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { Detail, Details, Holding, Licence, Package, PackageService, UserState } from './types.ts';

/** The packages there are, in the order in which they were added. */
export async function loadPackages(db: Db): Promise<Package[]> {
  const rows = await db
    .selectFrom('products')
    .select(['id', 'name', 'has_calling as calling', 'has_meetings as meetings'])
    .where('is_package', '=', true)
    .orderBy('id')
    .execute();
  return rows;
}

/** The customer's services that are packages, in the order of their numbers. */
export async function loadPackageServices(db: Db, organizationId: number): Promise<PackageService[]> {
  const rows = await db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['s.id', 'o.number', 's.position', 'p.id as product', 'p.name'])
    .leftJoin('subscriptions as sub', 'sub.service_id', 's.id')
    .select(sql<boolean>`o.status = 'Deleted'`.as('ended'))
    .select(sql<boolean>`coalesce(sub.status = 'suspended', false)`.as('suspended'))
    // None of a suspended service can be given away.
    .select(
      sql<number>`case when sub.status = 'suspended' then 0 else s.units - s.associated - s.reserved end`.as(
        'free',
      ),
    )
    .where('o.organization_id', '=', organizationId)
    .where('p.is_package', '=', true)
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
  return rows.map(({ number, position, ...service }) => ({ ...service, ref: `${number}/${position}` }));
}

/** Nobody else changes these users until the transaction ends. In one order, so that two never wait for each other. */
export async function lockUsers(db: Db, organizationId: number, emails: readonly string[]): Promise<void> {
  await sql`
    select from users where organization_id = ${organizationId} and email = any(${[...emails]}::text[])
    order by email for no key update`.execute(db);
}

/** A user as the selections below read one. */
type UserRow = { [name in Detail]: string | null } & {
  readonly email: string;
  readonly base_licenses: Licence[];
  readonly packages: Holding[];
  readonly others: string[];
};

const columns: RawBuilder<unknown> = sql`
  u.email, u.first_name, u.last_name, u.display_name, u.phone_number, u.extension, u.location, u.preferred_site,
  u.base_licenses,
  coalesce((
    select json_agg(json_build_object(
      'service', s.id, 'product', p.id, 'name', p.name, 'units', a.units) order by s.id)
    from associations a join services s on s.id = a.service_id join products p on p.id = s.product_id
    where a.user_id = u.id and p.is_package), '[]') as packages,
  coalesce((
    select json_agg(distinct p.name order by p.name)
    from associations a join services s on s.id = a.service_id join products p on p.id = s.product_id
    where a.user_id = u.id and not p.is_package), '[]') as others`;

/** Those of these users who are there, by their addresses. */
export async function loadUsers(
  db: Db,
  organizationId: number,
  emails: readonly string[],
): Promise<Map<string, UserState>> {
  const { rows } = await sql<UserRow>`
    select ${columns}
    from unnest(${[...emails]}::text[]) as given(email)
    -- One look-up a row: a plain join makes the planner hash all users of the organization for every batch.
    cross join lateral (
      select * from users where organization_id = ${organizationId} and email = given.email limit 1) as u`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.email, stateOf(row)]));
}

/** The first users of an organization, in the order of their addresses. */
export async function loadFirstUsers(db: Db, organizationId: number, limit: number): Promise<UserState[]> {
  const { rows } = await sql<UserRow>`
    select ${columns} from users u where u.organization_id = ${organizationId}
    order by u.email limit ${limit}`.execute(db);
  return rows.map(stateOf);
}

function stateOf({ email, base_licenses: licences, packages, others, ...details }: UserRow): UserState {
  const known = Object.entries(details).filter(([, value]) => value !== null);
  return { email, licences, packages, others, details: Object.fromEntries(known) };
}

export type UserNow = {
  readonly email: string;
  readonly details: Details;
  readonly licences: readonly Licence[];
};

/** Writes what is known of users, all of it. */
export async function saveUsers(
  db: Db,
  organizationId: number,
  job: number | null,
  users: readonly UserNow[],
): Promise<void> {
  const all = (name: Detail) => users.map(({ details }) => details[name] ?? null);
  await sql`
    update users u set
      job_id = ${job}::int, first_name = given.first_name, last_name = given.last_name,
      display_name = given.display_name, phone_number = given.phone_number, extension = given.extension,
      location = given.location, preferred_site = given.preferred_site,
      base_licenses = string_to_array(given.licences, ',')
    from unnest(
      ${users.map(({ email }) => email)}::text[], ${all('first_name')}::text[], ${all('last_name')}::text[],
      ${all('display_name')}::text[], ${all('phone_number')}::text[], ${all('extension')}::text[],
      ${all('location')}::text[], ${all('preferred_site')}::text[],
      ${users.map(({ licences }) => licences.join(','))}::text[]) as given(
        email, first_name, last_name, display_name, phone_number, extension, location, preferred_site, licences)
    where u.organization_id = ${organizationId} and u.email = given.email`.execute(db);
}

/** Units that were held back, by service, are free again. */
export async function holdLess(db: Db, units: ReadonlyMap<number, number>): Promise<void> {
  await sql`
    update services s set reserved = s.reserved - less.units
    from unnest(${[...units.keys()]}::int[], ${[...units.values()]}::int[]) as less(service_id, units)
    where s.id = less.service_id`.execute(db);
}

/**
 * Changes whenever a plan could cost other units: the packages there are, the customer's services and who has units
 * of them (their revisions). Details and licences of users are written by jobs of this kind and by nothing else, so that
 * the rows such jobs have carried out stand for them; to look at the users themselves would take a hundred times as long.
 */
export async function loadBasis(db: Db, organizationId: number, kind: string): Promise<string> {
  const { rows } = await sql<{ basis: string }>`
    select md5(concat_ws(' ',
      (select string_agg(concat_ws(':', id, name, has_calling, has_meetings), ' ' order by id)
        from products where is_package),
      '/',
      (select string_agg(concat_ws(':', s.id, s.product_id, s.revision, s.units - s.reserved, o.status,
            sub.status = 'suspended'), ' ' order by s.id)
        from services s join orders o on o.id = s.order_id join products p on p.id = s.product_id
        left join subscriptions sub on sub.service_id = s.id
        where o.organization_id = ${organizationId} and p.is_package),
      '/',
      (select concat_ws(':', count(*), sum(done)) from jobs
        where organization_id = ${organizationId} and kind = ${kind} and accepted_at is not null))) as basis`.execute(
    db,
  );
  return rows[0]?.basis ?? '';
}
