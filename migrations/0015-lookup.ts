import { type Kysely, sql } from 'kysely';

/** So that a lookup is as quick with a hundred thousand orders as with ten: what is looked for stands ready. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db);
  await keepLines(db);
  await addIndexes(db);
  await keepTallies(db);
}

async function addColumns(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table orders
      -- Nothing but the markup is changed: for who sees no markup there is no such order.
      add column markup_only boolean not null default false,
      -- The products of the order, in small letters. Those of a change of the markup are nobody's to find.
      add column items text not null default ''`.execute(db);
  // A search may not run from one part into the next: a line break is in no search.
  await sql`
    alter table orders add column search text not null generated always as (
      lower(number::text || E'\n' || description || E'\n' || created_by || E'\n' || coalesce(note, '') || E'\n' || items)
    ) stored`.execute(db);
  await sql`alter table services add column organization_id integer references organizations`.execute(db);
  await sql`update services s set organization_id = o.organization_id from orders o where o.id = s.order_id`.execute(
    db,
  );
  await sql`alter table services alter column organization_id set not null`.execute(db);
  await sql`
    create function services_organization() returns trigger language plpgsql as $$
    begin
      new.organization_id := (select organization_id from orders where id = new.order_id);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger services_organization before insert on services for each row
    execute function services_organization()`.execute(db);
}

/** Keeps what an order says of its lines. */
async function keepLines(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refresh_orders(ids integer[]) returns void language sql as $$
      update orders o set markup_only = now.markup_only, items = now.items
      from (
        select id,
          coalesce((select bool_and(kind = 'markup change') from requested_changes where order_id = of.id), false)
            as markup_only,
          coalesce((
            select string_agg(lower(name), E'\n' order by id) from products where id in (
              select product_id from requested_changes where order_id = of.id and kind <> 'markup change'
              union select product_id from services where order_id = of.id)), '') as items
        from orders of where id = any(ids)
      ) as now
      where o.id = now.id and (o.markup_only, o.items) is distinct from (now.markup_only, now.items)
    $$`.execute(db);
  await sql`
    create function lines_changed() returns trigger language plpgsql as $$
    begin
      perform refresh_orders(array(select distinct order_id from changed));
      return null;
    end $$`.execute(db);
  for (const [table, event, rows] of [
    ['requested_changes', 'insert', 'new'],
    ['requested_changes', 'update', 'new'],
    ['requested_changes', 'delete', 'old'],
    ['services', 'insert', 'new'],
    ['services', 'delete', 'old'],
  ] as const) {
    await sql`
      create trigger ${sql.ref(`${table}_lines_${event}`)} after ${sql.raw(event)} on ${sql.table(table)}
      referencing ${sql.raw(rows)} table as changed for each statement execute function lines_changed()`.execute(
      db,
    );
  }
  await sql`
    create function product_renamed() returns trigger language plpgsql as $$
    begin
      perform refresh_orders(array(
        select order_id from requested_changes where product_id = new.id
        union select order_id from services where product_id = new.id));
      return null;
    end $$`.execute(db);
  await sql`
    create trigger products_renamed after update of name on products for each row
    when (old.name is distinct from new.name) execute function product_renamed()`.execute(db);
  await sql`select refresh_orders(array(select id from orders))`.execute(db);
}

/** One for each list that there is, in the order it is shown in; and one that finds a text anywhere in an order. */
async function addIndexes(db: Kysely<unknown>): Promise<void> {
  const lists = {
    orders_recent: `'Started', 'Provisioning started', 'Provisioning finished', 'Provisioning failed', 'Deleted'`,
    orders_historical: `'Draft', 'In progress', 'Completed', 'Completed with errors'`,
    orders_active: `'In progress', 'Completed', 'Completed with errors'`,
    orders_draft: `'Draft'`,
  };
  for (const [name, statuses] of Object.entries(lists)) {
    await sql`
      create index ${sql.ref(name)} on orders (organization_id, created_at desc, id desc)
      where status in (${sql.raw(statuses)})`.execute(db);
  }
  await sql`
    create function trigrams(of text) returns text[] language sql immutable strict parallel safe as $$
      select coalesce(array_agg(distinct substr(of, at, 3)), '{}') from generate_series(1, length(of) - 2) as at
    $$`.execute(db);
  await sql`create index orders_search on orders using gin (trigrams(search))`.execute(db);
  await sql`create index orders_markup_only on orders (organization_id, id) where markup_only`.execute(db);
  await sql`
    create index services_of_organization on services (organization_id, product_id, order_id, position)`.execute(
    db,
  );
  await sql`create index services_in_order on services (organization_id, order_id, position)`.execute(db);
  await sql`create index subscriptions_listed on subscriptions (organization_id, service_id)`.execute(db);
  await sql`drop index subscriptions_of_organization`.execute(db);
}

/**
 * How many there are, so that nobody has to count them. A change adds a row with the difference, which waits for
 * nobody; now and then the rows of an organization become one again.
 */
async function keepTallies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tallies (
      id bigint generated always as identity primary key,
      organization_id integer not null references organizations on delete cascade,
      what text not null check (what in ('orders', 'services', 'subscriptions')),
      -- The status of orders and subscriptions, the product of services.
      key text not null,
      count integer not null,
      units bigint not null,
      associated bigint not null,
      reserved bigint not null
    )`.execute(db);
  await sql`create index tallies_of_organization on tallies (organization_id, what, key)`.execute(db);
  await sql`
    create function join_tallies(organizations integer[]) returns void language sql as $$
      with gone as (
        delete from tallies where id in (
          select id from tallies where organization_id = any(organizations) for update skip locked)
        returning *)
      insert into tallies (organization_id, what, key, count, units, associated, reserved)
      select organization_id, what, key, sum(count), sum(units), sum(associated), sum(reserved)
      from gone group by organization_id, what, key
      having sum(count) <> 0 or sum(units) <> 0 or sum(associated) <> 0 or sum(reserved) <> 0
    $$`.execute(db);
  await tally(db, 'orders', 'status', ['0', '0', '0']);
  await tally(db, 'services', 'product_id::text', ['units', 'associated', 'reserved']);
  await tally(db, 'subscriptions', 'status', ['quantity', '0', '0']);
}

