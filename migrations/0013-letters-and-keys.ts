import { type Kysely, sql } from 'kysely';

/** Texts of e-mails that the provider changed, and keys with which other programs may talk to the bot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table letter_templates (
      name text primary key,
      subject text not null,
      body text not null,
      changed_by text not null,
      changed_at timestamptz not null
    )`.execute(db);
  // A letter with a password in it: nothing of it is kept once it was sent.
  await sql`alter table deliveries add column secret boolean not null default false`.execute(db);
  await sql`
    create table api_keys (
      id integer generated always as identity primary key,
      name text not null,
      organization_id integer not null references organizations,
      -- SHA-256 of the key; the key itself is shown once and kept nowhere.
      hash text not null unique,
      hint text not null,
      created_by text not null,
      created_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
}
