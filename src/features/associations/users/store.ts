import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Db, inScope, orderExistsFor, type Viewer } from '../../../db/index.ts';

export type Users = {
  readonly ids: ReadonlyMap<string, number>;
  /** Those that were made just now. */
  readonly created: ReadonlySet<string>;
};

/**
 * Makes the users the organization does not have yet. All of them stay until the transaction ends: nobody removes an
 * idle user whom somebody is about to give units.
 */
export async function ensureUsers(
  db: Db,
  organizationId: number,
  users: readonly string[],
  job: number | null = null,
): Promise<Users> {
  // In one order everywhere, so that two of these never wait for each other.
  const { rows: made } = await sql<User>`
    insert into users (organization_id, email, job_id)
    select ${organizationId}, email, ${job}::int from unnest(${[...users]}::text[]) as given(email) order by email
    on conflict (organization_id, email) do nothing
    returning id, email`.execute(db);
  const created = new Set(made.map(({ email }) => email));
  const others = users.filter((user) => !created.has(user));
  const known = others.length === 0 ? [] : await loadUsers(db, organizationId, others);
  return { created, ids: new Map([...made, ...known].map(({ id, email }) => [email, id])) };
}

type User = { readonly id: number; readonly email: string };

/** Those of the users that the organization has; they stay until the transaction ends. */
export async function loadUsers(db: Db, organizationId: number, users: readonly string[]): Promise<User[]> {
  const { rows } = await sql<User>`
    select id, email from users
    where organization_id = ${organizationId} and email = any(${[...users]}::text[])
    order by email for key share`.execute(db);
  return rows;
}

/** The numbers of users by their names. */
export const idsOf = (users: readonly User[]) => new Map(users.map(({ id, email }) => [email, id]));

/**
 * Removes users who hold nothing: with `madeBy`, those that this job made; with `blank`, those of whom nothing is known
 * but the address.
 */
export async function removeIdleUsers(
  db: Db,
  organizationId: number,
  users: readonly string[],
  only: { readonly madeBy?: number; readonly blank?: true } = {},
): Promise<void> {
  const { madeBy = null, blank = false } = only;
  // First the locks, then a look at what is there now: whoever held a user may have given units meanwhile.
  await sql`
    select from users where organization_id = ${organizationId} and email = any(${[...users]}::text[])
    order by email for update`.execute(db);
  await sql`
    delete from users u
    where u.organization_id = ${organizationId} and u.email = any(${[...users]}::text[])
      and u.base_licenses = '{}'
      and (${madeBy}::int is null or u.job_id = ${madeBy}::int)
      and (not ${blank}::boolean or coalesce(u.first_name, u.last_name, u.display_name, u.phone_number,
        u.extension, u.location, u.preferred_site) is null)
      and not exists (select from associations a where a.user_id = u.id)`.execute(db);
}

export async function userExists(db: Db, organizationId: number, user: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('email', '=', user)
    .executeTakeFirst();
  return row !== undefined;
}

/** As many as one statement looks up before others get their turn. */
const AT_ONCE = 2000;

/** Those of the users that the organization does not have. */
export async function loadUnknownUsers(
  db: Db,
  organizationId: number,
  users: readonly string[],
): Promise<string[]> {
  const unknown: string[] = [];
  for (let from = 0; from < users.length; from += AT_ONCE) {
    const some = users.slice(from, from + AT_ONCE);
    const { rows } = await sql<{ known: string[] }>`
      select array(
        select email from users where organization_id = ${organizationId} and email = any(${some}::text[])) as known`.execute(
      db,
    );
    const known = new Set(rows[0]?.known);
    for (const user of some) if (!known.has(user)) unknown.push(user);
    // The embedded database answers without ever letting go of the event loop.
    await turn();
  }
  return unknown;
}

/** What divides the words of a name or an address; the index takes them apart in the same way. */
const BETWEEN = /[\s@._\-+/'&<>=:]+/;

/** Every word begins a word of what is found. */
const prefixesOf = (text: string): string =>
  text
    .split(BETWEEN)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `'${word.replaceAll('\\', '\\\\')}':*`)
    .join(' & ');

export type KnownUser = {
  readonly id: number;
  readonly email: string;
  readonly name: string | null;
  readonly organization: string;
};

const known = (db: Db, ids: readonly number[]): Promise<KnownUser[]> =>
  db
    .selectFrom('users as u')
    .innerJoin('organizations as o', 'o.id', 'u.organization_id')
    .select(['u.id', 'u.email', 'o.name as organization'])
    .select(
      sql<string | null>`coalesce(
        u.display_name, nullif(trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), ''))`.as(
        'name',
      ),
    )
    .where('u.id', 'in', ids.length > 0 ? [...ids] : [-1])
    .orderBy('u.email')
    .orderBy('u.organization_id')
    .execute();

/** The address of one user, where the viewer may see them. */
export async function addressOfUser(db: Db, viewer: Viewer, id: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .select('email')
    .where('id', '=', id)
    .where(inScope('organization_id', viewer.scope))
    .executeTakeFirst();
  return row?.email;
}

/** Users whose name or address fits what is typed; those whose address begins with it first. */
export async function usersFitting(db: Db, viewer: Viewer, text: string, most: number): Promise<KnownUser[]> {
  const typed = text.toLowerCase();
  const first = (await addressed(db, viewer, typed, most)).map(({ id }) => id);
  const prefixes = typed.includes('@') ? '' : prefixesOf(typed);
  const left = most - first.length;
  // Some of them were met before.
  const named = prefixes === '' || left === 0 ? [] : await worded(db, viewer, prefixes, most);
  const others = named.flatMap(({ id }) => (first.includes(id) ? [] : [id])).slice(0, left);
  return [...(await known(db, first)), ...(await known(db, others))];
}

/** By how the address begins, or its domain where that is all that is typed. */
function addressed(db: Db, viewer: Viewer, typed: string, most: number) {
  const begins = `${typed.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('users as u')
    .select('u.id')
    .where(inScope('u.organization_id', viewer.scope))
    .where(sql<boolean>`u.email collate "C" like ${typed.startsWith('@') ? `%${begins}` : begins}`)
    .orderBy(sql`u.email collate "C"`)
    .limit(most)
    .execute();
}

/**
 * By how the words of the name begin. What is inside stands apart, and what comes of it is sorted: so it is always the
 * index of words that is asked, also by a database that knows nothing yet of what is in the table.
 */
async function worded(db: Db, viewer: Viewer, prefixes: string, most: number) {
  const { rows } = await sql<{ id: number }>`
    select fitting.id from (
      select u.id, u.organization_id, u.email from users u
      where user_words(u.email, u.first_name, u.last_name, u.display_name)
        @@ to_tsquery('simple'::regconfig, ${prefixes})
      offset 0
    ) as fitting
    where ${inScope('fitting.organization_id', viewer.scope)}
    order by fitting.email collate "C"
    limit ${most}`.execute(db);
  return rows;
}

/** What each of these users has, most units first, as far as the viewer may see it. */
export function holdingsOf(db: Db, viewer: Viewer, userIds: readonly number[]) {
  return db
    .selectFrom('associations as a')
    .innerJoin('services as s', 's.id', 'a.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['a.user_id as userId', 'o.number', 's.position', 'p.name as product', 'a.units'])
    .where('a.user_id', 'in', userIds.length > 0 ? [...userIds] : [-1])
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .orderBy('a.units', 'desc')
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
}
