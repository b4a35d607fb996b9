import { type Kysely, sql } from 'kysely';

/** So that a user is found among a hundred thousand while their name is being typed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Each word of the name and of the address in front of its domain is found by how it begins. What the text search of
  // Postgres would take for one word (an address, a number with a sign, a path) is taken apart first.
  await sql`
    create function user_words(email text, first_name text, last_name text, display_name text) returns tsvector
    language sql immutable parallel safe as $$
      select to_tsvector('simple'::regconfig, translate(
        split_part(email, '@', 1) || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' ||
          coalesce(display_name, ''),
        '@._-+/''&<>=:', '            '))
    $$`.execute(db);
  await sql`
    create index users_found on users using gin (user_words(email, first_name, last_name, display_name))`.execute(
    db,
  );
  await sql`create index users_addressed on users (email collate "C")`.execute(db);
}
