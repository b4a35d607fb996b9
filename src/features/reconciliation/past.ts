import { type Asked, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { menu, noRun, reconciled } from './replies.ts';
import { periodOf, summarize } from './rules.ts';
import { findRun, lastPeriods, loadLines } from './store.ts';

/** How many other months are offered where a month has no run. */
const MOST_OFFERED = 3;

/** `reconcile 2026-11`: the run that tells most of that month, as far as the asker may see it. */
export async function showPast(asked: Asked, period: string): Promise<Reply> {
  const { db, member } = asked;
  const scope = scopeOf(member.organization);
  const run = await findRun(db, period, member.organization, scope);
  if (run === undefined) {
    const known = await lastPeriods(db, member.organization, scope, MOST_OFFERED);
    return noRun(period, periodOf(asked.now, asked.settings.reconcileTimezone), known);
  }
  const organization = scope.kind === 'all' ? run.organization : member.organization;
  const summary = summarize(await loadLines(db, run.id, scope));
  return reconciled({ organization: organization.name, period, at: run.at, summary });
}

/** `reconcile` alone. */
export async function showMenu(asked: Asked): Promise<Reply> {
  const { db, member } = asked;
  const [latest] = await lastPeriods(db, member.organization, scopeOf(member.organization), 1);
  return menu(latest);
}