type Amounts = readonly [units: string, associated: string, reserved: string];

async function tally(db: Kysely<unknown>, table: string, key: string, amounts: Amounts): Promise<void> {
  const rows = (from: string, sign: 1 | -1) => {
    const summed = amounts.map((amount) => `sum(${sign} * ${amount})`).join(', ');
    return `select organization_id, ${key} as key, sum(${sign}) as count, ${summed} from ${from} group by 1, 2`;
  };
  const into = `insert into tallies (organization_id, what, key, count, units, associated, reserved)`;
  const add = (source: string) => `
    ${into}
    select organization_id, '${table}', key, sum(count), sum(units), sum(associated), sum(reserved)
    from (${source}) as of (organization_id, key, count, units, associated, reserved)
    group by organization_id, key
    having sum(count) <> 0 or sum(units) <> 0 or sum(associated) <> 0 or sum(reserved) <> 0`;
  const events = {
    insert: { source: rows('became', 1), seen: 'became', of: 'new table as became' },
    delete: { source: rows('was', -1), seen: 'was', of: 'old table as was' },
    update: {
      source: `${rows('became', 1)} union all ${rows('was', -1)}`,
      seen: 'became',
      of: 'old table as was new table as became',
    },
  };
  for (const [event, { source, seen, of }] of Object.entries(events)) {
    const name = sql.ref(`${table}_tally_${event}`);
    await sql`
      create function ${name}() returns trigger language plpgsql as $$
      begin
        ${sql.raw(add(source))};
        if random() < 0.02 then
          perform join_tallies(array(select distinct organization_id from ${sql.raw(seen)}));
        end if;
        return null;
      end $$`.execute(db);
    await sql`
      create trigger ${name} after ${sql.raw(event)} on ${sql.table(table)}
      referencing ${sql.raw(of)} for each statement execute function ${name}()`.execute(db);
  }
  await sql.raw(add(rows(table, 1))).execute(db);
}
