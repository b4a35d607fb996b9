import { type Kysely, sql } from 'kysely';

/** A run goes on where it broke off, and keeps all that its lines say as it was then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table reconciliation_runs
      add column scope_name text,
      -- Who asked for it, and where: what it does is done for them.
      add column actor jsonb,
      add column member_id integer,
      add column place jsonb,
      -- So many lines are to change a quantity; so many of them were gone through, up to this subscription.
      add column to_change integer not null default 0,
      add column done integer not null default 0,
      add column through integer not null default 0,
      -- Subscriptions that were changing just then.
      add column left_out integer not null default 0,
      -- All quantities are set; and then: all who asked for it are told.
      add column applied_at timestamptz,
      add column finished_at timestamptz`.execute(db);
  await sql`
    update reconciliation_runs r set scope_name = o.name, to_change = changed, done = changed,
      actor = jsonb_build_object('kind', 'job', 'name', actor_name), applied_at = at, finished_at = at
    from organizations o where o.id = r.scope_id`.execute(db);
  await sql`
    alter table reconciliation_runs alter column scope_name set not null, alter column actor set not null`.execute(
    db,
  );
  await sql`
    create index reconciliation_runs_unfinished on reconciliation_runs (id) where finished_at is null`.execute(
    db,
  );

  await sql`
    alter table reconciliation_lines
      add column organization text,
      add column reseller_id integer,
      add column reseller text,
      -- What is recorded now: what was counted, or what it was before where it was left out.
      add column after integer,
      add column left_out boolean not null default false`.execute(db);
  await sql`
    update reconciliation_lines l
    set organization = o.name, reseller_id = reseller.id, reseller = reseller.name, after = counted
    from organizations o
    left join organizations reseller
      on reseller.kind = 'reseller' and reseller.id = case o.kind when 'reseller' then o.id else o.parent_id end
    where o.id = l.organization_id`.execute(db);
  await sql`
    alter table reconciliation_lines
      alter column organization set not null, alter column after set not null`.execute(db);

  // What is changing just now is asked of each subscription.
  await sql`
    create index if not exists requested_changes_of_subscription on requested_changes (subscription_id)
    where subscription_id is not null`.execute(db);

  // A quantity that is set stays on its page: else each of the indexes, above all that of texts, would be written, too.
  await sql`alter table subscriptions set (fillfactor = 50)`.execute(db);

  // Since when the schedule is as it is: no run was missed before.
  await sql`
    create table reconciliation_schedule (
      id boolean primary key default true check (id),
      cron text not null,
      timezone text not null,
      since timestamptz not null
    )`.execute(db);

  // The preview before a run is told once.
  await sql`
    create table reconciliation_previews (
      period text primary key check (period ~ '^[0-9]{4}-[0-9]{2}$'),
      due timestamptz not null,
      announced_at timestamptz not null
    )`.execute(db);
}
