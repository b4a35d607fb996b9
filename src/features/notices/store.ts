import { sql } from 'kysely';
import { SELLERS } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../db/index.ts';
import { ofMany, type Topic } from './rules.ts';

export type Channel = {
  readonly place: Place;
  readonly organization: { readonly id: number; readonly kind: 'provider' | 'reseller' | 'customer' };
  /** The customer to whom it belongs. */
  readonly owner: number | null;
  /** It is the personal chat of somebody who may see markup, still. */
  readonly seesMarkup: boolean;
};

const channels = (db: Db) =>
  db
    .selectFrom('notice_channels as n')
    .innerJoin('organizations as o', 'o.id', 'n.organization_id')
    .leftJoin('bound_channels as b', (join) =>
      join.onRef('b.platform', '=', 'n.platform').onRef('b.conversation', '=', 'n.conversation'),
    )
    .leftJoin('places as p', (join) =>
      join.onRef('p.platform', '=', 'n.platform').onRef('p.conversation', '=', 'n.conversation'),
    )
    .select(['n.kind as topic', 'o.id', 'o.kind', 'b.organization_id as owner'])
    // As it is called, and can be reached, now.
    .select((eb) => eb.fn.coalesce('p.place', 'n.place').as('place'))
    .orderBy('n.platform')
    .orderBy('n.conversation')
    .orderBy('n.kind');

export async function loadChannels(db: Db, topic: Topic): Promise<Channel[]> {
  const rows = await channels(db)
    .leftJoin('members as m', (join) =>
      join.onRef('m.id', '=', 'n.member_id').onRef('m.organization_id', '=', 'n.organization_id'),
    )
    .select('m.role')
    .where('n.kind', '=', topic)
    .execute();
  return rows.map(({ place: stored, id, kind, owner, role }) => {
    const place = stored as Place;
    const sells = SELLERS.some((one) => one === role);
    return { place, organization: { id, kind }, owner, seesMarkup: place.kind === 'personal' && sells };
  });
}

/** Does the order exist for such a viewer? */
export async function orderExists(
  db: Db,
  orderId: number,
  viewer: Pick<Viewer, 'seesMarkup'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('orders as o')
    .select('o.id')
    .where('o.id', '=', orderId)
    .where(orderExistsFor('o.id', viewer))
    .executeTakeFirst();
  return row !== undefined;
}

export type Binding = { readonly topic: Topic; readonly place: Place };

/** The bindings of this place, whoever made them; those made for an organization of this scope are `ours`. */
export async function loadBindingsAt(
  db: Db,
  { platform, conversation }: Place,
  scope: Scope,
): Promise<(Binding & { readonly ours: boolean })[]> {
  const rows = await channels(db)
    .select(inScope('n.organization_id', scope).as('ours'))
    .where('n.platform', '=', platform)
    .where('n.conversation', '=', conversation)
    .execute();
  return rows.map(({ topic, place, ours }) => ({ topic: topic as Topic, place: place as Place, ours }));
}

/** How many watches post in a place that were set for an organization of this scope. */
export async function countWatchesAt(
  db: Db,
  { platform, conversation }: Place,
  scope: Scope,
): Promise<number> {
  const row = await db
    .selectFrom('watches as w')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('w.platform', '=', platform)
    .where('w.conversation', '=', conversation)
    .where(inScope('w.organization_id', scope))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The bindings made for an organization of this scope, but those of which the place may not hear. */
export async function loadBindings(db: Db, scope: Scope): Promise<Binding[]> {
  const rows = await channels(db).where(inScope('n.organization_id', scope)).execute();
  return rows
    .map(({ topic, place, owner }) => ({ topic: topic as Topic, place: place as Place, owner }))
    .filter(({ topic, owner }) => owner === null || !ofMany(topic));
}

export async function bind(
  db: Db,
  binding: Binding & {
    readonly organizationId: number;
    readonly askedBy: string;
    readonly memberId: number | null;
  },
): Promise<void> {
  const { thread: _, ...place } = binding.place;
  const row = {
    place: JSON.stringify(place),
    organization_id: binding.organizationId,
    asked_by: binding.askedBy,
    member_id: binding.memberId,
  };
  await db
    .insertInto('notice_channels')
    .values({ platform: place.platform, conversation: place.conversation, kind: binding.topic, ...row })
    .onConflict((conflict) => conflict.columns(['platform', 'conversation', 'kind']).doUpdateSet(row))
    .execute();
}

export async function unbind(db: Db, place: Place, topics: readonly Topic[]): Promise<void> {
  await db
    .deleteFrom('notice_channels')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .where('kind', 'in', [...topics])
    .execute();
}

/** What still waits for a place only as it asked for these topics is not posted; gives how much that was. */
export async function dropChosen(db: Db, place: Place, topics: readonly Topic[]): Promise<number> {
  const rows = await db
    .deleteFrom('deliveries')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .where('kind', 'in', [...topics])
    .where('chosen', '=', true)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute();
  return rows.length;
}

/** Stores a post; false where one with this key is stored already. */
export async function saveDelivery(
  db: Db,
  delivery: {
    readonly key: string;
    readonly topic: string;
    readonly place: Place;
    readonly reply: Reply;
    readonly now: Date;
    readonly secret: boolean;
    readonly organizationId?: number | undefined;
    readonly chosen?: boolean | undefined;
    readonly thread?: string | undefined;
    readonly notBefore?: Date | null;
    readonly mayWait?: boolean;
  },
): Promise<boolean> {
  const { key, topic, place, reply, now, secret, thread = null, notBefore = null } = delivery;
  const { organizationId = null, chosen = false } = delivery;
  const row = await db
    .insertInto('deliveries')
    .values({
      key,
      platform: place.platform,
      conversation: place.conversation,
      kind: topic,
      place: JSON.stringify(place),
      reply: JSON.stringify(reply),
      secret,
      organization_id: organizationId,
      chosen,
      thread,
      not_before: notBefore,
      may_wait: delivery.mayWait ?? false,
      state: 'waiting',
      error: null,
      created_at: now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
