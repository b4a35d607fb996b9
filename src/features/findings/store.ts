import { sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../db/index.ts';
import { UNDER_WAY } from '../execution/rules.ts';

export type Seen = {
  readonly provider: string;
  readonly reading: number;
  readonly startedAt: Date;
  readonly now: Date;
};

/** How many users a difference of assignments keeps by name. */
const MOST_USERS = 50;

/** Our subscriptions of a provider; `busy` are those that have changed since the reading began, or are changing. */
const ours = ({ provider, startedAt }: Seen) => sql`
  ours as materialized (
    select s.id as service_id, s.organization_id, sub.provider_subscription as name, s.units as bought,
      s.associated as used, sub.status, p.id as product_id, p.sku, p.max_units_per_user as most,
      coalesce(f.kind = 'virtual machines', false) as machines,
      s.reserved > 0 or coalesce(sub.started_at >= ${startedAt}, false)
        or s.revision <> coalesce(told.revision, 0) or coalesce(told.told_at >= ${startedAt}, false)
        or exists (
          select from requested_changes c
          join orders o on o.id = c.order_id
          join order_steps step on step.order_id = c.order_id
          where c.subscription_id = sub.id
            and (o.status = any(${[...UNDER_WAY]}::text[]) or step.finished_at >= ${startedAt})) as busy
    from subscriptions sub
    join services s on s.id = sub.service_id
    join products p on p.id = s.product_id
    left join product_groups g on g.id = p.product_group_id
    left join offerings f on f.id = g.offering_id
    left join assignments_told told on told.service_id = s.id
    where p.provider = ${provider} and sub.provider_subscription is not null and sub.status <> 'cancelled')`;

/** Theirs, with how many units are assigned. */
const theirs = ({ reading }: Seen) => sql`
  theirs as materialized (
    select seen.subscription as name, seen.sku, seen.quantity, seen.status, seen.domain,
      coalesce(given.units, 0) as assigned
    from seen_subscriptions seen
    left join (
      select subscription, sum(units)::int as units from seen_assignments where reading_id = ${reading}
      group by subscription) as given on given.subscription = seen.subscription
    where seen.reading_id = ${reading})`;

/** User by user: what they have here and there, where that differs. */
const differing = ({ reading }: Seen) => sql`
  here as (
    select ours.name, lower(u.email) as user_name, a.units
    from ours join associations a on a.service_id = ours.service_id join users u on u.id = a.user_id
    where not ours.busy and not ours.machines),
  there as (
    select given.subscription as name, given.user_name, given.units
    from seen_assignments given join ours on ours.name = given.subscription
    where given.reading_id = ${reading} and not ours.busy and not ours.machines),
  differing as (
    select name, count(*) filter (where there.units is null)::int as only_here,
      count(*) filter (where here.units is null)::int as only_there,
      count(*) filter (where here.units <> there.units)::int as other_units,
      to_jsonb((array_agg(jsonb_build_array(user_name, coalesce(here.units, 0), coalesce(there.units, 0))
        order by user_name))[:${sql.lit(MOST_USERS)}]) as users,
      md5(string_agg(user_name || ':' || coalesce(here.units, 0) || ':' || coalesce(there.units, 0), ' '
        order by user_name)) as mark
    from here full join there using (name, user_name)
    where here.units is distinct from there.units
    group by name)`;

/** What does not agree, by kind. Each row: kind, subscription, organization, service, numbers, fingerprint. */
const found = ({ provider }: Seen, idle: number) => sql`
  both_sides as (
    select ours.*, theirs.quantity, theirs.assigned, theirs.status as there, theirs.sku as sku_there
    from ours join theirs using (name) where not ours.busy),
  found as (
    select 'quantity' as kind, name, organization_id, service_id,
      jsonb_build_object('bought', bought, 'quantity', quantity, 'used', used, 'assigned', assigned) as numbers,
      bought || '/' || quantity as mark
    from both_sides where bought <> quantity
    union all
    select 'assignments', d.name, b.organization_id, b.service_id,
      jsonb_build_object('used', used, 'assigned', assigned, 'onlyHere', only_here, 'onlyThere', only_there,
        'otherUnits', other_units, 'users', users), d.mark
    from differing d join both_sides b using (name)
    union all
    select 'over-assigned', name, organization_id, service_id,
      jsonb_build_object('bought', bought, 'quantity', quantity, 'used', used, 'assigned', assigned),
      greatest(assigned, used) || '/' || least(quantity, bought)
    from both_sides where not machines and (assigned > quantity or used > bought)
    union all
    select 'idle', name, organization_id, service_id,
      jsonb_build_object('bought', bought, 'quantity', quantity, 'used', used, 'assigned', assigned,
        'idle', quantity - greatest(assigned, used)), (quantity - greatest(assigned, used))::text
    from both_sides
    where not machines and status = 'active' and quantity - greatest(assigned, used) >= ${idle}::int
    union all
    select 'status', name, organization_id, service_id,
      jsonb_build_object('here', status, 'there', there), status || '/' || there
    from both_sides where status <> there
    union all
    select 'product', b.name, b.organization_id, b.service_id,
      jsonb_build_object('sku', b.sku, 'there', b.sku_there), coalesce(b.sku, '') || '/' || b.sku_there
    from both_sides b
    where b.sku is not null and b.sku <> b.sku_there and not exists (
      select from product_aliases alias
      where alias.provider = ${provider} and alias.sku = b.sku_there and alias.product_id = b.product_id)
    union all
    select 'units', b.name, b.organization_id, b.service_id,
      jsonb_build_object('most', b.most, 'users', to_jsonb((array_agg(t.user_name order by t.user_name))[:${sql.lit(MOST_USERS)}])),
      md5(string_agg(t.user_name, ' ' order by t.user_name))
    from both_sides b join there t using (name) where t.units > b.most
    group by b.name, b.organization_id, b.service_id, b.most
    union all
    select 'missing', name, organization_id, service_id, jsonb_build_object('bought', bought, 'used', used), ''
    from ours where not busy and not exists (select from theirs where theirs.name = ours.name)
    union all
    select 'unknown', theirs.name, (select d.organization_id from domains d where d.domain = theirs.domain), null,
      jsonb_build_object('sku', sku, 'quantity', quantity, 'assigned', assigned, 'domain', theirs.domain), ''
    from theirs
    where not exists (
        select from subscriptions sub where sub.provider_subscription = theirs.name and sub.status <> 'cancelled')
      and not exists (select from orders o where o.status = any(${[...UNDER_WAY]}::text[])))`;

/**
 * Compares our books with a reading, in one statement, and keeps what does not agree. A difference that was there before
 * is the same finding, with what was answered to it. Resolves to how many there are.
 */
export async function saveFindings(db: Db, seen: Seen, idle: number): Promise<number> {
  const { provider, reading, now } = seen;
  const { rows } = await sql<{ found: number }>`
    with ${ours(seen)}, ${theirs(seen)}, ${differing(seen)}, ${found(seen, idle)},
    kept as (
      insert into findings
        (kind, provider, provider_subscription, organization_id, service_id, numbers, fingerprint, found_at, reading_id)
      select kind, ${provider}, name, organization_id, service_id, numbers, mark, ${now}, ${reading}::int from found
      on conflict (provider, provider_subscription, kind, fingerprint) do update
        set reading_id = excluded.reading_id, numbers = excluded.numbers, organization_id = excluded.organization_id
      returning 1)
    select count(*)::int as found from kept`.execute(db);
  return rows[0]?.found ?? 0;
}

/** How many findings of the last readings wait for an answer. */
export async function countOpen(db: Db, scope: Scope, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('findings as f')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where(isOpen(now))
    .where(inScope('f.organization_id', scope))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A finding `f` that the last reading of its provider found, and that waits for an answer. */
export const isOpen = (now: Date) => sql<boolean>`(
  (f.answer is null or (f.answer = 'snoozed' and f.snoozed_until <= ${now}))
  and f.reading_id = (select max(r.id) from readings r where r.provider = f.provider and r.finished_at is not null))`;
