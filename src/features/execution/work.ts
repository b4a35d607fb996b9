import { type Ctx, record, refreshSoon, type Working } from '../../bot/index.ts';
import { inTransaction, inTransactionOnceMore } from '../../db/index.ts';
import type { Answer } from '../../providers/index.ts';
import type { OrderStatus } from '../orders/rules.ts';
import { apply } from './apply.ts';
import { askProvider, type Came } from './ask.ts';
import { begin } from './begin.ts';
import { letGoOfUnits } from './books/store.ts';
import { endOrder } from './end.ts';
import { NOTHING_HEARD, stepDone, stepRefused } from './replies.ts';
import { nextOf, type Step, statusOf, UNDER_WAY } from './rules.ts';
import { goOn } from './start.ts';
import { loadSteps, markEnded } from './steps/store.ts';
import { lockOrder, setLineError, setStatus } from './store.ts';
import { orderTrack } from './track.ts';
import { loadWorld, type World, withUserName } from './world.ts';

/** While another order changes the same subscription. */
const BUSY_MS = 1000;

/**
 * Takes the steps of an order, one after the other. It may be killed and started again at any point, also while another
 * copy works on the same order: the provider does what has the same key once, and what came of it goes into our books
 * in one transaction with the end of the step.
 */
export async function workOnOrder(given: Working, orderId: number, lastTry: boolean): Promise<void> {
  const working: Working = { ...given, actor: { kind: 'job', name: 'Order execution' } };
  for (;;) {
    const begun = await atOnce(working, (inside) => nextStep(inside, orderId));
    switch (begun.kind) {
      case 'over':
        return;
      case 'busy':
        return goOn(working, orderId, later(working, BUSY_MS));
      case 'refused':
        continue;
    }
    const { world, step } = begun;
    const answer = await asking(working, world, step, lastTry);
    if (answer.kind === 'pending') return goOn(working, orderId, later(working, answer.afterMs));
    await atOnce(working, (inside) => settle(inside, orderId, step, answer));
    if (working.jobs.isStopping?.()) return goOn(working, orderId);
    await working.quiet();
  }
}

const later = (working: Working, ms: number) => new Date(working.clock().getTime() + ms);

/** A transaction at the time that it is now: the work on one order may take long. */
const atOnce = <T>(working: Working, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTransactionOnceMore(working, (inside) => work({ ...inside, now: working.clock() }));

type Begun =
  | { readonly kind: 'begun'; readonly world: World; readonly step: Step }
  | { readonly kind: 'refused' | 'busy' | 'over' };

async function nextStep(ctx: Ctx, orderId: number): Promise<Begun> {
  const world = await underWay(ctx, orderId);
  if (world === undefined) return { kind: 'over' };
  const steps = await loadSteps(ctx.db, orderId);
  const next = nextOf(steps);
  if (next.kind === 'end') {
    await endOrder(ctx, world, next);
    return { kind: 'over' };
  }
  const begun = await begin(ctx, world, withUserName(world, next.step));
  if (begun.kind === 'busy') return begun;
  await refreshSoon(ctx, orderTrack(orderId));
  if (begun.kind === 'begun') return { ...begun, world };
  await refuse(ctx, world, next.step, begun.reason);
  return { kind: 'refused' };
}

async function underWay(ctx: Ctx, orderId: number): Promise<World | undefined> {
  const status = await lockOrder(ctx.db, orderId);
  return status !== undefined && UNDER_WAY.includes(status) ? loadWorld(ctx.db, orderId) : undefined;
}

/** Where the provider can't be asked, however often it is tried, the step fails, and may be tried again later. */
async function asking(working: Working, world: World, step: Step, lastTry: boolean): Promise<Answer<Came>> {
  try {
    return await askProvider(working, world, step);
  } catch (fault) {
    if (!lastTry) throw fault;
    await inTransaction(working, async (inside) => {
      const ctx = { ...inside, now: working.clock() };
      const input = { ...step.input, unanswered: true as const };
      if (await isRunning(ctx, world.order.id, step))
        await refuse(ctx, world, { ...step, input }, NOTHING_HEARD);
    });
    return { kind: 'refused', reason: NOTHING_HEARD };
  }
}

/** Has another copy ended this step meanwhile, it is not ended again. */
async function isRunning(ctx: Ctx, orderId: number, { position, input }: Step): Promise<boolean> {
  const status = await lockOrder(ctx.db, orderId);
  const now = (await loadSteps(ctx.db, orderId)).find((one) => one.position === position);
  return (
    status !== undefined &&
    UNDER_WAY.includes(status) &&
    now?.state === 'running' &&
    now.input.try === input.try
  );
}

async function settle(
  ctx: Ctx,
  orderId: number,
  step: Step,
  answer: Exclude<Answer<Came>, { kind: 'pending' }>,
): Promise<void> {
  if (!(await isRunning(ctx, orderId, step))) return;
  const world = await loadWorld(ctx.db, orderId);
  if (world === undefined) return;
  if (answer.kind === 'refused') return refuse(ctx, world, step, answer.reason);
  const { detail, result, title = step.title } = await apply(ctx, world, step, answer.value);
  const end = { state: 'done', now: ctx.now, title, ...(result && { result }) } as const;
  await markEnded(ctx.db, orderId, step.position, end);
  const status = statusOf(await loadSteps(ctx.db, orderId), world.machines);
  if (status !== world.order.status) await setStatus(ctx.db, orderId, status, { vendor: 'In progress' });
  await note(ctx, world, stepDone(title, detail), status);
}

async function refuse(ctx: Ctx, world: World, step: Step, reason: string): Promise<void> {
  const { order } = world;
  const line = world.lines.find(({ id }) => id === step.input.change);
  if (line !== undefined) await setLineError(ctx.db, line.id, reason);
  const { held, ...rest } = step.input;
  const isKnown = step.input.unanswered !== true;
  if (isKnown && held !== undefined && line?.service_id != null)
    await letGoOfUnits(ctx.db, line.service_id, held);
  const input = isKnown ? rest : step.input;
  await markEnded(ctx.db, order.id, step.position, { state: 'failed', error: reason, input, now: ctx.now });
  await note(ctx, world, stepRefused(step.title, reason), order.status as OrderStatus);
}

async function note(ctx: Ctx, { order }: World, summary: string, status: OrderStatus): Promise<void> {
  const changed = status === order.status ? {} : { before: { status: order.status }, after: { status } };
  await record(ctx, {
    organizationId: order.organization_id,
    orderId: order.id,
    kind: 'execution',
    summary,
    ...changed,
  });
  await refreshSoon(ctx, orderTrack(order.id));
}
