import { type Kysely, sql } from 'kysely';

/** So that a rare text is found among a hundred thousand subscriptions as quickly as among a hundred thousand orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The product and where it stands, `10023/1`.
  await sql`alter table subscriptions add column item text not null default ''`.execute(db);
  await sql`
    create function subscription_item(service integer) returns text language sql stable as $$
      select coalesce((
        select p.name || E'\n' || o.number || '/' || s.position
        from services s join orders o on o.id = s.order_id join products p on p.id = s.product_id
        where s.id = service), '')
    $$`.execute(db);
  await sql`update subscriptions set item = subscription_item(service_id)`.execute(db);
  // A search may not run from one part into the next: a line break is in no search.
  await sql`
    alter table subscriptions add column search text not null generated always as (
      lower(item || E'\n' || status || E'\n' || coalesce(tenant_name, '') || E'\n' || admin_email || E'\n' ||
        first_name || ' ' || last_name)
    ) stored`.execute(db);
  await sql`create index subscriptions_search on subscriptions using gin (trigrams(search))`.execute(db);

  await sql`
    create function subscriptions_item() returns trigger language plpgsql as $$
    begin
      new.item := subscription_item(new.service_id);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger subscriptions_item before insert or update of service_id on subscriptions for each row
    execute function subscriptions_item()`.execute(db);
  await sql`
    create function product_renamed_in_subscriptions() returns trigger language plpgsql as $$
    begin
      update subscriptions sub set item = subscription_item(s.id)
      from services s where s.id = sub.service_id and s.product_id = new.id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger products_renamed_in_subscriptions after update of name on products for each row
    when (old.name is distinct from new.name) execute function product_renamed_in_subscriptions()`.execute(
    db,
  );
}
