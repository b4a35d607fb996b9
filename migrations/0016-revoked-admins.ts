import { type Kysely, sql } from 'kysely';

/** Whom the configuration names as a first admin, and from whom the role was taken: the next start does not give it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table revoked_admins (email text primary key)`.execute(db);
}
