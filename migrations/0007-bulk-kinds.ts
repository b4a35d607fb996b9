import { type Kysely, sql } from 'kysely';

/** Jobs of several kinds on several services, plans that know what they rest on, and jobs that are taken back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Grows with every change of who has units of a service: a plan made at this number still stands.
  await sql`alter table services add column revision integer not null default 0`.execute(db);
  await sql`
    create function services_next_revision() returns trigger language plpgsql as $$
    begin
      new.revision := old.revision + 1;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger services_revision before update on services for each row
    when (old.associated is distinct from new.associated) execute function services_next_revision()`.execute(
    db,
  );

  await sql`
    create table job_reservations (
      job_id integer not null references jobs on delete cascade,
      service_id integer not null references services,
      units integer not null check (units >= 0),
      primary key (job_id, service_id)
    )`.execute(db);
  await sql`
    insert into job_reservations (job_id, service_id, units)
    select id, service_id, reserved from jobs where service_id is not null and reserved > 0`.execute(db);
  await sql`
    alter table jobs
      drop column reserved,
      add column option text,
      add column digest text not null default '',
      add column undo_of integer references jobs,
      add column history_id integer references history,
      drop constraint jobs_state_check,
      add constraint jobs_state_check check (state in
        ('asked', 'preview', 'running', 'done', 'cancelled', 'broken', 'discarded'))`.execute(db);
  // Their plans are of another shape.
  await sql`update jobs set state = 'discarded' where state = 'preview'`.execute(db);
  await sql`create index jobs_unfinished on jobs (id) where accepted_at is not null and finished_at is null`.execute(
    db,
  );

  // A file without a day is kept for good.
  await sql`alter table files add column keep_until timestamptz`.execute(db);
  // Workbooks are compressed already.
  await sql`alter table files alter column bytes set storage external`.execute(db);
  for (const file of ['result_file', 'retry_file']) {
    await sql`
      alter table jobs
        drop constraint ${sql.ref(`jobs_${file}_fkey`)},
        add foreign key (${sql.ref(file)}) references files on delete set null`.execute(db);
  }

  // The job that touched them last: what it did can be taken back as long as nobody else did.
  await sql`alter table associations add column job_id integer`.execute(db);
  await sql`
    alter table users
      add column job_id integer,
      add column first_name text,
      add column last_name text,
      add column display_name text,
      add column phone_number text,
      add column extension text,
      add column location text,
      add column preferred_site text,
      add column base_licenses text[] not null default '{}'`.execute(db);

  // A package is a licence of which a user has one at a time: Webex Suite instead of Webex Calling.
  await sql`
    alter table products
      add column is_package boolean not null default false,
      add column has_calling boolean not null default false,
      add column has_meetings boolean not null default false`.execute(db);
  await sql`
    update products set is_package = true, has_calling = true, has_meetings = true
    where name = 'Webex Suite'`.execute(db);
}
