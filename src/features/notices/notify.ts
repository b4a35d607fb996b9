import { type Ctx, currentPlace, scopeOf } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Scope } from '../../db/index.ts';
import type { Topic } from './rules.ts';
import { loadChannels, saveDelivery, scopeCovers } from './store.ts';

export const DELIVER = 'notices.deliver';

export type Notice = {
  readonly kind: Topic;
  /** What the notice is about: a place hears of it once. */
  readonly key: string;
  /** Only channels that may hear of this organization get it. */
  readonly organizationId?: number;
  /** What a channel of this scope hears; nothing, where it concerns it not. */
  reply(scope: Scope): Promise<Reply | undefined>;
  /** A place that hears of it whether it asked or not: where the work was started. */
  readonly also?: Place;
};

/** Stores a notice for every channel that asked for it, in the transaction of the change it tells of. */
export async function notify(ctx: Ctx, notice: Notice): Promise<void> {
  const { also } = notice;
  if (also !== undefined) await store(ctx, notice, also, await notice.reply({ kind: 'all' }));
  for (const { place, organization } of await loadChannels(ctx.db, notice.kind)) {
    const same = also?.platform === place.platform && also.conversation === place.conversation;
    const scope = scopeOf({ ...organization, name: '' });
    const concerns =
      notice.organizationId === undefined || (await scopeCovers(ctx.db, scope, notice.organizationId));
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

export function deliverSoon(ctx: Ctx, platform: string, conversation: string, after?: Date): Promise<void> {
  const key = `${platform} ${conversation}`;
  return ctx.jobs.enqueue(ctx.db, DELIVER, { platform, conversation }, { key, ...(after && { after }) });
}
