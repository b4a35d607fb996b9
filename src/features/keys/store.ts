import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../db/index.ts';

type NewKey = {
  readonly name: string;
  readonly organizationId: number;
  readonly hash: string;
  readonly hint: string;
  readonly by: string;
  readonly now: Date;
};

export async function insertKey(
  db: Db,
  { name, organizationId, hash, hint, by, now }: NewKey,
): Promise<number> {
  const row = await db
    .insertInto('api_keys')
    .values({
      name,
      organization_id: organizationId,
      hash,
      hint,
      created_by: by,
      created_at: now,
      last_used_at: null,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** One at a time makes a key: its name is compared with the others before it is saved. */
export async function nameIsTaken(db: Db, organizationId: number, name: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('api keys'))`.execute(db);
  const row = await db
    .selectFrom('api_keys')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

const keys = (db: Db, scope: Scope) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('organizations as o', 'o.id', 'k.organization_id')
    .where(inScope('k.organization_id', scope))
    .select(['k.id', 'k.name', 'k.hint', 'k.created_by', 'k.created_at', 'k.last_used_at', 'k.revoked_at'])
    .select(['k.organization_id', 'o.name as organization']);
export type KeyRecord = Awaited<ReturnType<ReturnType<typeof keys>['execute']>>[number];

export async function countKeys(db: Db, scope: Scope): Promise<number> {
  const row = await db
    .selectFrom('api_keys')
    .where(inScope('organization_id', scope))
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** Those that work first, the latest first. */
export function loadKeys(db: Db, scope: Scope, offset: number, limit: number): Promise<KeyRecord[]> {
  return keys(db, scope)
    .orderBy(sql`k.revoked_at is not null`)
    .orderBy('k.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
}

export function lockKey(db: Db, scope: Scope, id: number): Promise<KeyRecord | undefined> {
  return keys(db, scope).where('k.id', '=', id).forUpdate('k').executeTakeFirst();
}

export async function setRevoked(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('api_keys').set({ revoked_at: now }).where('id', '=', id).execute();
}

/** The key with this hash that still works, and whose it is. Looked up by its hash: no time tells how near a guess was. */
export function findKey(db: Db, hash: string) {
  return db
    .selectFrom('api_keys as k')
    .innerJoin('organizations as o', 'o.id', 'k.organization_id')
    .select([
      'k.id',
      'k.name',
      'k.last_used_at',
      'o.id as organizationId',
      'o.kind',
      'o.name as organization',
    ])
    .where('k.hash', '=', hash)
    .where('k.revoked_at', 'is', null)
    .executeTakeFirst();
}

export async function setUsed(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', id).execute();
}
