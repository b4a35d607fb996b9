import { type Kysely, sql } from 'kysely';

/** When somebody was last heard in a place: who has long been silent there is forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table speakers add column spoke_at timestamptz not null default now()`.execute(db);
  await sql`create index speakers_silent on speakers (spoke_at)`.execute(db);
}
