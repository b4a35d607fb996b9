import { sql } from 'kysely';
import { type Organization, SELLERS } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../db/index.ts';

type At = Pick<Place, 'platform' | 'conversation'>;

export type NewWatch = {
  readonly serviceId: number;
  readonly place: Place;
  readonly organizationId: number;
  readonly askedBy: string;
  readonly memberId: number | null;
  readonly below: number;
};

/**
 * Sets a watch, in the place of the one that was there; gives how many units are free. What is below already counts as
 * told: who asked is told now. The service is locked first, as by everybody who changes it.
 */
export async function saveWatch(db: Db, watch: NewWatch): Promise<{ readonly free: number }> {
  const { thread: _, ...place } = watch.place;
  const { free } = await db
    .selectFrom('services')
    .select(sql<number>`units - associated - reserved`.as('free'))
    .where('id', '=', watch.serviceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const row = {
    place: JSON.stringify(place),
    organization_id: watch.organizationId,
    asked_by: watch.askedBy,
    member_id: watch.memberId,
    below: watch.below,
    low: free < watch.below,
    told: free < watch.below,
  };
  const { platform, conversation } = place;
  await db
    .insertInto('watches')
    .values({ service_id: watch.serviceId, platform, conversation, ...row })
    .onConflict((conflict) => conflict.columns(['service_id', 'platform', 'conversation']).doUpdateSet(row))
    .execute();
  return { free };
}

/** The watch of this place over a service, whoever set it; one set for an organization of this scope is `ours`. */
export function loadWatchAt(db: Db, place: At, serviceId: number, scope: Scope) {
  return db
    .selectFrom('watches as w')
    .select(['w.id', 'w.below', inScope('w.organization_id', scope).as('ours')])
    .where('w.service_id', '=', serviceId)
    .where('w.platform', '=', place.platform)
    .where('w.conversation', '=', place.conversation)
    .executeTakeFirst();
}

export async function deleteWatch(db: Db, id: number): Promise<void> {
  await db.deleteFrom('watches').where('id', '=', id).execute();
}

/** Where a list is read from: the watches of one place, or of all places. */
export type Listed = { readonly viewer: Viewer; readonly made: Scope; readonly place: At | undefined };

const listed = (db: Db, { viewer, made, place }: Listed) =>
  db
    .selectFrom('watches as w')
    .innerJoin('services as s', 's.id', 'w.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .innerJoin('organizations as customer', 'customer.id', 's.organization_id')
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer))
    .where(inScope('w.organization_id', made))
    .$if(place !== undefined, (query) =>
      query
        .where('w.platform', '=', place?.platform ?? '')
        .where('w.conversation', '=', place?.conversation ?? ''),
    );

export async function countWatches(db: Db, which: Listed): Promise<number> {
  const row = await listed(db, which)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function loadWatches(db: Db, which: Listed, offset: number, limit: number) {
  const rows = await listed(db, which)
    .select(['o.number', 's.position', 'p.name as product', 'customer.name as customer', 's.units'])
    .leftJoin('places as at', (join) =>
      join.onRef('at.platform', '=', 'w.platform').onRef('at.conversation', '=', 'w.conversation'),
    )
    .select(['w.below', 'w.low', sql<number>`s.units - s.associated - s.reserved`.as('free')])
    // As it is called now.
    .select((eb) => eb.fn.coalesce('at.place', 'w.place').as('place'))
    .orderBy('o.number')
    .orderBy('s.position')
    .orderBy('w.id')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(({ number, position, place, ...row }) => ({
    ...row,
    ref: `${number}/${position}`,
    place: place as Place,
  }));
}

/** Has somebody to be told of units that went low? */
export async function isToTell(db: Db): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from watches where low and not told) as waiting`.execute(db);
  return rows[0]?.waiting === true;
}

/** Notes of what could not be told yet since when it waits. */
export async function noteWaiting(db: Db, now: Date): Promise<void> {
  await sql`
    update watches set waits_for = crossed, waits_since = ${now} where id in (
      select id from watches where low and not told and waits_for is distinct from crossed
      for update skip locked)`.execute(db);
}

export type Crossed = {
  readonly id: number;
  readonly crossed: number;
  readonly place: Place;
  readonly organization: Pick<Organization, 'id' | 'kind'>;
  /** It is the personal chat of somebody who may see markup, still. */
  readonly seesMarkup: boolean;
};

/** An order holds units of the service `s` until the vendor has taken them back, or has refused to. */
const givesBack = sql<boolean>`exists (
  select from subscriptions sub
  join requested_changes c on c.subscription_id = sub.id
  join order_steps step on step.order_id = c.order_id and (step.input ->> 'change')::int = c.id
  where sub.service_id = s.id and step.state in ('waiting', 'running') and step.input ->> 'held' is not null)`;

/**
 * Takes the watches whose units went low, as told. Those over a service of which a job holds units back wait until it
 * has ended, as it may not need them; not longer than since `longest`, for where one job follows the other. So do those over a service of which an order gives units back.
 */
export async function takeCrossed(db: Db, longest: Date): Promise<Crossed[]> {
  const { rows } = await sql<{
    id: number;
    crossed: number;
    place: Place;
    organization_id: number;
    kind: Organization['kind'];
    role: string | null;
  }>`
    with crossed as (
      select w.id from watches w join services s on s.id = w.service_id
      where w.low and not w.told
        and ((w.waits_for = w.crossed and w.waits_since <= ${longest}) or not exists (
          select from job_reservations r join jobs j on j.id = r.job_id
          where r.service_id = s.id and j.finished_at is null))
        and not ${givesBack}
      for update of w skip locked)
    update watches w set told = true
    from crossed, organizations o
    where w.id = crossed.id and o.id = w.organization_id
    returning w.id, w.crossed, w.place, w.organization_id, o.kind, (
      select m.role from members m where m.id = w.member_id and m.organization_id = w.organization_id) as role`.execute(
    db,
  );
  return rows
    .map(({ id, crossed, place, organization_id, kind, role }) => ({
      id,
      crossed,
      place,
      organization: { id: organization_id, kind },
      seesMarkup: place.kind === 'personal' && SELLERS.some((one) => one === role),
    }))
    .toSorted((a, b) => a.id - b.id);
}

export type Low = {
  readonly ref: string;
  readonly product: string;
  readonly customer: string;
  readonly customerId: number;
  readonly units: number;
  readonly free: number;
  /** The number of the watch; of several the highest. */
  readonly below: number;
};

/**
 * The services of these watches that are to be told of in a place: such as this viewer may see, and in a channel that
 * belongs to a customer only that customer's.
 */
export async function loadLow(db: Db, ids: readonly number[], viewer: Viewer, place: At): Promise<Low[]> {
  const rows = await listed(db, { viewer, made: { kind: 'all' }, place: undefined })
    .select(['o.number', 's.position', 'p.name as product', 'customer.name as customer', 's.units'])
    .select('customer.id as customerId')
    .select([
      sql<number>`s.units - s.associated - s.reserved`.as('free'),
      sql<number>`max(w.below)`.as('below'),
    ])
    .where(sql<boolean>`w.id = any(${[...ids]}::int[])`)
    .where(
      sql<boolean>`not exists (
        select from bound_channels b
        where b.platform = ${place.platform} and b.conversation = ${place.conversation}
          and b.organization_id <> s.organization_id)`,
    )
    .groupBy(['s.id', 'o.number', 'p.name', 'customer.id', 'customer.name'])
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
  return rows.map(({ number, position, ...row }) => ({ ...row, ref: `${number}/${position}` }));
}
