import { type Kysely, sql } from 'kysely';

/** What each reconciliation counted and changed. One scheduled run a period. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reconciliation_runs (
      id integer generated always as identity primary key,
      period text not null check (period ~ '^[0-9]{4}-[0-9]{2}$'),
      scope_id integer not null references organizations,
      scheduled boolean not null,
      actor_name text not null,
      at timestamptz not null,
      checked integer not null,
      changed integer not null
    )`.execute(db);
  await sql`
    create unique index reconciliation_runs_once on reconciliation_runs (period) where scheduled`.execute(db);

  await sql`
    create table reconciliation_lines (
      run_id integer not null references reconciliation_runs on delete cascade,
      subscription_id integer not null references subscriptions,
      organization_id integer not null references organizations,
      service text not null,
      product text not null,
      before integer not null,
      counted integer not null,
      price_minor integer not null,
      currency text not null,
      primary key (run_id, subscription_id)
    )`.execute(db);
}
