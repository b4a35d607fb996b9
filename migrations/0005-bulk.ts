import { type Kysely, sql } from 'kysely';

/** Bulk jobs and their rows, a chunk at a time. A chunk with results was applied: that is the ledger. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table jobs (
      id integer generated always as identity primary key,
      kind text not null,
      organization_id integer not null references organizations,
      service_id integer references services,
      state text not null check (state in ('preview', 'running', 'done', 'cancelled', 'broken', 'discarded')),
      actor jsonb not null,
      actor_name text not null,
      member_id integer references members on delete set null,
      place jsonb not null,
      file_name text not null,
      file_hash text not null,
      preview jsonb not null,
      reserved integer not null default 0 check (reserved >= 0),
      rows integer not null,
      valid integer not null,
      done integer not null default 0,
      failed integer not null default 0,
      created_at timestamptz not null,
      accepted_at timestamptz,
      finished_at timestamptz,
      result_file text references files,
      retry_file text references files
    )`.execute(db);
  await sql`create index jobs_of_organization on jobs (organization_id, id desc)`.execute(db);

  await sql`
    create table job_chunks (
      job_id integer not null references jobs on delete cascade,
      chunk integer not null,
      rows jsonb not null,
      results jsonb,
      primary key (job_id, chunk)
    )`.execute(db);
}
