import { type Asked, type Organization, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { openFindings } from '../findings/open.ts';
import { countNow } from './count.ts';
import { previewed } from './replies.ts';
import { periodOf } from './rules.ts';

/** What a run of this organization would do today. Changes nothing. */
export async function preview(asked: Asked, organization: Organization): Promise<Reply> {
  const { db, now, settings, member } = asked;
  const scope = scopeOf(organization);
  const { summary, plan } = await countNow(db, scope);
  const report = {
    organization,
    period: periodOf(now, settings.reconcileTimezone),
    at: now,
    summary,
    findings: await openFindings(db, scope, now),
    part: organization.id !== member.organization.id,
  };
  return previewed(report, plan);
}
