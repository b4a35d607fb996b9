import { type Kysely, sql } from 'kysely';

/** Where the bot was installed by people of a workspace, and the token that it got there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table installations (
      workspace text primary key,
      name text not null,
      enterprise text,
      bot_user text not null,
      bot text not null,
      installed_by text not null,
      -- Sealed with a key that is not in this database.
      access text not null,
      installed_at timestamptz not null,
      -- Another one whenever the token is.
      version uuid not null,
      -- One copy of the bot at a time asks for the next token.
      renewing_until timestamptz
    )`.execute(db);
  await sql`
    create table installation_states (
      id text primary key,
      until timestamptz not null
    )`.execute(db);
}
