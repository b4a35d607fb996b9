import { type Kysely, sql } from 'kysely';

/** What an order needs to know of an organization, the domains it owns, and channels that belong to one customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table organizations
      add column address_1 text,
      add column address_2 text,
      add column city text,
      add column state text,
      add column postal_code text,
      -- ISO 3166-1, two letters.
      add column country text check (country ~ '^[A-Z]{2}$'),
      add column phone text,
      add column contact_first_name text,
      add column contact_last_name text,
      add column contact_email text check (contact_email = lower(contact_email)),
      add column contact_phone text,
      -- The Microsoft Partner ID of a reseller, or of the provider.
      add column mpn_id text,
      -- What is added to what it would pay itself, in hundredths of a percent.
      add column markup_bp integer not null default 0 check (markup_bp between 0 and 1000000),
      -- ISO 4217.
      add column currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
      -- What a billing system calls it.
      add column external_id text unique`.execute(db);

  await sql`
    create table domains (
      domain text primary key check (domain = lower(domain)),
      organization_id integer not null references organizations
    )`.execute(db);
  await sql`create index domains_of_organization on domains (organization_id)`.execute(db);

  await sql`
    create table bound_channels (
      platform text not null,
      conversation text not null,
      organization_id integer not null references organizations,
      bound_by text not null,
      primary key (platform, conversation)
    )`.execute(db);
}
