import { boundCustomer, type Ctx, placeToPost, scopeOf, speakerIn } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope, type Scope } from '../../db/index.ts';
import { quietUntil } from './hours/rules.ts';
import { loadHours } from './hours/store.ts';
import { ofMany, queueFor, type Topic } from './rules.ts';
import { type Channel, loadChannels, orderExists, saveDelivery } from './store.ts';

export type Hearer = { readonly place: Place; readonly seesMarkup: boolean };

export type Notice = {
  readonly kind: Topic;
  /** What the notice is about: a place hears of it once. */
  readonly key: string;
  /** Only channels that may hear of this organization get it; of those that belong to one customer, that one's. */
  readonly organizationId?: number;
  /** Only channels that this organization itself chose get it. */
  readonly chosenBy?: number;
  /** Who may not see the order hears nothing of it. */
  readonly orderId?: number;
  /**
   * What a channel of this scope hears; nothing, where it concerns it not. Markup is seen in the personal chat of
   * somebody who sells, never where others read along.
   */
  reply(scope: Scope, to: Hearer): Promise<Reply | undefined>;
  /** Places that hear of it whether they asked or not: where the work was started, who asked for it. */
  readonly also?: readonly Place[];
  /** Somebody is waited for: quiet hours don't hold it back. What `also` hears is never held back. */
  readonly urgent?: true;
  /** The address of who asked for what it tells of: where they have talked to the bot in public, they are mentioned. */
  readonly asker?: string | undefined;
  /** What it goes on telling of: `order:10023`, `job:7`. */
  readonly thread?: string;
  /** The last word of its thread. */
  readonly final?: true;
};

/** Stores a notice for every channel that asked for it, in the transaction of the change it tells of. */
export async function notify(ctx: Ctx, notice: Notice): Promise<void> {
  await notifyThose(ctx, notice);
}

/** The same; resolves to those of the channels that asked for it that hear of it. */
export async function notifyThose(ctx: Ctx, notice: Notice): Promise<readonly Place[]> {
  const also: Place[] = [];
  for (const place of notice.also ?? []) {
    const there = await placeToPost(ctx.db, place);
    if (there === undefined) continue;
    also.push(there);
    const reply = await notice.reply({ kind: 'all' }, { place, seesMarkup: false });
    await postNotice(ctx, { ...notice, urgent: true }, there, reply);
  }
  const heard: Place[] = [];
  for (const channel of await loadChannels(ctx.db, notice.kind)) {
    const { place, organization, seesMarkup } = channel;
    if (also.some((one) => samePlace(one, place)) || !(await concerns(ctx, notice, channel))) continue;
    const reply = await notice.reply(scopeOf({ ...organization, name: '' }), { place, seesMarkup });
    await postNotice(ctx, { ...notice, chosen: true }, place, reply);
    if (reply !== undefined) heard.push(place);
  }
  return heard;
}

/** The channels that asked for notices of a kind, and may hear of it, for who posts to each of them by itself. */
export async function hearersOf(ctx: Ctx, kind: Topic): Promise<readonly Channel[]> {
  const channels = await loadChannels(ctx.db, kind);
  return ofMany(kind) ? channels.filter(({ owner }) => owner === null) : channels;
}

async function concerns(ctx: Ctx, notice: Notice, channel: Channel): Promise<boolean> {
  const { organizationId, chosenBy, orderId } = notice;
  const { organization, owner, seesMarkup } = channel;
  if (owner !== null && owner !== organizationId) return false;
  const scope = scopeOf({ ...organization, name: '' });
  if (chosenBy !== undefined && chosenBy !== organization.id) return false;
  if (organizationId !== undefined && !(await isInScope(ctx.db, scope, organizationId))) return false;
  return orderId === undefined || orderExists(ctx.db, orderId, { seesMarkup });
}

async function postNotice(
  ctx: Ctx,
  notice: Notice & Pick<Posted, 'chosen'>,
  place: Place,
  reply: Reply | undefined,
): Promise<void> {
  if (reply === undefined) return;
  const { kind, key, organizationId, asker, thread, final, urgent, chosen } = notice;
  await postTo(ctx, {
    kind,
    key,
    place,
    reply,
    asker,
    ...(organizationId !== undefined && { organizationId }),
    ...(chosen && { chosen }),
    ...(urgent === undefined && { mayWait: true }),
    ...(thread !== undefined && { thread }),
    ...(final && { final }),
  });
}

type Posted = {
  /** What the post belongs to: a topic, or letters. */
  readonly kind: string;
  /** What the post is about: a place gets it once. */
  readonly key: string;
  readonly place: Place;
  readonly reply: Reply;
  /** Nothing of it is kept once it was sent. */
  readonly secret?: boolean;
  /** In the quiet hours of the place it is held back. */
  readonly mayWait?: true;
  /** Whom it is about: where it waits, and the place is another customer's by then, it is not posted. */
  readonly organizationId?: number;
  /** The place hears of it only as it asked for its kind. */
  readonly chosen?: true;
} & Pick<Notice, 'asker' | 'thread' | 'final'>;

/** Stores a post for one place, in the transaction of the change it tells of. */
export async function postTo(ctx: Ctx, posted: Posted): Promise<void> {
  const { kind, key: about, secret = false, mayWait, organizationId, chosen, thread, asker, final } = posted;
  if (organizationId !== undefined && (await isOfAnother(ctx, posted.place, organizationId))) return;
  const place = await placeToPost(ctx.db, posted.place);
  if (place === undefined) return;
  const { platform, conversation } = place;
  const mention = asker === undefined ? undefined : await speakerIn(ctx.db, place, asker);
  const hours = mayWait ? await loadHours(ctx.db, place) : undefined;
  const notBefore = hours && quietUntil(ctx.now, hours);
  const stored = await saveDelivery(ctx.db, {
    key: `${about} ${platform} ${conversation}`,
    topic: kind,
    place,
    reply: { ...posted.reply, ...(mention && { mention }), ...(final && { aloud: true }) },
    now: ctx.now,
    secret,
    organizationId,
    chosen,
    ...(mayWait && { mayWait }),
    ...(notBefore && { notBefore }),
    ...(thread !== undefined && { thread }),
  });
  if (stored) await deliverSoon(ctx, platform, conversation, notBefore);
}

/** Is it a channel that belongs to another customer? */
async function isOfAnother({ db }: Ctx, place: Place, organizationId: number): Promise<boolean> {
  const owner = place.kind === 'personal' ? undefined : await boundCustomer(db, place);
  return owner !== undefined && owner.id !== organizationId;
}

/** Has posted what waits for a conversation. A wish for later does not stand in for one for now. */
export function deliverSoon(ctx: Ctx, platform: string, conversation: string, after?: Date): Promise<void> {
  // Each an entry of its own: one that was there before may be over before this transaction ends.
  return ctx.jobs.enqueue(
    ctx.db,
    queueFor(platform),
    { platform, conversation },
    { ...(after && { after }) },
  );
}

/**
 * Where a letter to this address goes: the mail room is one more place that can be posted to. The letter is signed with
 * the name of its sender.
 */
export const byMail = (email: string, sender?: string): Place => ({
  platform: 'mail',
  conversation: email,
  kind: 'personal',
  name: email,
  ...(sender !== undefined && { address: { sender } }),
});
