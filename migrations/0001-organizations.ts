import { type Kysely, sql } from 'kysely';

/** Who there is: organizations, their members, and the customer a person looks at in a conversation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organizations (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('provider', 'reseller', 'customer')),
      name text not null,
      parent_id integer references organizations,
      check ((kind = 'provider') = (parent_id is null))
    )`.execute(db);
  await sql`create unique index organizations_name on organizations (lower(name))`.execute(db);
  await sql`create index organizations_parent on organizations (parent_id)`.execute(db);

  await sql`
    create table members (
      id integer generated always as identity primary key,
      organization_id integer not null references organizations,
      role text not null check (role in
        ('provider admin', 'account manager', 'reseller admin', 'customer admin', 'customer')),
      name text not null,
      email text not null unique check (email = lower(email))
    )`.execute(db);

  await sql`
    create table customer_views (
      platform text not null,
      conversation text not null,
      person text not null,
      organization_id integer not null references organizations,
      primary key (platform, conversation, person)
    )`.execute(db);
}
