import { type Kysely, sql } from 'kysely';

/** Where a platform takes no files, one is sent to the bot alone: then this is where it was asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table expectations add column place jsonb`.execute(db);
}
