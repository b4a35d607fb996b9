import type { Ctx, Schedule, Settings, Work, Working } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { inTransaction, type Scope } from '../../../db/index.ts';
import type { Tick } from '../../../jobs/index.ts';
import { proposedFor } from '../../findings/answers/proposed.ts';
import { largestOpen } from '../../findings/largest.ts';
import { readAndCompare } from '../../findings/reading/compare.ts';
import { hearersOf, notify } from '../../notices/notify.ts';
import { countNow } from '../count.ts';
import { ahead, type Proposed } from './replies.ts';
import { type Ahead, runsAhead } from './rules.ts';
import { insertPreview, loadName, loadOver } from './store.ts';

export const ANNOUNCE_QUEUE = 'reconciliation.announce';
const MOST_FINDINGS = 4;

export const announceWork: Work = {
  name: ANNOUNCE_QUEUE,
  collapses: true,
  // A vendor that can't be read gets about a minute; then the channels hear what is known without it.
  retries: 5,
  concurrency: 1,
  handle: (working, _, lastTry) => announceAhead(working, lastTry),
};

/**
 * No pattern says “two days before” of another one: every quarter of an hour it is looked up whether a run is ahead. So
 * what was missed while no copy of the bot was up is made up as soon as one is, as long as the run is still ahead.
 */
export const announceSchedule: Schedule = {
  name: 'reconcile.announce',
  cron: () => '*/15 * * * *',
  timezone: (settings) => settings.reconcileTimezone,
  queue: ANNOUNCE_QUEUE,
};

/** Called at the start: nobody waits for the next quarter of an hour. */
export const lookAhead = ({ jobs, db }: Ctx): Promise<void> => jobs.enqueue(db, ANNOUNCE_QUEUE, {});

const tickOf = ({ reconcileCron, reconcileTimezone }: Settings): Tick => ({
  name: 'reconcile',
  cron: reconcileCron,
  timezone: reconcileTimezone,
});

/** Tells the channels that asked for it what the run two days from now would change; once a period. */
async function announceAhead(working: Working, lastTry: boolean): Promise<void> {
  const { db, now } = working;
  const candidates = runsAhead(tickOf(working.settings), now);
  if (candidates.length === 0 || (await hearersOf(working, 'reconciliation')).length === 0) return;
  const over = await loadOver(
    db,
    candidates.map(({ period }) => period),
  );
  const next = candidates.find(({ period }) => !over.has(period));
  if (next === undefined) return;
  const { failed } = await readAndCompare(working);
  const unread = failed.map(({ provider }) => provider);
  if (unread.length > 0 && !lastTry) throw new Error(`not read before the preview: ${unread.join(', ')}`);
  await store(working, next, unread);
}

function store(working: Working, next: Ahead, unread: readonly string[]): Promise<void> {
  const at = working.clock();
  const ctx: Ctx = { ...working, now: at, actor: { kind: 'job', name: 'reconciliation' } };
  return inTransaction(ctx, async (inside) => {
    // The vendors may have taken longer than the run was ahead.
    if (at >= next.due || !(await insertPreview(inside.db, { ...next, at }))) return;
    const heard = new Map<string, Promise<Reply | undefined>>();
    await notify(inside, {
      kind: 'reconciliation',
      key: `reconciliation-preview:${next.period}`,
      reply(scope) {
        const key = JSON.stringify(scope);
        const known = heard.get(key) ?? previewFor(inside, scope, next, unread);
        heard.set(key, known);
        return known;
      },
    });
  });
}

/** What a channel hears that may see this scope; nothing, where there is nothing to be told. */
async function previewFor(
  { db, now, settings }: Ctx,
  scope: Scope,
  next: Ahead,
  unread: readonly string[],
): Promise<Reply | undefined> {
  // Reconciliation is between the provider and its resellers.
  if (scope.kind === 'customer') return undefined;
  const { summary } = await countNow(db, scope);
  const { total: waiting, findings: largest } = await largestOpen({ db, now }, scope, MOST_FINDINGS);
  const findings: Proposed[] = [];
  for (const one of largest)
    findings.push({ ...one, proposal: await proposedFor({ db, now, settings }, scope, one.id) });
  const organization = await loadName(db, scope);
  const isNothing = summary.changed === 0 && waiting === 0 && (unread.length === 0 || summary.checked === 0);
  if (organization === undefined || isNothing) return undefined;
  const vendors = scope.kind === 'all' ? unread : ('some' as const);
  return ahead({
    ...next,
    organization,
    at: now,
    summary,
    findings,
    waiting,
    unread: unread.length === 0 ? undefined : vendors,
  });
}
