import { setImmediate } from 'node:timers/promises';
import { type Actor, type Asked, type Ctx, chunksOf, scopeOf } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { inTransaction, type Scope } from '../../db/index.ts';
import { notify } from '../notices/notify.ts';
import { movedOn, notice, quantitySet, reconciled } from './replies.ts';
import { changesOf, linesFor, periodOf, planOf, summarize } from './rules.ts';
import {
  type Counted,
  findOrganization,
  findProvider,
  insertHistory,
  insertLines,
  insertRun,
  loadCounts,
  type Organization,
  scheduledRunExists,
  setQuantities,
} from './store.ts';

export const RUN_QUEUE = 'reconciliation.run';
const CHUNK = 2_000;

/** What is to be reconciled, and as what it is recorded. */
type Order = {
  /** Whose subscriptions: the provider's or a reseller's. */
  readonly organization: Organization;
  readonly period: string;
  readonly scheduled: boolean;
  readonly place?: Place;
};

/** `reconcile now`. With the plan of a preview it does exactly that, or nothing. */
export function runNow(asked: Asked, plan?: string): Promise<Reply> {
  return inTransaction(asked, async (ctx) => {
    const { organization } = ctx.member;
    const lines = await loadCounts(ctx.db, scopeOf(organization), true);
    if (plan !== undefined && plan !== planOf(lines)) return movedOn();
    const period = periodOf(ctx.now, ctx.settings.reconcileTimezone);
    await apply(ctx, { organization, period, scheduled: false, place: ctx.place }, lines);
    return reconciled({
      organization: organization.name,
      period,
      at: ctx.now,
      summary: summarize(lines),
    });
  });
}

/** The run that the clock asked for at `due`: of everything, once a period however often it is asked for. */
export async function runScheduled(working: Ctx, due: Date): Promise<void> {
  const actor: Actor = { kind: 'job', name: 'reconciliation' };
  await inTransaction({ ...working, actor }, async (ctx) => {
    const period = periodOf(due, ctx.settings.reconcileTimezone);
    const provider = await findProvider(ctx.db);
    if (provider === undefined || (await scheduledRunExists(ctx.db, period))) return;
    const lines = await loadCounts(ctx.db, { kind: 'all' }, true);
    await apply(ctx, { organization: provider, period, scheduled: true }, lines);
  });
}

async function apply(ctx: Ctx, order: Order, lines: readonly Counted[]): Promise<void> {
  const { period, scheduled } = order;
  const run = await insertRun(ctx.db, {
    period,
    scope_id: order.organization.id,
    scheduled,
    actor_name: ctx.actor.name,
    at: ctx.now,
    checked: lines.length,
    changed: changesOf(lines).length,
  });
  if (run === undefined) return;
  for (const chunk of chunksOf(lines, CHUNK)) {
    await insertLines(ctx.db, run, chunk);
    await change(ctx, order, changesOf(chunk));
    // The embedded database works in this very thread: between the chunks others get their turn.
    await setImmediate();
  }
  await notify(ctx, {
    kind: 'reconciliation',
    key: `reconciliation:${run}`,
    reply: (scope) => noticeFor(ctx, scope, order, lines),
  });
}

async function change(ctx: Ctx, { period, place }: Order, lines: readonly Counted[]): Promise<void> {
  const { db, actor, now: at } = ctx;
  if (lines.length === 0) return;
  await setQuantities(db, lines);
  const memberId = actor.kind === 'person' ? actor.memberId : null;
  const entries = lines.map((line) => ({ line, summary: quantitySet(line, period) }));
  await insertHistory(db, { at, actor, memberId, place }, entries);
}

/** What a channel hears that may see this scope: its own customers, or nothing where there are none. */
async function noticeFor(
  ctx: Ctx,
  scope: Scope,
  { organization, period }: Order,
  lines: readonly Counted[],
): Promise<Reply | undefined> {
  const own = linesFor(scope, lines);
  if (own.length === 0) return undefined;
  const reader = scope.kind === 'all' ? organization : await findOrganization(ctx.db, scope.organizationId);
  return reader && notice({ organization: reader.name, period, at: ctx.now, summary: summarize(own) });
}
