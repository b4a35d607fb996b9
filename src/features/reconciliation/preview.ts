import { type Asked, type Organization, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { openFindings } from '../findings/open.ts';
import { countNow } from './count.ts';
import { nextRun, openPeriod } from './periods.ts';
import { previewed } from './replies.ts';
import { planOf } from './rules.ts';

/** What a run of this organization would do today. Changes nothing. */
export async function preview(asked: Asked, organization: Organization): Promise<Reply> {
  const { db, now, member } = asked;
  const scope = scopeOf(organization);
  const { summary, mark } = await countNow(db, scope);
  const period = await openPeriod(asked);
  const report = {
    organization,
    period,
    at: now,
    summary,
    next: nextRun(asked),
    findings: await openFindings(db, scope, now),
    of: organization.id === member.organization.id ? undefined : organization.name,
  };
  return previewed(report, planOf(period, organization, { mark }));
}
