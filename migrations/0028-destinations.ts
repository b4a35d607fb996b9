import { type Kysely, sql } from 'kysely';

/** Where posts go: whose turn it is, at what pace, what is out of reach; and the threads they belong to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table destinations (
      platform text not null,
      conversation text not null,
      -- Who posts there now; should that copy of the bot be killed, its time runs out.
      claimed_by text,
      claimed_until timestamptz,
      -- Nobody posts there before: the platform asked for it, or the last try failed.
      paused_until timestamptz,
      -- Somebody is to look for what waits there then.
      wake_at timestamptz,
      throttled_at timestamptz,
      throttled integer not null default 0,
      -- Nothing gets through any more, since when, why, and how people call it.
      dead_since timestamptz,
      dead_why text,
      place jsonb,
      -- It is tried again, but nothing has got through since then so far.
      lost_since timestamptz,
      primary key (platform, conversation),
      check ((dead_since is null) = (place is null))
    )`.execute(db);
  await sql`create index destinations_dead on destinations (dead_since) where dead_since is not null`.execute(
    db,
  );
  await sql`create index destinations_throttled on destinations (throttled_at)`.execute(db);

  // What a platform asks for in one conversation it means for all of them.
  await sql`
    create table platform_pauses (platform text primary key, until timestamptz not null)`.execute(db);

  // What was posted of late, for the limits of the platforms.
  await sql`
    create table sendings (
      platform text not null,
      conversation text not null,
      at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index sendings_latest on sendings (platform, conversation, at)`.execute(db);

  // The first message about a thing in a conversation: what follows is answered there.
  await sql`
    create table notice_threads (
      platform text not null,
      conversation text not null,
      name text not null,
      message text not null,
      used_at timestamptz not null,
      primary key (platform, conversation, name)
    )`.execute(db);

  await sql`alter table deliveries add column thread text`.execute(db);
  // The first try: since then the message may be there without anybody having noted it.
  await sql`alter table deliveries add column tried_at timestamptz`.execute(db);
  await sql`update deliveries set tried_at = created_at where attempts > 0`.execute(db);
  await sql`alter table deliveries drop column claimed_until`.execute(db);
  // Tries that failed by a fault of ours in this post: not those that the platform or the network is to blame for.
  await sql`alter table deliveries add column faults integer not null default 0`.execute(db);
  // Not worth telling any more: given up as soon as something else gets through there.
  await sql`alter table deliveries add column outdated boolean not null default false`.execute(db);
  await sql`alter table deliveries add column given_up_at timestamptz`.execute(db);
  await sql`update deliveries set given_up_at = created_at where state = 'dead'`.execute(db);
  await sql`create index deliveries_of_state on deliveries (state, id)`.execute(db);
}
