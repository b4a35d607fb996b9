import { sql } from 'kysely';
import type { Db } from '../../../db/index.ts';
import { MENDABLE, UNDER_WAY } from '../../execution/rules.ts';

export type Seen = {
  readonly provider: string;
  readonly reading: number;
  readonly startedAt: Date;
  readonly now: Date;
};

/** How many users a difference of assignments keeps by name. */
const MOST_USERS = 50;

/**
 * Subscriptions that an order is changing, may be about to change, may have changed without an answer that reached us, or
 * has changed since the reading began.
 */
const changing = ({ startedAt }: Seen) => sql`
  changing as (
    select c.subscription_id from requested_changes c join orders o on o.id = c.order_id
    where c.subscription_id is not null and o.status = any(${[...UNDER_WAY]}::text[])
    union
    select c.subscription_id from requested_changes c join approvals a on a.order_id = c.order_id
    where c.subscription_id is not null and a.state = 'waiting'
    union
    select c.subscription_id from order_steps step
    join orders o on o.id = step.order_id
    join requested_changes c on c.order_id = o.id and c.id = (step.input ->> 'change')::int
    where c.subscription_id is not null and step.state = 'failed' and (step.input ->> 'unanswered')::boolean
      and o.status = any(${[...MENDABLE]}::text[])
    union
    select c.subscription_id from requested_changes c join order_steps step on step.order_id = c.order_id
    where c.subscription_id is not null and step.finished_at >= ${startedAt})`;

/**
 * Our subscriptions of a provider, by the provider's name for them: several of one name are one. Those that are `busy`
 * have changed since the reading began, or are changing.
 */
const ours = ({ provider, startedAt }: Seen) => sql`
  each_of_ours as materialized (
    select s.id as service_id, s.organization_id, sub.provider_subscription as name, s.units as bought,
      sub.quantity as recorded, s.associated as used, sub.status, p.id as product_id, p.sku,
      p.max_units_per_user as most, coalesce(f.kind = 'virtual machines', false) as machines,
      s.reserved > 0 or changing.subscription_id is not null
        or coalesce(sub.started_at >= ${startedAt}, false) or coalesce(told.told_at >= ${startedAt}, false)
        or (sub.status <> 'cancelled' and s.revision <> coalesce(told.revision, 0)) as busy
    from subscriptions sub
    join services s on s.id = sub.service_id
    join products p on p.id = s.product_id
    left join product_groups g on g.id = p.product_group_id
    left join offerings f on f.id = g.offering_id
    left join assignments_told told on told.service_id = s.id
    left join changing on changing.subscription_id = sub.id
    where p.provider = ${provider} and sub.provider_subscription is not null),
  ours as materialized (
    select name, case when count(*) = 1 then min(service_id) end as service_id,
      case when min(organization_id) = max(organization_id) then min(organization_id) end as organization_id,
      coalesce(sum(bought) filter (where status <> 'cancelled'), 0)::int as bought,
      coalesce(sum(recorded) filter (where status <> 'cancelled'), 0)::int as recorded,
      coalesce(sum(used) filter (where status <> 'cancelled'), 0)::int as used,
      case when bool_or(status = 'active') then 'active' when bool_or(status = 'suspended') then 'suspended'
        else 'cancelled' end as status,
      case when min(product_id) = max(product_id) then min(product_id) end as product_id, min(sku) as sku,
      min(most) as most, bool_or(machines) as machines, bool_or(busy) as busy
    from each_of_ours group by name)`;

/** Theirs, with how many units are assigned. */
const theirs = ({ reading }: Seen) => sql`
  theirs as materialized (
    select seen.subscription as name, seen.sku, seen.quantity, seen.status, lower(seen.domain) as domain,
      coalesce(given.units, 0) as assigned
    from seen_subscriptions seen
    left join (
      select subscription, sum(units)::int as units from seen_assignments where reading_id = ${reading}
      group by subscription) as given on given.subscription = seen.subscription
    where seen.reading_id = ${reading}),
  both_sides as materialized (
    select ours.*, theirs.quantity, theirs.assigned, theirs.status as there, theirs.sku as sku_there,
      ours.status <> 'cancelled' as lives
    from ours join theirs using (name) where not ours.busy)`;

/** User by user: what they have here and there, where that differs. */
const differing = ({ reading }: Seen) => sql`
  here as (
    select b.name, lower(u.email) as user_name, sum(a.units)::int as units
    from both_sides b
    join each_of_ours each using (name)
    join associations a on a.service_id = each.service_id
    join users u on u.id = a.user_id
    where b.lives and not b.machines and each.status <> 'cancelled'
    group by b.name, lower(u.email)),
  there as (
    select b.name, given.user_name, given.units, b.most
    from seen_assignments given join both_sides b on b.name = given.subscription
    where given.reading_id = ${reading} and b.lives and not b.machines),
  differing as (
    select name, count(*) filter (where there.units is null)::int as only_here,
      count(*) filter (where here.units is null)::int as only_there,
      count(*) filter (where here.units <> there.units)::int as other_units, count(*)::int as all_of_them,
      to_jsonb((array_agg(jsonb_build_array(user_name, coalesce(here.units, 0), coalesce(there.units, 0))
        order by user_name))[:${sql.lit(MOST_USERS)}]) as users,
      md5(string_agg(user_name || ':' || coalesce(here.units, 0) || ':' || coalesce(there.units, 0), ' '
        order by user_name)) as mark
    from here full join there using (name, user_name)
    where here.units is distinct from there.units
    group by name)`;

