import type { Ctx } from '../../bot/index.ts';
import { notify } from '../notices/notify.ts';
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
  await tellOf(ctx, world, 'placed', async (_, { place }) => ({
    ...placedNotice(world, steps),
    track: orderTrackIn(order.id, place, 'notice'),
  }));
}

export function orderEnded(ctx: Ctx, world: World, steps: readonly Step[]): Promise<void> {
  const round = Math.max(0, ...steps.map(({ input }) => input.round));
  return tellOf(ctx, world, `ended ${round}`, async () => endedNotice(world, steps));
}

const tellOf = (
  ctx: Ctx,
  { order }: World,
  event: string,
  reply: Parameters<typeof notify>[1]['reply'],
): Promise<void> =>
  notify(ctx, {
    kind: 'orders',
    key: `order ${order.id} ${event}`,
    organizationId: order.organization_id,
    orderId: order.id,
    reply,
  });
