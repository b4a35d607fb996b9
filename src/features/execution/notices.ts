import type { Ctx } from '../../bot/index.ts';
import { type Notice, notify } from '../notices/notify.ts';
import { orderThread } from '../notices/rules.ts';
import { endedNotice, placedNotice } from './replies.ts';
import type { Step } from './rules.ts';
import { loadSteps } from './steps/store.ts';
import { orderTrackIn } from './track.ts';
import { loadWorld, type World } from './world.ts';

/** Tells the channels that asked for it, in the transaction of the change. Nothing in it is about prices. */
export async function orderPlaced(ctx: Ctx, { order }: World): Promise<void> {
  const world = await loadWorld(ctx.db, order.id);
  if (world === undefined) return;
  const steps = await loadSteps(ctx.db, order.id);
  await tellOf(ctx, world, {
    key: 'placed',
    reply: async (_, { place }) => ({
      ...placedNotice(world, steps),
      track: orderTrackIn(order.id, place, 'notice'),
    }),
  });
}

export function orderEnded(ctx: Ctx, world: World, steps: readonly Step[]): Promise<void> {
  const round = Math.max(0, ...steps.map(({ input }) => input.round));
  return tellOf(ctx, world, {
    key: `ended ${round}`,
    asker: world.order.created_by_email ?? undefined,
    final: true,
    reply: async () => endedNotice(world, steps),
  });
}

const tellOf = (
  ctx: Ctx,
  { order }: World,
  { key, ...notice }: Pick<Notice, 'key' | 'asker' | 'final' | 'reply'>,
): Promise<void> =>
  notify(ctx, {
    ...notice,
    kind: 'orders',
    key: `order ${order.id} ${key}`,
    organizationId: order.organization_id,
    orderId: order.id,
    thread: orderThread(order.number),
  });
