import { sql } from 'kysely';
import type { Actor } from '../../../bot/index.ts';
import type { Place } from '../../../chat/place.ts';
import type { Db } from '../../../db/index.ts';
import { isChanging } from '../counting/store.ts';
import type { Line, Run } from '../rules.ts';

/** A line whose quantity was set, with the order in whose history that belongs. */
export type Changed = Pick<Line, 'service' | 'product' | 'before' | 'counted'> & {
  readonly organizationId: number;
  readonly orderId: number;
};

export type Step = {
  /** Lines that were gone through, and the last of them. */
  readonly seen: number;
  readonly through: number;
  readonly changed: readonly Changed[];
};

/**
 * Sets the quantities of the next lines. One that is not any more as it was counted, or that is changing just now, stays
 * as it is: that is for the next period.
 */
export async function setNext(db: Db, run: Run, most: number): Promise<Step> {
  const { rows } = await sql<Step>`
    with next as materialized (
      select l.subscription_id, l.before, l.counted from reconciliation_lines l
      where l.run_id = ${run.id} and l.after <> l.before and l.subscription_id > ${run.through}
      order by l.subscription_id limit ${most}),
    changed as (
      update subscriptions sub set quantity = next.counted
      from next, services s
      where sub.id = next.subscription_id and s.id = sub.service_id
        and sub.quantity = next.before and sub.status = 'active' and not ${isChanging}
      returning sub.id, s.order_id),
    kept as (
      update reconciliation_lines l set after = l.before, left_out = true
      from next
      where l.run_id = ${run.id} and l.subscription_id = next.subscription_id
        and not exists (select from changed where changed.id = next.subscription_id)
      returning 1)
    select (select count(*)::int from next) as seen,
      (select coalesce(max(subscription_id), ${run.through}) from next) as through,
      coalesce((
        select json_agg(json_build_object('organizationId', l.organization_id, 'orderId', changed.order_id,
          'service', l.service, 'product', l.product, 'before', l.before, 'counted', l.counted)
          order by l.subscription_id)
        from changed join reconciliation_lines l on l.run_id = ${run.id} and l.subscription_id = changed.id), '[]')
        as changed`.execute(db);
  return rows[0] ?? { seen: 0, through: run.through, changed: [] };
}

/** How far the run is. */
export async function markDone(db: Db, run: number, { seen, through, changed }: Step): Promise<void> {
  const left = seen - changed.length;
  await sql`
    update reconciliation_runs set through = ${through}, done = done + ${seen}::int,
      changed = changed + ${changed.length}::int, left_out = left_out + ${left}::int,
      checked = checked - ${left}::int
    where id = ${run}`.execute(db);
}

export type Entry = {
  readonly of: Changed;
  /** `increase` or `decrease`. */
  readonly change: string;
  readonly summary: string;
};
type Author = {
  readonly at: Date;
  readonly actor: Actor;
  readonly memberId: number | null;
  readonly place: Place | undefined;
};

/** One row for each changed subscription, in the history of its order. */
export async function insertHistory(db: Db, author: Author, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const { at, actor, memberId, place } = author;
  const column = <T>(value: (entry: Entry) => T) => entries.map(value);
  await sql`
    insert into history
      (at, actor, actor_name, member_id, platform, conversation, kind,
       organization_id, order_id, summary, before, after)
    select ${at}::timestamptz, ${JSON.stringify(actor)}::jsonb, ${actor.name}::text, ${memberId}::int,
      ${place?.platform ?? null}::text, ${place?.conversation ?? null}::text, 'reconciliation',
      c.organization_id, c.order_id, c.summary,
      jsonb_build_object('service', c.service, 'quantity', c.before),
      jsonb_build_object('service', c.service, 'quantity', c.counted, 'requestedChange', c.change)
    from unnest(
      ${column(({ of }) => of.organizationId)}::int[], ${column(({ of }) => of.orderId)}::int[],
      ${column(({ summary }) => summary)}::text[], ${column(({ of }) => of.service)}::text[],
      ${column(({ of }) => of.before)}::int[], ${column(({ of }) => of.counted)}::int[],
      ${column(({ change }) => change)}::text[])
      as c (organization_id, order_id, summary, service, before, counted, change)`.execute(db);
}
