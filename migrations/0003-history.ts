import { type Kysely, sql } from 'kysely';

/** Every change that was made: who, when, where, before, after, and how to undo it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table history (
      id integer generated always as identity primary key,
      at timestamptz not null,
      actor jsonb not null,
      actor_name text not null,
      member_id integer references members on delete set null,
      platform text,
      conversation text,
      organization_id integer not null references organizations,
      order_id integer references orders,
      kind text not null,
      summary text not null,
      before jsonb,
      after jsonb,
      undo jsonb,
      undone_by integer references history
    )`.execute(db);
  await sql`create index history_of_order on history (order_id, id desc)`.execute(db);
  await sql`create index history_of_organization on history (organization_id, id desc)`.execute(db);
}
