import type { Ctx } from '../../bot/index.ts';
import type { Scope } from '../../db/index.ts';
import { aboutOf, findingTitle } from './replies.ts';
import { countOpen, loadLargest } from './store.ts';

export type LargeFinding = {
  readonly id: number;
  /** `7 of 10 units of Office 365 E3 are idle` */
  readonly title: string;
  /** `10023/2`, or the vendor's name for it. */
  readonly about: string;
  /** Empty where it is not known whose it is. */
  readonly organization: string;
};

/** The largest findings that wait for an answer, whatever their kind, and how many there are. */
export async function largestOpen(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  scope: Scope,
  most: number,
): Promise<{ readonly total: number; readonly findings: readonly LargeFinding[] }> {
  const total = await countOpen(db, scope, now);
  const found = total === 0 ? [] : await loadLargest(db, scope, now, most);
  return {
    total,
    findings: found.map((one) => ({
      id: one.id,
      title: findingTitle(one),
      about: aboutOf(one),
      organization: one.organization ?? '',
    })),
  };
}
