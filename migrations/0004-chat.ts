import { type Kysely, sql } from 'kysely';

/** What the bot remembers of conversations: requests it answered, places, messages it can change, files, notices. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table requests (
      key text primary key,
      person text not null,
      at timestamptz not null,
      reply jsonb,
      delivered_at timestamptz
    )`.execute(db);
  await sql`create index requests_at on requests (at)`.execute(db);

  await sql`
    create table places (
      platform text not null,
      conversation text not null,
      place jsonb not null,
      primary key (platform, conversation)
    )`.execute(db);

  await sql`
    create table sent_messages (name text primary key, place jsonb not null, message text not null)`.execute(
    db,
  );

  await sql`
    create table expectations (
      platform text not null,
      conversation text not null,
      person text not null,
      command text not null,
      expires_at timestamptz not null,
      primary key (platform, conversation, person)
    )`.execute(db);

  await sql`
    create table files (
      id text primary key,
      name text not null,
      content_type text not null,
      bytes bytea not null,
      created_at timestamptz not null
    )`.execute(db);

  await sql`create table secrets (name text primary key, value text not null)`.execute(db);

  await sql`
    create table notice_channels (
      platform text not null,
      conversation text not null,
      kind text not null check (kind in ('jobs', 'orders', 'reconciliation', 'low-units')),
      place jsonb not null,
      organization_id integer not null references organizations,
      asked_by text not null,
      -- Of a conversation with one person: with the role the notices end.
      member_id integer references members on delete cascade,
      primary key (platform, conversation, kind)
    )`.execute(db);

  await sql`
    create table deliveries (
      id integer generated always as identity primary key,
      key text not null unique,
      platform text not null,
      conversation text not null,
      kind text not null,
      place jsonb not null,
      reply jsonb not null,
      state text not null check (state in ('waiting', 'sent', 'dead')),
      attempts integer not null default 0,
      claimed_until timestamptz,
      error text,
      created_at timestamptz not null,
      sent_at timestamptz
    )`.execute(db);
  await sql`
    create index deliveries_waiting on deliveries (platform, conversation, id) where state = 'waiting'`.execute(
    db,
  );

  await sql`
    create table transcript (
      id integer generated always as identity primary key,
      conversation text not null,
      at timestamptz not null,
      entry jsonb not null
    )`.execute(db);
  await sql`create index transcript_of_conversation on transcript (conversation, id)`.execute(db);
}
