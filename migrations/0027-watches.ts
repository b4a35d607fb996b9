import { type Kysely, sql } from 'kysely';

/** Quiet hours, watches over free units, and who has spoken where. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table quiet_hours (
      platform text not null,
      conversation text not null,
      -- Minutes of the day, both or none.
      from_minute integer check (from_minute between 0 and 1439),
      to_minute integer check (to_minute between 0 and 1439),
      weekends boolean not null,
      time_zone text not null,
      organization_id integer not null references organizations,
      primary key (platform, conversation),
      check ((from_minute is null) = (to_minute is null)),
      check (from_minute <> to_minute),
      check (weekends or from_minute is not null)
    )`.execute(db);
  // Held back until then; null: not at all.
  await sql`alter table deliveries add column not_before timestamptz`.execute(db);
  // Who may hear of it can change before it is posted.
  await sql`
    alter table deliveries
      -- Whom it is about; null: several, or nobody.
      add column organization_id integer references organizations,
      -- The place hears of it only as it asked for its kind.
      add column chosen boolean not null default false`.execute(db);
  // Quiet hours that have begun meanwhile hold it back as well.
  await sql`alter table deliveries add column may_wait boolean not null default false`.execute(db);

  await sql`
    create table speakers (
      platform text not null,
      conversation text not null,
      email text not null,
      person jsonb not null,
      primary key (platform, conversation, email)
    )`.execute(db);
  await addWatches(db);
}

/**
 * A watch knows whether the free units are below its number. That is kept here and not by those who change units, so
 * that none of them can forget it; who is to be told follows from it in the same transaction.
 */
async function addWatches(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table watches (
      id integer generated always as identity primary key,
      service_id integer not null references services on delete cascade,
      platform text not null,
      conversation text not null,
      place jsonb not null,
      -- Whose view it is: what this organization may not see, it is not told of.
      organization_id integer not null references organizations,
      asked_by text not null,
      -- Of a conversation with one person: with the role the watch ends.
      member_id integer references members on delete cascade,
      below integer not null check (below > 0),
      low boolean not null,
      told boolean not null,
      -- How often they fell below.
      crossed integer not null default 0,
      -- That they fell below this often waits to be told, since then.
      waits_for integer,
      waits_since timestamptz,
      unique (service_id, platform, conversation)
    )`.execute(db);
  await sql`create index watches_in_place on watches (platform, conversation)`.execute(db);
  await sql`create index watches_to_tell on watches (id) where low and not told`.execute(db);
  await sql`
    create function services_watched() returns trigger language plpgsql
    -- A plan that was kept from a change of one service would be ruinous for one of a hundred thousand.
    set plan_cache_mode = force_custom_plan as $$
    begin
      update watches w set low = not w.low, told = false, crossed = w.crossed + (not w.low)::int
      from became s
      where s.id = w.service_id and w.low <> (s.units - s.associated - s.reserved < w.below);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger services_watched after update on services
    referencing new table as became for each statement execute function services_watched()`.execute(db);
}
