import { type Kysely, sql } from 'kysely';

/** Who has begun an order, as a member: two people may have one name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table orders add column created_by_member integer references members on delete set null`.execute(
    db,
  );
  // Of those that can still be gone on with.
  await sql`
    update orders o
    set created_by_member = (
      select h.member_id from history h
      where h.order_id = o.id and h.kind = 'order' and h.actor_name = o.created_by
      order by h.id
      limit 1)
    where o.status in ('Started', 'Draft')`.execute(db);
  await sql`
    create index orders_of_member on orders (created_by_member) where created_by_member is not null`.execute(
    db,
  );
}
