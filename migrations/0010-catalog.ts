import { type Kysely, sql } from 'kysely';

/** What can be sold: offerings, their categories, product groups and products, prices, and who has which offering. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table offerings (
      id integer generated always as identity primary key,
      name text not null unique,
      kind text not null check (kind in ('licences', 'virtual machines')),
      vendor text not null,
      provider text not null,
      needs_mpn_id boolean not null default false,
      needs_domain boolean not null default false,
      -- What the domain of a customer ends with: onmicrosoft.com
      domain_suffix text,
      -- Where one goes on: to enrol as a partner, to set the service up, to its portal, to its domains.
      enrolment_url text,
      setup_url text,
      portal_url text,
      domain_url text
    )`.execute(db);
  await sql`
    create table product_groups (
      id integer generated always as identity primary key,
      offering_id integer not null references offerings,
      category text not null,
      name text not null,
      unique (offering_id, category, name)
    )`.execute(db);
  await sql`
    alter table products
      add column product_group_id integer references product_groups,
      add column sku text unique,
      -- The unit of measure: user, mailbox, GB.
      add column unit text not null default 'unit',
      add column description text,
      -- Units of a yearly commitment can be reduced within seven days after they were added, or at renewal.
      add column commitment text not null default 'monthly' check (commitment in ('monthly', 'yearly')),
      add column for_sale boolean not null default true,
      add column add_on_of integer references products,
      -- What a configured machine is priced by.
      add column resource text unique check (resource in ('core', 'memory', 'disk', 'extra storage', 'vpn', 'ipv4'))`.execute(
    db,
  );
  await sql`create index products_of_group on products (product_group_id)`.execute(db);
  await sql`
    create table prices (
      product_id integer not null references products,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      -- Minor units, for one unit and month; what the provider asks before any markup.
      price_minor integer not null check (price_minor >= 0),
      primary key (product_id, currency)
    )`.execute(db);
  // What a reseller pays has the markup of the reseller, what a customer pays also that of the customer. Each is
  // rounded to a minor unit, half up, so that what is added up is what was shown.
  await sql`
    create view customer_prices as
      select id as organization_id, product_id, currency, list_minor, purchase_minor,
        round(purchase_minor::bigint * (10000 + markup_bp) / 10000.0)::integer as price_minor
      from (
        select c.id, c.markup_bp, p.product_id, p.currency, p.price_minor as list_minor,
          case when parent.kind = 'reseller'
            then round(p.price_minor::bigint * (10000 + parent.markup_bp) / 10000.0)::integer
            else p.price_minor end as purchase_minor
        from organizations c
        join organizations parent on parent.id = c.parent_id
        join prices p on p.currency = c.currency
        where c.kind = 'customer'
      ) as purchases`.execute(db);
  await sql`
    create table enabled_offerings (
      organization_id integer not null references organizations,
      offering_id integer not null references offerings,
      contact_name text not null,
      contact_email text not null,
      mpn_id text,
      domain text,
      -- The customer had the service already, and its subscriptions move here.
      is_migration boolean not null default false,
      confirmed_by text not null,
      confirmed_at timestamptz not null,
      primary key (organization_id, offering_id)
    )`.execute(db);
  await sql`
    create table regions (
      id integer generated always as identity primary key,
      offering_id integer not null references offerings,
      name text not null,
      unique (offering_id, name)
    )`.execute(db);
  await sql`
    create table hardware_profiles (
      id integer generated always as identity primary key,
      region_id integer not null references regions,
      name text not null,
      cores integer not null check (cores > 0),
      memory_gb integer not null check (memory_gb > 0),
      disk_gb integer not null check (disk_gb > 0),
      unique (region_id, name)
    )`.execute(db);
  await sql`
    create table machine_templates (
      id integer generated always as identity primary key,
      region_id integer not null references regions,
      name text not null,
      unique (region_id, name)
    )`.execute(db);
}
