import { type Kysely, sql } from 'kysely';

/** Who asked for a reading, what came of it, and how large a finding is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table readings
      -- How many subscriptions were read so far.
      add column seen integer not null default 0,
      -- When its last page came.
      add column read_at timestamptz,
      -- Why it could not go on, where it could not.
      add column error text`.execute(db);
  await sql`
    alter table findings
      -- By this the largest of a kind come first.
      add column size integer not null default 0,
      -- When it was last found, or left out while it was there.
      add column seen_at timestamptz not null default now()`.execute(db);
  await sql`create index products_by_sku on products (provider, lower(sku))`.execute(db);
  await sql`create unique index product_aliases_once on product_aliases (provider, lower(sku))`.execute(db);

  await sql`
    create table reading_wishes (
      id integer generated always as identity primary key,
      -- Whose findings the answer counts.
      organization_id integer not null references organizations,
      asked_by text not null,
      asked_at timestamptz not null,
      done_at timestamptz,
      -- How many findings there are, how many of them new, and which vendors could not be read.
      outcome jsonb
    )`.execute(db);
  await sql`create index reading_wishes_open on reading_wishes (id) where done_at is null`.execute(db);
}
