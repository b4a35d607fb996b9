import { type Kysely, sql } from 'kysely';

/** Accounts that organizations have with providers, and the books of the ledger, the provider that is built in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts (
      organization_id integer not null references organizations,
      offering_id integer not null references offerings,
      role text not null check (role in ('Reseller', 'User')),
      -- The e-mail address with which one signs in.
      user_name text not null,
      state text not null check (state in ('synchronizing', 'synchronized', 'failed')),
      -- What the provider calls it.
      account text,
      error text,
      requested_at timestamptz not null,
      synchronized_at timestamptz,
      primary key (organization_id, offering_id)
    )`.execute(db);
  await sql`
    create table admin_credentials (
      organization_id integer not null references organizations,
      offering_id integer not null references offerings,
      user_name text,
      sent_to text not null,
      requested_by text not null,
      requested_at timestamptz not null,
      primary key (organization_id, offering_id)
    )`.execute(db);

  await sql`
    create table ledger_requests (
      key text primary key,
      ready_at timestamptz not null,
      answer jsonb
    )`.execute(db);
  await sql`
    create table ledger_accounts (
      id text primary key,
      role text not null check (role in ('Reseller', 'User')),
      user_name text not null unique,
      company text not null,
      parent_id text references ledger_accounts
    )`.execute(db);
  await sql`
    create table ledger_tenants (
      domain text primary key,
      account_id text references ledger_accounts,
      admin_user_name text not null,
      alternative_email text not null,
      credentials_given_at timestamptz
    )`.execute(db);
  await sql`
    create table ledger_subscriptions (
      id text primary key,
      account_id text references ledger_accounts,
      domain text references ledger_tenants,
      sku text not null,
      quantity integer not null check (quantity >= 0),
      status text not null check (status in ('active', 'suspended', 'deleted')),
      co_administrator_id text references ledger_accounts,
      configuration jsonb
    )`.execute(db);
  await sql`
    create table ledger_assignments (
      subscription_id text not null references ledger_subscriptions,
      user_name text not null,
      units integer not null check (units > 0),
      primary key (subscription_id, user_name)
    )`.execute(db);
}
