import { type Kysely, sql } from 'kysely';

/** The invoices of one customer are listed, the newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index invoices_of_organization on invoices (organization_id, id)`.execute(db);
}
