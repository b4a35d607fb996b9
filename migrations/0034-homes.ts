import { type Kysely, sql } from 'kysely';

/** Pages that a platform keeps for people, who wants no previews of orders, and the newest orders of all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table homes (
      platform text not null,
      -- The platform's id of whose page it is.
      person text not null,
      who jsonb not null,
      email text,
      place jsonb not null,
      opened_at timestamptz not null,
      -- As whom they saw it last.
      drawn_for text not null default '',
      -- What they saw last, and the platform's mark of that drawing.
      digest text not null default '',
      mark text,
      drawn_at timestamptz,
      -- Something on it moves by itself.
      moves boolean not null default false,
      -- How often it could not be drawn since it was opened or drawn, and when it is tried again.
      tries smallint not null default 0,
      try_after timestamptz,
      primary key (platform, person)
    )`.execute(db);
  await sql`create index homes_opened on homes (opened_at)`.execute(db);
  await sql`
    create table previews_off (
      platform text not null,
      -- Where; empty: everywhere.
      conversation text not null,
      -- For whom; empty: for everybody.
      person text not null,
      off_by text not null,
      primary key (platform, conversation, person)
    )`.execute(db);
  await sql`create index orders_newest on orders (created_at desc, id desc)`.execute(db);
}
