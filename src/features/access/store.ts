import { sql } from 'kysely';
import type { Organization, Role } from '../../bot/index.ts';
import { type Db, inScope, type Scope } from '../../db/index.ts';

const members = (db: Db, scope: Scope) =>
  db
    .selectFrom('members as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .where(inScope('m.organization_id', scope));

export async function countMembers(db: Db, scope: Scope): Promise<number> {
  const row = await members(db, scope)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

export function loadMembers(db: Db, scope: Scope, offset: number, limit: number) {
  return members(db, scope)
    .select(['m.name', 'm.email', 'm.role', 'o.name as organization'])
    .orderBy('o.name')
    .orderBy('m.name')
    .offset(offset)
    .limit(limit)
    .execute();
}

export function loadMember(db: Db, email: string) {
  return db
    .selectFrom('members as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['m.id', 'm.name', 'm.email', 'm.role', 'o.id as organizationId', 'o.name as organization'])
    .where('m.email', '=', email)
    .forUpdate('m')
    .executeTakeFirst();
}

export type MemberRecord = NonNullable<Awaited<ReturnType<typeof loadMember>>>;

/** The organizations of a scope whose name is, or else holds, what was typed. */
export async function findOrganizations(db: Db, scope: Scope, name: string): Promise<Organization[]> {
  const like = `%${name.replace(/[\\%_]/g, '\\$&')}%`;
  const found = await db
    .selectFrom('organizations')
    .select(['id', 'kind', 'name'])
    .where(inScope('organizations.id', scope))
    .where('name', 'ilike', like)
    .orderBy('name')
    .execute();
  const whole = found.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  return whole.length > 0 ? whole : found;
}

export async function saveMember(
  db: Db,
  member: { organizationId: number; role: Role; name: string; email: string },
): Promise<void> {
  const { organizationId: organization_id, role, name, email } = member;
  await db
    .insertInto('members')
    .values({ organization_id, role, name, email })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ organization_id, role }))
    .execute();
}

/**
 * Who moves to another organization, or to none, no longer hears in private of the former one; nor of what still waits
 * to be posted to them.
 */
export async function endPersonalNotices(db: Db, email: string): Promise<void> {
  const member = db.selectFrom('members').select('id').where('email', '=', email);
  await sql`
    with chats as (
      select platform, conversation from personal_chats where email = lower(${email})
      union select platform, conversation from notice_channels where member_id in (${member})
      union select platform, conversation from watches where member_id in (${member})
      union select place->>'platform', place->>'conversation' from jobs
      where member_id in (${member}) and place->>'kind' = 'personal')
    delete from deliveries d using chats c
    where d.platform = c.platform and d.conversation = c.conversation and d.state = 'waiting'`.execute(db);
  await db.deleteFrom('notice_channels').where('member_id', 'in', member).execute();
  await db.deleteFrom('watches').where('member_id', 'in', member).execute();
}

/** The provider admins, of whom nobody else makes another role meanwhile. */
export async function lockProviderAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('email')
    .where('role', '=', 'provider admin')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ email }) => email);
}

/** Should the configuration name them, the next start makes them no admin again. */
export async function rememberRevoked(db: Db, email: string): Promise<void> {
  await db
    .insertInto('revoked_admins')
    .values({ email })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function forgetRevoked(db: Db, email: string): Promise<void> {
  await db.deleteFrom('revoked_admins').where('email', '=', email).execute();
}

export async function loadRevoked(db: Db): Promise<string[]> {
  return (await db.selectFrom('revoked_admins').select('email').execute()).map(({ email }) => email);
}

export async function deleteMember(db: Db, id: number): Promise<void> {
  await db.deleteFrom('members').where('id', '=', id).execute();
}

export function loadProvider(db: Db) {
  return db.selectFrom('organizations').select('id').where('kind', '=', 'provider').executeTakeFirst();
}

export async function makeProvider(db: Db, name: string): Promise<number> {
  const row = await db
    .insertInto('organizations')
    .values({ kind: 'provider', name, parent_id: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? (await loadProvider(db))?.id ?? 0;
}

export async function addMemberOnce(db: Db, organization_id: number, email: string): Promise<void> {
  const name = email.split('@')[0] ?? email;
  await db
    .insertInto('members')
    .values({ organization_id, role: 'provider admin', name, email })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
}
