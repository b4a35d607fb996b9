import { type Kysely, sql } from 'kysely';

/** What was asked to be approved, and where: so that nothing else is approved, and the answer is heard there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table approvals drop constraint approvals_state_check`.execute(db);
  await sql`
    alter table approvals
      add constraint approvals_state_check check (state in
        ('waiting', 'approved', 'refused', 'withdrawn', 'expired', 'changed')),
      -- Who asked, also where the member has gone since.
      add column requested_by_member integer,
      -- The conversation in which it was asked.
      add column place jsonb,
      -- Of the order's lines and prices, as they were then.
      add column digest text not null default ''`.execute(db);
}
