import { type Ctx, record, refreshSoon } from '../../bot/index.ts';
import { sendFailure } from './letters.ts';
import { orderEnded } from './notices.ts';
import { ended } from './replies.ts';
import type { Next } from './rules.ts';
import { loadSteps } from './steps/store.ts';
import { emailOf, setStatus } from './store.ts';
import { orderTrack } from './track.ts';
import { loadWorld, type World } from './world.ts';

const VENDOR_WORD = 'Fulfilled';
const VENDOR_REFUSED = 'Error';

/** Writes down how an order ended, and tells those who want to know. */
export async function endOrder(
  ctx: Ctx,
  { order }: World,
  { status, error }: Extract<Next, { readonly kind: 'end' }>,
): Promise<void> {
  const vendor = status === 'Completed' ? VENDOR_WORD : VENDOR_REFUSED;
  await setStatus(ctx.db, order.id, status, { vendor, error });
  await record(ctx, {
    organizationId: order.organization_id,
    orderId: order.id,
    kind: 'execution',
    summary: ended(status, error),
    before: { status: order.status },
    after: { status },
  });
  const world = await loadWorld(ctx.db, order.id);
  if (world === undefined) return;
  const steps = await loadSteps(ctx.db, order.id);
  await orderEnded(ctx, world, steps);
  if (status !== 'Completed') {
    const to = await emailOf(ctx.db, order.created_by, order.created_by_organization_id);
    if (to !== undefined) await sendFailure(ctx, world, steps, to);
  }
  await refreshSoon(ctx, orderTrack(order.id), 'the last');
}
