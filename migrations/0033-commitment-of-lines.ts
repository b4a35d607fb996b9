import { type Kysely, sql } from 'kysely';

/**
 * How long the customer was bound to the units of a line when they were counted, and how many of them were bought at the
 * vendor; of older lines it is not known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table reconciliation_lines
      add column commitment text check (commitment in ('monthly', 'yearly')),
      add column bought int`.execute(db);
}
