import { type Actor, type Asked, type Ctx, type Organization, scopeOf } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { inTransaction, isInScope } from '../../db/index.ts';
import { openFindings } from '../findings/open.ts';
import { applyNext } from './apply.ts';
import { countedBy } from './count.ts';
import { nextRun, openPeriod } from './periods.ts';
import { movedOn, progress, reconciled, underWay } from './replies.ts';
import { readRun } from './report.ts';
import { planOf, type Run } from './rules.ts';
import { findUnderWay, insertLines, insertRun, loadRun, lockRuns, removeRun } from './store.ts';

export const RUN_QUEUE = 'reconciliation.run';

/** So many quantities are set while the person waits for the answer. */
const MOST_AT_ONCE = 1_000;

/** What is to be reconciled, and as what it is recorded. */
type Order = {
  /** Whose subscriptions: the provider's, a reseller's or a customer's. */
  readonly organization: Organization;
  /** Of a scheduled run: the period that it closes. Every other belongs to the one that is open. */
  readonly closes?: string;
  readonly actor: Actor;
  readonly place?: Place;
  /** Of a preview: exactly that is done, or nothing. */
  readonly plan?: string | undefined;
};

export type Begun =
  | { readonly kind: 'begun'; readonly run: Run }
  | { readonly kind: 'under way'; readonly run: Run }
  | { readonly kind: 'moved on' };

/**
 * Writes down what is recorded and used now, and has the run carried out: one entry of the queue, which is tried again
 * wherever a copy of the bot is left.
 */
export async function begin(ctx: Ctx, order: Order): Promise<Begun> {
  const { db } = ctx;
  const scope = scopeOf(order.organization);
  await lockRuns(db);
  const other = await findUnderWay(db, order.organization);
  if (other !== undefined) return { kind: 'under way', run: other };
  const period = order.closes ?? (await openPeriod(ctx));
  const scheduled = order.closes !== undefined;
  const id = await insertRun(db, { ...order, period, scheduled, place: order.place, at: ctx.now });
  await insertLines(db, id, scope);
  if (order.plan !== undefined) {
    const counted = await countedBy(db, id, [scope]);
    if (order.plan !== planOf(period, order.organization, counted)) {
      await removeRun(db, id);
      return { kind: 'moved on' };
    }
  }
  await goOn(ctx, id);
  const run = await loadRun(db, id);
  return run === undefined ? { kind: 'moved on' } : { kind: 'begun', run };
}

/** `reconcile now`. With the plan of a preview it does exactly that, or nothing. */
export function runNow(asked: Asked, organization: Organization, plan?: string): Promise<Reply> {
  return inTransaction(asked, async (ctx) => {
    const { actor, place, member } = ctx;
    const part = organization.id !== member.organization.id;
    const begun = await begin(ctx, { organization, actor, place, plan });
    switch (begun.kind) {
      case 'moved on':
        return movedOn(part ? organization.name : undefined);
      case 'under way': {
        const seen = await isInScope(ctx.db, scopeOf(member.organization), begun.run.organization.id);
        return underWay(seen ? begun.run : undefined, begun.run.organization.id !== member.organization.id);
      }
      case 'begun':
        return carryOut(ctx, begun.run, part);
    }
  });
}

/** What takes but a moment is done at once; the rest, and telling of it, in the background. */
async function carryOut(ctx: Asked, run: Run, part: boolean): Promise<Reply> {
  if (run.toChange > MOST_AT_ONCE) return progress(run, part);
  while (await applyNext(ctx, run.id));
  const read = await readRun(ctx.db, run, { about: run.organization, reader: ctx.member.organization });
  if (read === undefined) throw new Error(`Run ${run.id} is gone.`);
  const findings = await openFindings(ctx.db, scopeOf(run.organization), ctx.now);
  return reconciled({ ...read.report, findings, next: nextRun(ctx) });
}

/** Has the work on a run gone on with. More than once does no harm. */
export const goOn = (ctx: Pick<Ctx, 'db' | 'jobs'>, run: number): Promise<void> =>
  ctx.jobs.enqueue(ctx.db, RUN_QUEUE, { run });
