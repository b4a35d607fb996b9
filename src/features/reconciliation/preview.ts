import { type Asked, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { previewed } from './replies.ts';
import { periodOf, planOf, summarize } from './rules.ts';
import { loadCounts } from './store.ts';

/** What a run would do today. Changes nothing. */
export async function preview(asked: Asked): Promise<Reply> {
  const { db, now, settings, member } = asked;
  const lines = await loadCounts(db, scopeOf(member.organization), false);
  const report = {
    organization: member.organization.name,
    period: periodOf(now, settings.reconcileTimezone),
    at: now,
    summary: summarize(lines),
  };
  return previewed(report, planOf(lines));
}
