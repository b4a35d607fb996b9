import { type Ctx, currentPlace, scopeOf } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope, type Scope } from '../../db/index.ts';
import type { Topic } from './rules.ts';
import { loadChannels, saveDelivery } from './store.ts';

export const DELIVER = 'notices.deliver';

export type Notice = {
  readonly kind: Topic;
  /** What the notice is about: a place hears of it once. */
  readonly key: string;
  /** Only channels that may hear of this organization get it. */
  readonly organizationId?: number;
  /** What a channel of this scope hears; nothing, where it concerns it not. */
  reply(scope: Scope): Promise<Reply | undefined>;
  /** Places that hear of it whether they asked or not: where the work was started, who asked for it. */
  readonly also?: readonly Place[];
};

/** Stores a notice for every channel that asked for it, in the transaction of the change it tells of. */
export async function notify(ctx: Ctx, notice: Notice): Promise<void> {
  const { also = [] } = notice;
  for (const place of also) await store(ctx, notice, place, await notice.reply({ kind: 'all' }));
  for (const { place, organization } of await loadChannels(ctx.db, notice.kind)) {
    const same = also.some((one) => samePlace(one, place));
    const scope = scopeOf({ ...organization, name: '' });
    const concerns =
      notice.organizationId === undefined || (await isInScope(ctx.db, scope, notice.organizationId));
    if (!same && concerns) await store(ctx, notice, place, await notice.reply(scope));
  }
}

async function store(ctx: Ctx, notice: Notice, to: Place, reply: Reply | undefined): Promise<void> {
  if (reply === undefined) return;
  const place = await currentPlace(ctx.db, to);
  const { platform, conversation } = place;
  const key = `${notice.key} ${platform} ${conversation}`;
  if (!(await saveDelivery(ctx.db, { key, topic: notice.kind, place, reply, now: ctx.now }))) return;
  await deliverSoon(ctx, platform, conversation);
}

/** Has posted what waits for a conversation. A wish for later does not stand in for one for now. */
export function deliverSoon(ctx: Ctx, platform: string, conversation: string, after?: Date): Promise<void> {
  // Each an entry of its own: one that was there before may be over before this transaction ends.
  return ctx.jobs.enqueue(ctx.db, DELIVER, { platform, conversation }, { ...(after && { after }) });
}

/** Where a letter to this address goes: the mail room is one more place that can be posted to. */
export const byMail = (email: string): Place => ({
  platform: 'mail',
  conversation: email,
  kind: 'personal',
  name: email,
});
