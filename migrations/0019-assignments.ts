import { type Kysely, sql } from 'kysely';

/** How far the providers know who has units of a service. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table assignments_told (
      service_id integer primary key references services on delete cascade,
      -- The revision of the service that the provider was told of.
      revision integer not null,
      -- How often it was told; part of the keys, so that what was refused once may be asked again.
      times integer not null,
      -- What the provider did not do, and why, in its own words.
      error text
    )`.execute(db);
}
