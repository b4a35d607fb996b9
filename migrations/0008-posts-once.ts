import { type Kysely, sql } from 'kysely';

/** What the bot posts by itself has a key: a post that was written is not written again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table transcript add column key text unique`.execute(db);
}
