import type { Db, Scope } from '../../db/index.ts';
import { counting, linesOf, readCounts } from './counting/store.ts';
import { type Counted, type Group, summarize } from './rules.ts';

/** So many differences are handed on; a card shows fewer and counts the rest. */
const MOST_DIFFERENCES = 20;

/** What a run of this scope would do now. Changes nothing. */
export async function countNow(db: Db, scope: Scope): Promise<Counted> {
  const { groups, differences, mark } = await readCounts(db, counting(scope), MOST_DIFFERENCES);
  return { summary: summarize(groups, differences), mark };
}

/** What a run has counted, as far as it is of all these scopes. */
export async function countedBy(
  db: Db,
  run: number,
  scopes: readonly Scope[],
): Promise<Counted & { readonly groups: readonly Group[] }> {
  const { groups, differences, mark } = await readCounts(db, linesOf(run, scopes), MOST_DIFFERENCES);
  return { summary: summarize(groups, differences), mark, groups };
}
