import { type Kysely, sql } from 'kysely';

/** What vendors were seen to have, and what of it does not agree with our books. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table readings (
      id integer generated always as identity primary key,
      provider text not null,
      started_at timestamptz not null,
      -- The last subscription that was read: from there it goes on where it broke off.
      after text not null default '',
      finished_at timestamptz
    )`.execute(db);
  await sql`create index readings_last on readings (provider, id desc)`.execute(db);
  await sql`
    create table seen_subscriptions (
      reading_id integer not null references readings on delete cascade,
      subscription text not null,
      sku text not null,
      quantity integer not null,
      status text not null,
      domain text,
      primary key (reading_id, subscription)
    )`.execute(db);
  await sql`
    create table seen_assignments (
      reading_id integer not null references readings on delete cascade,
      subscription text not null,
      user_name text not null,
      units integer not null,
      primary key (reading_id, subscription, user_name)
    )`.execute(db);

  // The same product under another article number of the vendor.
  await sql`
    create table product_aliases (
      provider text not null,
      sku text not null,
      product_id integer not null references products,
      added_by text not null,
      added_at timestamptz not null,
      primary key (provider, sku)
    )`.execute(db);

  await sql`
    create table findings (
      id integer generated always as identity primary key,
      kind text not null check (kind in (
        'quantity', 'assignments', 'over-assigned', 'idle', 'missing', 'unknown', 'status', 'units', 'product')),
      provider text not null,
      provider_subscription text not null,
      -- Of a subscription that is not in our books: of whom its domain is, where that is known.
      organization_id integer references organizations,
      service_id integer references services,
      -- Units bought, used here, there, and assigned there; statuses, article numbers, users.
      numbers jsonb not null,
      -- The same difference is the same finding, also after years; another number is another one.
      fingerprint text not null,
      found_at timestamptz not null,
      -- The last reading that found it.
      reading_id integer not null,
      answer text check (answer in ('accepted', 'released', 'ordered', 'snoozed')),
      answered_by text,
      answered_at timestamptz,
      snoozed_until timestamptz,
      unique (provider, provider_subscription, kind, fingerprint)
    )`.execute(db);
  await sql`create index findings_of_reading on findings (reading_id, organization_id)`.execute(db);
  // Since when the vendor has been as it was told to be: what was told during a reading is not a finding of it.
  await sql`alter table assignments_told add column told_at timestamptz`.execute(db);
}
