import { sql } from 'kysely';
import type { Organization } from '../../bot/index.ts';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../db/index.ts';

/** Orders of these customers that wait for somebody of this organization to approve them, but for those they asked for. */
export function loadWaiting(
  db: Db,
  { organization, memberId, now }: { organization: Organization; memberId: number | null; now: Date },
  most: number,
) {
  return db
    .selectFrom('approvals as a')
    .innerJoin('orders as o', 'o.id', 'a.order_id')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .select(['o.number', 'c.name as customer', sql<number>`(count(*) over ())::int`.as('total')])
    .where('a.state', '=', 'waiting')
    .where('a.expires_at', '>', now)
    .where('c.parent_id', '=', organization.id)
    .where('a.requested_by_member', 'is distinct from', memberId ?? -1)
    .orderBy('a.requested_at')
    .orderBy('a.order_id')
    .limit(most)
    .execute();
}

const orders = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('orders as o')
    .innerJoin('organizations as c', 'c.id', 'o.organization_id')
    .where(inScope('o.organization_id', viewer.scope))
    .where(orderExistsFor('o.id', viewer));

export function loadFailedOrders(db: Db, viewer: Viewer, most: number) {
  return orders(db, viewer)
    .select(['o.number', 'c.name as customer', sql<number>`(count(*) over ())::int`.as('total')])
    .where('o.status', '=', 'Provisioning failed')
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(most)
    .execute();
}

/** Somebody else has to approve it first. */
const waits = sql<boolean>`exists (select from approvals a where a.order_id = o.id and a.state = 'waiting')`;

export type OrderRow = Awaited<ReturnType<typeof loadLatestOrders>>[number];

const shown = (db: Db, viewer: Viewer) =>
  orders(db, viewer)
    .innerJoin('organizations as by', 'by.id', 'o.created_by_organization_id')
    .select(['o.id', 'o.number', 'o.status', 'o.organization_id as customerId'])
    .select(['c.name as customer', waits.as('waits'), 'o.markup_only as markupOnly'])
    .select(['o.created_by as by', 'o.created_by_member as byMember', 'by.name as byOrganization']);

export function loadLatestOrders(db: Db, viewer: Viewer, most: number) {
  return shown(db, viewer)
    .where('o.status', '<>', 'Deleted')
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(most)
    .execute();
}

export function loadNumbered(db: Db, viewer: Viewer, numbers: readonly number[]): Promise<OrderRow[]> {
  return shown(db, viewer)
    .where('o.number', 'in', numbers.length > 0 ? [...numbers] : [-1])
    .orderBy('o.number')
    .execute();
}

