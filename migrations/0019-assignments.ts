import { type Kysely, sql } from 'kysely';

/** How far the vendors know who has units of a service. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table assignments_told (
      service_id integer primary key references services on delete cascade,
      -- The revision of the service that the vendor knows.
      revision integer not null default 0,
      -- When the vendor is to be told, where there is something to tell; each wish for it counts.
      due_at timestamptz,
      wishes integer not null default 0,
      -- Who is telling has it until then.
      claimed_until timestamptz,
      -- How often the vendor was asked, and what it was asked last and has not answered.
      asked integer not null default 0,
      asking jsonb,
      -- What the vendor did not do and why, in its own words; and for which users.
      error text,
      refused jsonb
    )`.execute(db);
  await sql`
    create index assignments_due on assignments_told (due_at) where due_at is not null`.execute(db);
  await sql`
    insert into assignments_told (service_id, due_at, wishes)
    select service_id, now(), 1 from subscriptions
    where provider_subscription is not null and status <> 'cancelled'`.execute(db);

  // The subscription that a request for assignments is about: an answer is kept until the next one.
  await sql`alter table ledger_requests add column about text`.execute(db);
  await sql`create index ledger_requests_about on ledger_requests (about) where about is not null`.execute(
    db,
  );
}
