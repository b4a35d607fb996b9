import { type Kysely, sql } from 'kysely';

/** The forms that people have open in a client whose forms are windows: what is behind the id that the client knows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table slack_views (
      id text primary key,
      form jsonb not null,
      forget_at timestamptz not null,
      -- Until when somebody is about to bring the answer to what was handed in, and whether it was brought.
      answer_until timestamptz,
      answered boolean not null default false
    )`.execute(db);
  await sql`create index slack_views_forget on slack_views (forget_at)`.execute(db);
}
