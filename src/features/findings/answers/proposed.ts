import type { Scope } from '../../../db/index.ts';
import { caseFor, type Looking } from './case.ts';
import { titleOf } from './sentences.ts';

/** What is proposed above all for a finding, as its button says it, where more than to leave it can be done now. */
export async function proposedFor(
  { db, now, settings }: Omit<Looking, 'scope' | 'seesMarkup'>,
  scope: Scope,
  id: number,
): Promise<string | undefined> {
  const kase = await caseFor({ db, now, settings, scope, seesMarkup: false }, id, 'glance');
  const first = kase?.advice.proposals[0];
  return kase === undefined || first === undefined || first.how === 'leave'
    ? undefined
    : titleOf(first, kase.kind);
}