/**
 * What orders are having made, or may have had made without an answer that reached us: the article number, also by its
 * aliases, the quantity, and the domain where the vendor is told one.
 */
const making = ({ provider }: Seen) => sql`
  asked_for as (
    select p.id as product_id, coalesce(p.sku, p.name) as sku, coalesce(c.quantity, 1) as quantity,
      case when f.needs_domain then lower(e.domain) end as domain
    from order_steps step
    join orders o on o.id = step.order_id
    join requested_changes c on c.id = (step.input ->> 'change')::int
    join products p on p.id = c.product_id
    left join product_groups g on g.id = p.product_group_id
    left join offerings f on f.id = coalesce(o.offering_id, g.offering_id)
    left join enabled_offerings e on e.organization_id = o.organization_id and e.offering_id = f.id
    where step.kind = 'subscription' and step.state <> 'done' and p.provider = ${provider}
      and (o.status = any(${[...UNDER_WAY]}::text[]) or (step.input ->> 'unanswered')::boolean)),
  making as materialized (
    select lower(sku) as sku, quantity, domain from asked_for
    union
    select lower(alias.sku), quantity, domain
    from asked_for join product_aliases alias using (product_id) where alias.provider = ${provider})`;

const units = sql`jsonb_build_object('bought', bought, 'recorded', recorded, 'quantity', quantity, 'used', used,
  'assigned', assigned)`;
/** Units that nobody has, here or there. */
const unused = sql`quantity - greatest(assigned, used)`;

/**
 * What does not agree, by kind. Each row: kind, subscription, organization, service, numbers, what tells this difference
 * from another, and how large it is. Fewer idle units than were accepted are no news.
 */
const found = ({ provider, now }: Seen, idle: number) => sql`
  left_idle as materialized (
    select provider_subscription as name, max(size) as units from findings
    where provider = ${provider} and kind = 'idle'
      and (answer = 'accepted' or (answer = 'snoozed' and snoozed_until > ${now}))
    group by provider_subscription),
  found as (
    select 'quantity' as kind, name, organization_id, service_id, ${units} as numbers,
      bought || '/' || quantity as mark, abs(bought - quantity) as size
    from both_sides where lives and bought <> quantity
    union all
    select 'assignments', d.name, b.organization_id, b.service_id,
      jsonb_build_object('used', used, 'assigned', assigned, 'onlyHere', only_here, 'onlyThere', only_there,
        'otherUnits', other_units, 'users', users), d.mark, all_of_them
    from differing d join both_sides b using (name)
    union all
    select 'over-assigned', name, organization_id, service_id, ${units},
      greatest(assigned, used) || '/' || least(quantity, bought), greatest(assigned - quantity, used - bought)
    from both_sides where lives and not machines and (assigned > quantity or used > bought)
    union all
    select 'idle', name, organization_id, service_id, ${units} || jsonb_build_object('idle', ${unused}),
      (${unused})::text, ${unused}
    from both_sides
    left join left_idle using (name)
    where not machines and status = 'active' and there = 'active' and ${unused} >= ${idle}::int
      and ${unused} >= coalesce(left_idle.units, 0)
    union all
    select 'status', name, organization_id, service_id,
      jsonb_build_object('here', status, 'there', there, 'quantity', quantity),
      status || '/' || there || '/' || quantity, quantity
    from both_sides where status <> there
    union all
    select 'product', b.name, b.organization_id, b.service_id,
      jsonb_build_object('sku', b.sku, 'there', b.sku_there), coalesce(b.sku, '') || '/' || b.sku_there, quantity
    from both_sides b
    left join product_aliases alias on alias.provider = ${provider}
      and lower(alias.sku) = lower(b.sku_there) and alias.product_id = b.product_id
    where lives and b.sku is not null and b.product_id is not null and lower(b.sku) <> lower(b.sku_there)
      and alias.sku is null
    union all
    select 'units', b.name, b.organization_id, b.service_id,
      jsonb_build_object('most', b.most, 'users',
        to_jsonb((array_agg(t.user_name order by t.user_name))[:${sql.lit(MOST_USERS)}])),
      md5(string_agg(t.user_name, ' ' order by t.user_name)), count(*)::int
    from both_sides b join there t using (name) where t.units > b.most
    group by b.name, b.organization_id, b.service_id, b.most
    union all
    select 'missing', ours.name, organization_id, service_id, jsonb_build_object('bought', bought, 'used', used),
      bought::text, bought
    from ours left join theirs using (name)
    where not busy and ours.status <> 'cancelled' and theirs.name is null
    union all
    select 'unknown', theirs.name, d.organization_id, null,
      jsonb_build_object('sku', theirs.sku, 'quantity', theirs.quantity, 'assigned', assigned, 'domain', theirs.domain),
      theirs.sku || '/' || theirs.quantity, theirs.quantity
    from theirs
    left join ours using (name)
    left join domains d on lower(d.domain) = theirs.domain
    where ours.name is null and not exists (
      select from making
      where making.sku = lower(theirs.sku) and making.quantity = theirs.quantity
        and (making.domain is null or making.domain = theirs.domain)))`;

