import { type Asked, record } from '../../../bot/index.ts';
import { reopenedInHistory } from '../replies.ts';
import { lockAnsweredBy, reopenFinding } from '../store.ts';

/** What an order was to mend is as it was once the order is given up: it is asked again at once. */
export async function reopenDiscarded(
  asked: Asked,
  order: { readonly id: number; readonly number: number },
): Promise<void> {
  for (const finding of await lockAnsweredBy(asked.db, order.id)) {
    await reopenFinding(asked.db, finding.id);
    await record(asked, {
      organizationId: finding.organizationId ?? asked.member.organization.id,
      orderId: finding.orderId,
      kind: 'finding',
      summary: reopenedInHistory(finding, order.number),
      before: { finding: finding.id, answer: finding.answer },
      after: { finding: finding.id },
    });
  }
}
