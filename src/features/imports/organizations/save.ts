import { type Change, type Ctx, type Organization, recordAll } from '../../../bot/index.ts';
import {
  type Columns,
  changedFields,
  type Decision,
  decide,
  type Known,
  type OrganizationEntry,
  put,
  worldOf,
} from './rules.ts';
import {
  insertOrganization,
  loadAll,
  loadDearest,
  lockOrganizations,
  setDomains,
  updateOrganization,
} from './store.ts';

/** What was done for one entry, as its undo needs to know it. */
export type Saved = { readonly id: number; readonly before: Known | null; readonly after: Columns };
export type Outcome =
  | Exclude<Decision, { kind: 'new' | 'changed' }>
  | { readonly kind: 'new' | 'changed'; readonly saved: Saved };

/** Makes or changes organizations in the order given: parents come before their children. */
export async function saveOrganizations(
  ctx: Ctx,
  by: Organization,
  entries: readonly OrganizationEntry[],
): Promise<Outcome[]> {
  await lockOrganizations(ctx.db);
  const world = worldOf(await loadAll(ctx.db), await loadDearest(ctx.db));
  const outcomes: Outcome[] = [];
  // One after the other, since a name that one gives up another may take.
  for (const entry of entries) {
    const decision = decide(entry, world, by);
    if (decision.kind === 'refused' || decision.kind === 'same') {
      outcomes.push(decision);
      continue;
    }
    const before = decision.kind === 'changed' ? decision.before : undefined;
    const after = decision.columns;
    const id = before?.id ?? (await insertOrganization(ctx.db, after));
    if (before !== undefined) await updateOrganization(ctx.db, id, after);
    put(world, { ...after, id }, before);
    outcomes.push({ kind: decision.kind, saved: { id, before: before ?? null, after } });
  }
  const saved = outcomes.flatMap((one) => ('saved' in one ? [one.saved] : []));
  await setDomains(ctx.db, new Map(saved.map(({ id, after }) => [id, after.domains])));
  await recordAll(ctx, saved.map(told));
  return outcomes;
}

const told = ({ id, before, after }: Saved): Change => ({
  organizationId: id,
  orderId: null,
  kind: 'import',
  summary:
    before === null
      ? `Imported the ${after.kind} ${after.name}`
      : `Changed ${after.name} by import: ${changedFields(before, after).join(', ')}`,
  ...(before && { before }),
  after,
});
