import { type Kysely, sql } from 'kysely';

/** What was bought and who uses it. The check on `services` is what keeps the count of units right. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table products (
      id integer generated always as identity primary key,
      name text not null unique,
      provider text not null,
      max_units_per_user integer check (max_units_per_user > 0)
    )`.execute(db);

  await sql`
    create table orders (
      id integer generated always as identity primary key,
      number integer not null unique,
      organization_id integer not null references organizations,
      name text not null,
      description text not null,
      status text not null check (status in
        ('Started', 'Provisioning started', 'Provisioning finished', 'Provisioning failed', 'Deleted',
         'Draft', 'In progress', 'Completed', 'Completed with errors')),
      provider_status text,
      error text,
      created_by text not null,
      created_by_organization_id integer not null references organizations,
      created_at timestamptz not null,
      note text,
      payment_details text,
      add_ons text,
      cost_minor integer,
      currency text not null,
      markup_percent integer
    )`.execute(db);
  await sql`create index orders_of_organization on orders (organization_id, created_at desc, id desc)`.execute(
    db,
  );

  await sql`
    create table requested_changes (
      id integer generated always as identity primary key,
      order_id integer not null references orders on delete cascade,
      kind text not null check (kind in
        ('new subscription', 'increase', 'decrease', 'suspend', 'markup change')),
      product_id integer references products,
      quantity integer
    )`.execute(db);
  await sql`create index requested_changes_of_order on requested_changes (order_id)`.execute(db);

  await sql`
    create table services (
      id integer generated always as identity primary key,
      order_id integer not null references orders,
      position integer not null check (position > 0),
      product_id integer not null references products,
      units integer not null check (units >= 0),
      associated integer not null default 0 check (associated >= 0),
      reserved integer not null default 0 check (reserved >= 0),
      unique (order_id, position),
      constraint services_never_oversold check (associated + reserved <= units)
    )`.execute(db);

  await sql`
    create table users (
      id integer generated always as identity primary key,
      organization_id integer not null references organizations,
      email text not null check (email = lower(email)),
      unique (organization_id, email)
    )`.execute(db);

  await sql`
    create table associations (
      service_id integer not null references services,
      user_id integer not null references users,
      units integer not null check (units > 0),
      primary key (service_id, user_id)
    )`.execute(db);
  await sql`create index associations_of_user on associations (user_id)`.execute(db);

  await sql`
    create table subscriptions (
      id integer generated always as identity primary key,
      organization_id integer not null references organizations,
      service_id integer not null unique references services,
      quantity integer not null check (quantity >= 0),
      status text not null check (status in ('active', 'suspended', 'cancelled')),
      admin_email text not null,
      first_name text not null,
      last_name text not null,
      tenant_name text,
      price_minor integer not null,
      currency text not null
    )`.execute(db);
  await sql`create index subscriptions_of_organization on subscriptions (organization_id)`.execute(db);
}
