import { type Kysely, sql } from 'kysely';

/** What was done about a finding, in words, and the order that was begun for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table findings
      add column answer_note text,
      add column answer_order integer references orders on delete set null`.execute(db);
  await sql`
    create index findings_of_order on findings (answer_order) where answer_order is not null`.execute(db);
}
