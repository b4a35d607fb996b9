import { type Ctx, record, refreshSoon } from '../../bot/index.ts';
import { orderPlaced } from './notices.ts';
import { started } from './replies.ts';
import { planSteps } from './rules.ts';
import { addSteps, loadSteps } from './steps/store.ts';
import { loadUnfinished, lockOrder, setPlaced, setStatus } from './store.ts';
import { orderTrack } from './track.ts';
import { loadWorld, toPlan } from './world.ts';

export const RUN = 'execution.run';

/**
 * Has an order carried out: plans its steps, and has the work on them begun, in the transaction of the caller. An order
 * that is being carried out already goes on as it is.
 */
export async function startExecution(ctx: Ctx, orderId: number): Promise<void> {
  await lockOrder(ctx.db, orderId);
  const world = await loadWorld(ctx.db, orderId);
  if (world === undefined) throw new Error(`There is no order with the id ${orderId}.`);
  if ((await loadSteps(ctx.db, orderId)).length > 0) return;
  const steps = planSteps(await toPlan(ctx.db, world));
  await addSteps(ctx.db, orderId, 0, steps);
  await setPlaced(ctx.db, orderId, { offeringId: world.order.offering_id, now: ctx.now });
  await setStatus(ctx.db, orderId, 'In progress', { vendor: 'In progress' });
  await record(ctx, {
    organizationId: world.order.organization_id,
    orderId,
    kind: 'execution',
    summary: started(steps),
    before: { status: world.order.status },
    after: { status: 'In progress' },
  });
  await orderPlaced(ctx, world);
  await goOn(ctx, orderId);
}

/** Has the work on an order gone on with. More than once does no harm. */
export async function goOn(ctx: Pick<Ctx, 'db' | 'jobs'>, orderId: number, after?: Date): Promise<void> {
  await ctx.jobs.enqueue(ctx.db, RUN, { orderId }, { ...(after && { after }) });
  await refreshSoon(ctx, orderTrack(orderId));
}

/** Goes on with the orders that were left in the middle, or that nobody has touched since then. */
export async function resumeOrders(ctx: Ctx, untouchedSince?: Date): Promise<void> {
  for (const id of await loadUnfinished(ctx.db, untouchedSince)) await goOn(ctx, id);
}
