import { type RawBuilder, sql } from 'kysely';
import { type Db, inScope, type Scope } from '../../../db/index.ts';
import { UNDER_WAY } from '../../execution/rules.ts';
import type { Group, Line } from '../rules.ts';

/** An order or a job is at work on the subscription `sub` of the service `s`: what is counted meanwhile says nothing. */
export const isChanging = sql<boolean>`(s.reserved > 0 or exists (
  select from requested_changes c join orders under_way on under_way.id = c.order_id
  where c.subscription_id = sub.id and under_way.status = any(${[...UNDER_WAY]}::text[])))`;

/**
 * Recorded and used, of each active subscription in the scope. Machines are used as they are configured: nobody has a
 * unit of them.
 */
export const counting = (scope: Scope): RawBuilder<unknown> => sql`
  select sub.id as subscription_id, sub.organization_id, org.name as organization,
    reseller.id as reseller_id, reseller.name as reseller,
    o.number || '/' || s.position as service, p.name as product, sub.quantity as before, c.counted,
    case when c.changing then sub.quantity else c.counted end as after, c.changing as left_out,
    p.commitment, s.units as bought, sub.price_minor, sub.currency
  from subscriptions sub
  join services s on s.id = sub.service_id
  join orders o on o.id = s.order_id
  join products p on p.id = s.product_id
  join organizations org on org.id = sub.organization_id
  left join organizations reseller on reseller.kind = 'reseller'
    and reseller.id = case org.kind when 'reseller' then org.id else org.parent_id end
  left join product_groups g on g.id = p.product_group_id
  left join offerings f on f.id = g.offering_id
  cross join lateral (
    select case when f.kind = 'virtual machines' then sub.quantity else s.associated end as counted,
      ${isChanging} as changing) as c
  where sub.status = 'active' and ${inScope('sub.organization_id', scope)}`;

/** Of lines of a run those of a scope, by whose customer they were then. */
export function ofThen(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql<boolean>`true`;
    case 'customer':
      return sql<boolean>`l.organization_id = ${scope.organizationId}`;
    case 'reseller':
      return sql<boolean>`l.reseller_id = ${scope.organizationId}`;
  }
}

/** The lines of a run that are of all these scopes. */
export const linesOf = (run: number, scopes: readonly Scope[]): RawBuilder<unknown> => sql`
  select l.* from reconciliation_lines l
  where l.run_id = ${run} and ${sql.join(scopes.map(ofThen), sql` and `)}`;

type Read = {
  readonly groups: readonly Group[];
  readonly differences: readonly Line[];
  readonly mark: string;
};

/** Sums, the largest differences and the mark of all that differs or is left out, of what is counted or was: read once. */
export async function readCounts(db: Db, counts: RawBuilder<unknown>, most: number): Promise<Read> {
  const { rows } = await sql<Read>`
    with counts as materialized (${counts}),
    groups as (
      select organization_id, organization, reseller_id, reseller, currency,
        count(*) filter (where not left_out) as checked, count(*) filter (where left_out) as left_out,
        count(*) filter (where after <> before) as changed, sum(after - before) as drift,
        -- Billed and never bought, the vendor is paid nothing for it.
        coalesce(sum(greatest(least(before, bought) - after, 0)) filter (where commitment = 'yearly'), 0) as bound,
        sum((after - before)::bigint * price_minor) as minor
      from counts group by 1, 2, 3, 4, 5),
    largest as (
      select * from counts where after <> before
      order by abs(after - before) desc, abs((after - before)::bigint * price_minor) desc, subscription_id
      limit ${most})
    select
      coalesce((select json_agg(json_build_object('id', organization_id, 'organization', organization,
        'resellerId', reseller_id, 'reseller', reseller, 'currency', currency, 'checked', checked,
        'leftOut', left_out, 'changed', changed, 'drift', drift, 'bound', bound, 'minor', minor)
        order by organization_id, currency) from groups), '[]') as groups,
      coalesce((select json_agg(json_build_object('subscriptionId', subscription_id,
        'organization', json_build_object('id', organization_id, 'name', organization), 'service', service,
        'product', product, 'before', before, 'counted', counted, 'after', after, 'priceMinor', price_minor,
        'currency', currency)
        order by abs(after - before) desc, abs((after - before)::bigint * price_minor) desc, subscription_id)
        from largest), '[]') as differences,
      (select md5(coalesce(string_agg(concat_ws(':', subscription_id, before, after, price_minor, currency, left_out),
        ' ' order by subscription_id) filter (where after <> before or left_out), '')) from counts) as mark`.execute(
    db,
  );
  return rows[0] ?? { groups: [], differences: [], mark: '' };
}
