import { sql } from 'kysely';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Db, inScope, orderExistsFor, type Scope, type Viewer } from '../../db/index.ts';
import { SELLERS, type Topic } from './rules.ts';

export type Channel = {
  readonly place: Place;
  readonly organization: { readonly id: number; readonly kind: 'provider' | 'reseller' | 'customer' };
  /** It is the personal chat of somebody who may see markup, still. */
  readonly seesMarkup: boolean;
};

const channels = (db: Db) =>
  db
    .selectFrom('notice_channels as n')
    .innerJoin('organizations as o', 'o.id', 'n.organization_id')
    .select(['n.kind as topic', 'n.place', 'o.id', 'o.kind', 'o.name'])
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
  return rows.map(({ place: stored, id, kind, role }) => {
    const place = stored as Place;
    const sells = SELLERS.some((one) => one === role);
    return { place, organization: { id, kind }, seesMarkup: place.kind === 'personal' && sells };
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

/** The bindings made for an organization of this scope. */
export async function loadBindings(db: Db, scope: Scope): Promise<Binding[]> {
  const rows = await channels(db).where(inScope('n.organization_id', scope)).execute();
  return rows.map(({ topic, place }) => ({ topic: topic as Topic, place: place as Place }));
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

/** Stores a post; false where one with this key is stored already. */
export async function saveDelivery(
  db: Db,
  delivery: { key: string; topic: string; place: Place; reply: Reply; now: Date; secret: boolean },
): Promise<boolean> {
  const { key, topic, place, reply, now, secret } = delivery;
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
      state: 'waiting',
      claimed_until: null,
      error: null,
      created_at: now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type Delivery = {
  readonly id: number;
  readonly key: string;
  readonly place: Place;
  readonly reply: Reply;
  readonly attempts: number;
};

/** As long as it takes to notice that a copy of the bot was killed. */
const claimed = sql`now() + interval '15 seconds'`;

/**
 * Takes the oldest waiting post of a conversation for a while, if nobody else has it: so posts of one
 * conversation keep their order, however many copies of the bot deliver.
 */
export async function claimNext(
  db: Db,
  platform: string,
  conversation: string,
): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`
    update deliveries set claimed_until = ${claimed}, attempts = attempts + 1
    where id = (
      select min(id) from deliveries
      where platform = ${platform} and conversation = ${conversation} and state = 'waiting')
      and (claimed_until is null or claimed_until < now())
    returning id, key, place, reply, attempts`.execute(db);
  return rows[0];
}

/** Whoever posts says every now and then that it still does. */
export async function keepClaim(db: Db, id: number): Promise<void> {
  await sql`update deliveries set claimed_until = ${claimed} where id = ${id}`.execute(db);
}

/** What is left of a post with a secret in it: that there was one. */
const BLANK: Reply = { text: '', audience: 'asker', position: 'below' };
const kept = sql<string>`case when secret then ${JSON.stringify(BLANK)}::jsonb else reply end`;

export async function markSent(db: Db, id: number, now: Date): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'sent', sent_at: now, error: null, reply: kept })
    .where('id', '=', id)
    .execute();
}

/** Nobody takes the post before so many seconds are over. */
export async function postpone(db: Db, id: number, seconds: number, error: string): Promise<void> {
  const claimed_until = sql<Date>`now() + make_interval(secs => ${seconds})`;
  await db.updateTable('deliveries').set({ claimed_until, error }).where('id', '=', id).execute();
}

/** Until when the oldest waiting post of a conversation is taken: in the past where it is free; nothing where none waits. */
export async function loadClaimedUntil(
  db: Db,
  platform: string,
  conversation: string,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select('claimed_until')
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && (row.claimed_until ?? new Date(0));
}

export async function markDead(db: Db, id: number, error: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'dead', error, reply: kept })
    .where('id', '=', id)
    .execute();
}

/** Nothing gets through to this conversation any more. */
export async function markAllDead(
  db: Db,
  platform: string,
  conversation: string,
  error: string,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'dead', error, reply: kept })
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .where('state', '=', 'waiting')
    .execute();
}

/** Conversations with posts that wait: after a crash they are taken up again. */
export function loadWaiting(db: Db): Promise<{ platform: string; conversation: string }[]> {
  return db
    .selectFrom('deliveries')
    .select(['platform', 'conversation'])
    .where('state', '=', 'waiting')
    .distinct()
    .execute();
}