/** What was ordered with each; a change of the markup is nothing that one orders. */
export function loadItems(db: Db, orderIds: readonly number[]) {
  return db
    .selectFrom('requested_changes as r')
    .leftJoin('subscriptions as sub', 'sub.id', 'r.subscription_id')
    .leftJoin('services as s', 's.id', 'sub.service_id')
    .innerJoin('products as p', (join) =>
      join.on('p.id', '=', (is) => is.fn.coalesce('r.product_id', 's.product_id')),
    )
    .select(['r.order_id as orderId', 'r.kind', 'r.quantity', 'p.name as product'])
    .where('r.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .where('r.kind', '<>', 'markup change')
    .orderBy('r.id')
    .execute();
}
export type Item = Awaited<ReturnType<typeof loadItems>>[number];

/** Of machines there are no units to give away. */
const machines = sql`(
  select p.id from products p join product_groups g on g.id = p.product_group_id
  join offerings f on f.id = g.offering_id where f.kind = 'virtual machines')`;

/** The units of each order. */
export function loadUnits(db: Db, orderIds: readonly number[]) {
  return db
    .selectFrom('services as s')
    .select('s.order_id as orderId')
    .select([
      sql<number>`sum(s.units)::float8`.as('units'),
      sql<number>`sum(s.units - s.associated - s.reserved)::float8`.as('free'),
    ])
    .where('s.order_id', 'in', orderIds.length > 0 ? [...orderIds] : [-1])
    .where(sql<boolean>`s.product_id not in ${machines}`)
    .groupBy('s.order_id')
    .execute();
}

export type FreeRow = {
  readonly name: string;
  readonly units: number;
  readonly free: number;
  readonly total: number;
};

/** Customers with free units, those with most of them first; orders that do not exist for the viewer do not count. */
export async function loadFreeOfCustomers(db: Db, viewer: Viewer, most: number): Promise<FreeRow[]> {
  const { rows } = await sql<FreeRow>`
    with counted as (
      select organization_id, units, associated, reserved from tallies
      where what = 'services' and key not in (select id::text from ${machines} as machines (id))
      union all
      select o.organization_id, -s.units, -s.associated, -s.reserved
      from orders o join services s on s.order_id = o.id
      where o.markup_only and not ${viewer.seesMarkup}::boolean and s.product_id not in ${machines})
    select c.name, sum(n.units)::float8 as units,
      sum(n.units - n.associated - n.reserved)::float8 as free, (count(*) over ())::int as total
    from counted n join organizations c on c.id = n.organization_id
    where c.kind = 'customer' and ${inScope('c.id', viewer.scope)}
    group by c.id, c.name
    having sum(n.units - n.associated - n.reserved) > 0
    order by free desc, c.name limit ${most}`.execute(db);
  return rows;
}

/** Services of one customer with free units, those with most of them first. */
export function loadFreeOfServices(db: Db, viewer: Viewer, most: number) {
  const free = sql<number>`s.units - s.associated - s.reserved`;
  return db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .innerJoin('products as p', 'p.id', 's.product_id')
    .select(['p.name', 's.units', free.as('free'), 'o.number', 's.position'])
    .select(sql<number>`(count(*) over ())::int`.as('total'))
    .where(inScope('s.organization_id', viewer.scope))
    .where(orderExistsFor('s.order_id', viewer))
    .where(free, '>', 0)
    .where(sql<boolean>`s.product_id not in ${machines}`)
    .orderBy(free, 'desc')
    .orderBy('s.id')
    .limit(most)
    .execute();
}

/** Jobs as far as somebody may see them: those of the provider itself are for its admins. */
const jobs = (db: Db, scope: Scope, seesOwn: boolean) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('organizations as c', 'c.id', 'j.organization_id')
    .select(['j.id', 'j.file_name as file', 'j.valid', 'j.rows', 'j.done', 'j.failed', 'j.state'])
    .select(['c.name as customer', 'c.kind'])
    .where(inScope('j.organization_id', scope))
    .$if(!seesOwn, (query) => query.where('c.kind', '<>', 'provider'));
export type JobRow = Awaited<ReturnType<typeof loadRunning>>[number];

export function loadRunning(db: Db, scope: Scope, seesOwn: boolean, most: number) {
  return jobs(db, scope, seesOwn)
    .where('j.accepted_at', 'is not', null)
    .where('j.finished_at', 'is', null)
    .orderBy('j.id', 'desc')
    .limit(most)
    .execute();
}

/** Their own jobs of late that broke off or failed in part and were not taken back, and those that wait for a yes. */
export function loadOwnJobs(
  db: Db,
  scope: Scope,
  of: { seesOwn: boolean; memberId: number; since: Date },
  most: number,
) {
  return jobs(db, scope, of.seesOwn)
    .where('j.member_id', '=', of.memberId)
    .where('j.undo_of', 'is', null)
    .where((is) =>
      is.or([
        is.and([
          is('j.finished_at', '>', of.since),
          is.or([is('j.state', '=', 'broken'), is('j.failed', '>', 0)]),
        ]),
        is.and([is('j.state', '=', 'preview'), is('j.valid', '>', 0), is('j.created_at', '>', of.since)]),
      ]),
    )
    .where(sql<boolean>`not exists (select from jobs u where u.undo_of = j.id and u.state = 'done')`)
    .orderBy('j.id', 'desc')
    .limit(most)
    .execute();
}

/** Who wants no previews; `conversation` and `person` empty stand for all. */
export async function areOff(
  db: Db,
  platform: string,
  { conversation, person }: { readonly conversation: string; readonly person: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('previews_off')
    .select('off_by')
    .where('platform', '=', platform)
    .where((is) =>
      is.or([
        is.and([is('conversation', '=', ''), is('person', '=', person)]),
        is.and([is('conversation', '=', conversation), is('person', '=', '')]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

type Silence = { readonly platform: string; readonly conversation: string; readonly person: string };

export async function turnOff(db: Db, silence: Silence, by: string): Promise<void> {
  await db
    .insertInto('previews_off')
    .values({ ...silence, off_by: by })
    .onConflict((conflict) => conflict.columns(['platform', 'conversation', 'person']).doNothing())
    .execute();
}

export async function turnOn(db: Db, { platform, conversation, person }: Silence): Promise<void> {
  await db
    .deleteFrom('previews_off')
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .where('person', '=', person)
    .execute();
}