/** The reading before. */
const before = ({ provider, reading }: Seen) => sql`(
  select max(id) from readings where provider = ${provider} and id < ${reading} and finished_at is not null)`;

/** It was there at the reading before: found, or left out since it was found. */
const wasThere = (seen: Seen) => sql`greatest(findings.reading_id, findings.left_out_by) = ${before(seen)}`;

/** What is left out is kept in mind, so that it passes neither for agreed nor, when it is found again, for new. */
const leftOut = (seen: Seen) => sql`
  left_out_now as (
    insert into left_out (reading_id, service_id)
    select ${seen.reading}::int, each.service_id from each_of_ours each join ours using (name)
    where ours.busy and (ours.status <> 'cancelled' or exists (select from theirs where theirs.name = ours.name))
    on conflict do nothing),
  still_there as (
    update findings set left_out_by = ${seen.reading}::int, seen_at = ${seen.now}
    from ours
    where ours.busy and findings.provider = ${seen.provider} and findings.provider_subscription = ours.name
      and ${wasThere(seen)})`;

/**
 * What was done about a finding has not helped, or not for long, where a reading that began after it finds it once more,
 * and the order that was begun for it is not on its way. What was only left so, was not to change.
 */
const wasInVain = ({ startedAt }: Seen) => sql`(
  (findings.answer in ('released', 'ordered') or (findings.answer = 'accepted' and findings.deed <> 'leave'))
  and findings.answered_at < ${startedAt} and not exists (
    select from orders o
    where o.id = findings.answer_order and o.status = any(${['Started', ...UNDER_WAY]}::text[])))`;
const unlessInVain = (seen: Seen, column: string) =>
  sql`${sql.ref(column)} = case when ${wasInVain(seen)} then null else ${sql.ref(`findings.${column}`)} end`;

/**
 * Keeps what does not agree. A difference that was there before is the same finding, with what was answered to it; one
 * that was compared and agreed meanwhile is found anew.
 */
const kept = (seen: Seen) => sql`
  kept as (
    insert into findings (kind, provider, provider_subscription, organization_id, service_id, numbers, fingerprint,
      size, found_at, seen_at, reading_id)
    select kind, ${seen.provider}, name, organization_id, service_id, numbers, mark, size, ${seen.now}, ${seen.now},
      ${seen.reading}::int from found
    on conflict (provider, provider_subscription, kind, fingerprint) do update set
      reading_id = excluded.reading_id, numbers = excluded.numbers, organization_id = excluded.organization_id,
      service_id = excluded.service_id, size = excluded.size, seen_at = excluded.seen_at,
      found_at = case when findings.reading_id = excluded.reading_id or ${wasThere(seen)} then findings.found_at
        else excluded.found_at end,
      ${sql.join(ANSWERED.map((column) => unlessInVain(seen, column)))}
    returning answer, snoozed_until, found_at)`;
const ANSWERED = ['answer', 'deed', 'answered_by', 'answered_at', 'answer_note', 'answer_order'];

export type Found = {
  /** How many findings there are, answered ones as well. */
  readonly found: number;
  /** Those that wait for an answer, and that the reading before did not find. */
  readonly fresh: number;
};

/**
 * Rows of a reading that was made a moment ago are not in the statistics yet, by which the comparison is planned. Outside
 * of a transaction: what it locks would stay locked until its end.
 */
export async function lookAtSeen(db: Db): Promise<void> {
  await sql`analyze seen_subscriptions`.execute(db);
  await sql`analyze seen_assignments`.execute(db);
}

/** Compares our books with a reading, in one statement, and keeps what does not agree. */
export async function saveFindings(db: Db, seen: Seen, idle: number): Promise<Found> {
  const { rows } = await sql<Found>`
    with ${changing(seen)}, ${ours(seen)}, ${theirs(seen)}, ${differing(seen)}, ${making(seen)},
    ${found(seen, idle)}, ${leftOut(seen)}, ${kept(seen)}
    select count(*)::int as found, (count(*) filter (where answer is null and found_at = ${seen.now}))::int as fresh
    from kept`.execute(db);
  return rows[0] ?? { found: 0, fresh: 0 };
}

/** Forgets what was last found before then. What was left so is remembered: it is not asked again when it comes back. */
export async function forgetFindings(db: Db, provider: string, before: Date): Promise<void> {
  await db
    .deleteFrom('findings')
    .where('provider', '=', provider)
    .where('seen_at', '<', before)
    .where((is) =>
      is.or([is('answer', 'is', null), is('answer', '<>', 'accepted'), is('deed', '<>', 'leave')]),
    )
    .where((is) => is.or([is('snoozed_until', 'is', null), is('snoozed_until', '<', before)]))
    .execute();
}
