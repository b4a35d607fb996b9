import { type Kysely, sql } from 'kysely';

/** Of a decrease that was carried out: by how much the billed quantity fell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requested_changes add column billed integer`.execute(db);
}
