import { type Kysely, sql } from 'kysely';

/**
 * Who sets a price or a markup is refused where a price would not fit an amount. Should it come to that all the same, as
 * when both are set at once, that one price is at its limit, and the others can still be read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace view customer_prices as
      select id as organization_id, product_id, currency, list_minor, purchase_minor,
        least(round(purchase_minor::bigint * (10000 + markup_bp) / 10000.0), 2147483647)::integer as price_minor
      from (
        select c.id, c.markup_bp, p.product_id, p.currency, p.price_minor as list_minor,
          case when parent.kind = 'reseller'
            then least(round(p.price_minor::bigint * (10000 + parent.markup_bp) / 10000.0), 2147483647)::integer
            else p.price_minor end as purchase_minor
        from organizations c
        join organizations parent on parent.id = c.parent_id
        join prices p on p.currency = c.currency
        where c.kind = 'customer'
      ) as purchases`.execute(db);
}
