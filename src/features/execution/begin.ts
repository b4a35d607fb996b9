import type { Ctx } from '../../bot/index.ts';
import { holdUnits } from './books/store.ts';
import { noFree } from './replies.ts';
import type { Step, StepInput } from './rules.ts';
import { markRunning } from './steps/store.ts';
import { isBusy, type Line, loadFree } from './store.ts';
import type { World } from './world.ts';

type Begun =
  | { readonly kind: 'begun'; readonly step: Step }
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Marks a step as running. One that was running already, as before a crash, goes on with what it was about. */
export async function begin(ctx: Ctx, world: World, step: Step): Promise<Begun> {
  const line = world.lines.find(({ id }) => id === step.input.change);
  const aim =
    step.kind === 'quantity' && step.state === 'waiting' && line !== undefined
      ? await aimAt(ctx, world, line, step.input.held)
      : {};
  if ('kind' in aim) {
    if (aim.kind === 'refused')
      await markRunning(ctx.db, world.order.id, step.position, {
        input: step.input,
        now: ctx.now,
      });
    return aim;
  }
  const input: StepInput = { ...step.input, ...aim };
  await markRunning(ctx.db, world.order.id, step.position, { input, now: ctx.now });
  return { kind: 'begun', step: { ...step, state: 'running', input } };
}

type Aim = Pick<StepInput, 'subscription' | 'target' | 'held'> | Exclude<Begun, { kind: 'begun' }>;

/**
 * The quantity that the vendor is to be told. It is said as a whole, so that saying it twice does no harm, and one order
 * at a time says it of a subscription. What is to go is kept from being given away meanwhile.
 */
async function aimAt(ctx: Ctx, { order }: World, line: Line, held: number | undefined): Promise<Aim> {
  const { subscription_id: subscription, service_id: service } = line;
  if (subscription === null || service === null) return {};
  if (await isBusy(ctx.db, subscription, order.id)) return { kind: 'busy' };
  const quantity = line.quantity ?? 0;
  const { units, free } = await loadFree(ctx.db, service);
  if (line.kind === 'increase') return { subscription, target: units + quantity };
  // After a request that was not answered they are held already: the vendor may have taken them back.
  if (held === undefined && !(await holdUnits(ctx.db, service, quantity)))
    return { kind: 'refused', reason: noFree(free, quantity) };
  return { subscription, target: units - quantity, held: quantity };
}
