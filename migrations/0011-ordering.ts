import { type Kysely, sql } from 'kysely';

/** Orders that are made here: drafts, what each line costs, how they are carried out, invoices, approvals. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence order_numbers as integer start with 10029`.execute(db);
  await sql`alter table orders rename column markup_percent to markup_bp`.execute(db);
  await sql`update orders set markup_bp = markup_bp * 100`.execute(db);
  await sql`
    alter table orders
      alter column cost_minor type bigint,
      add column offering_id integer references offerings,
      add column purpose text check (purpose in ('resale', 'own use')),
      -- Whom machines for resale are for.
      add column end_customer jsonb,
      -- What is chosen so far and is no line yet; its kind knows what it holds.
      add column draft jsonb,
      add column placed_at timestamptz,
      add column external_id text unique`.execute(db);
  await sql`alter table requested_changes drop constraint requested_changes_kind_check`.execute(db);
  await sql`
    alter table requested_changes
      add constraint requested_changes_kind_check check (kind in
        ('new subscription', 'increase', 'decrease', 'suspend', 'resume', 'markup change')),
      add column subscription_id integer references subscriptions,
      -- For one unit and month, as of when the order was placed.
      add column purchase_minor integer,
      add column price_minor integer,
      add column markup_bp integer,
      -- Of machines: regions, profiles, add-ons.
      add column configuration jsonb,
      add column error text`.execute(db);
  await sql`
    alter table subscriptions
      -- What the provider calls it.
      add column provider_subscription text,
      add column purchase_minor integer,
      add column markup_bp integer,
      add column co_administrator text,
      add column configuration jsonb,
      add column started_at timestamptz,
      add column renews_at timestamptz`.execute(db);
  // Units of a yearly commitment by when they were added: each lot has a reduction window of its own.
  await sql`
    create table seat_lots (
      id integer generated always as identity primary key,
      subscription_id integer not null references subscriptions,
      quantity integer not null check (quantity >= 0),
      added_at timestamptz not null
    )`.execute(db);
  await sql`create index seat_lots_of_subscription on seat_lots (subscription_id, added_at)`.execute(db);
  await sql`
    create table order_steps (
      order_id integer not null references orders,
      position integer not null,
      kind text not null,
      title text not null,
      state text not null check (state in ('waiting', 'running', 'done', 'failed')),
      -- What the step needs to know, and what came of it.
      input jsonb,
      result jsonb,
      error text,
      attempts integer not null default 0,
      started_at timestamptz,
      finished_at timestamptz,
      primary key (order_id, position)
    )`.execute(db);
  await sql`
    create table invoices (
      id integer generated always as identity primary key,
      number text not null unique,
      order_id integer not null references orders,
      organization_id integer not null references organizations,
      amount_minor bigint not null,
      currency text not null,
      lines jsonb not null,
      issued_at timestamptz not null,
      due_at timestamptz not null
    )`.execute(db);
  await sql`create index invoices_of_order on invoices (order_id)`.execute(db);
  await sql`
    create table approvals (
      order_id integer primary key references orders,
      requested_by text not null,
      requested_by_email text,
      requested_at timestamptz not null,
      expires_at timestamptz not null,
      state text not null check (state in ('waiting', 'approved', 'refused', 'expired')),
      decided_by text,
      decided_by_email text,
      decided_at timestamptz,
      reason text
    )`.execute(db);
  await sql`create index approvals_waiting on approvals (expires_at) where state = 'waiting'`.execute(db);
}
