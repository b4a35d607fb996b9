import { type Kysely, sql } from 'kysely';

/** What was done about a finding, and the order that was begun for it; and what a reading left out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table findings
      -- Which of the proposals it was, as 'adopt', 'close' or 'leave', and the same in words.
      add column deed text,
      add column answer_note text,
      add column answer_order integer references orders on delete set null,
      -- The last reading that left its subscription out, and so neither found it nor found it gone.
      add column left_out_by integer`.execute(db);
  await sql`
    create index findings_of_order on findings (answer_order) where answer_order is not null`.execute(db);
  // Services that were changing while their vendor was read.
  await sql`
    create table left_out (
      reading_id integer not null references readings on delete cascade,
      service_id integer not null references services on delete cascade,
      primary key (reading_id, service_id)
    )`.execute(db);
  await sql`create index left_out_service on left_out (service_id)`.execute(db);
}
