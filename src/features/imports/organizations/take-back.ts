import { type Change, type Ctx, recordAll } from '../../../bot/index.ts';
import { referrers } from '../store.ts';
import { changedFields, type Known } from './rules.ts';
import type { Saved } from './save.ts';
import {
  loadAll,
  lockOrganizations,
  removeOrganizations,
  setDomains,
  updateOrganizations,
  withOtherHistory,
} from './store.ts';

/** What goes with an organization; whether it has children is seen as it is now. */
const GOES_ALONG = ['domains', 'customer_views', 'history', 'tallies', 'organizations'];

/**
 * Takes back what an import did to these organizations, the last first, where nothing has changed since. Resolves to why
 * not, in the order given.
 */
export async function takeBackOrganizations(
  ctx: Ctx,
  all: readonly Saved[],
): Promise<readonly (string | undefined)[]> {
  const { db } = ctx;
  await lockOrganizations(db);
  const here = new Map((await loadAll(db)).map((one) => [one.id, one]));
  const made = all.flatMap(({ id, before }) => (before === null ? [id] : []));
  const uses = await referrers(db, 'organizations', made, GOES_ALONG);
  const worked = await withOtherHistory(db, made);
  const reasons = new Map<number, string>();
  const back: Saved[] = [];
  for (const saved of all.toReversed()) {
    const { id, before } = saved;
    const reason = whyNot(saved, here, uses.get(id) ?? [], worked.has(id));
    if (reason !== undefined) {
      reasons.set(id, reason);
      continue;
    }
    if (before === null) here.delete(id);
    else here.set(id, before);
    back.push(saved);
  }
  await carryOut(ctx, back);
  return all.map(({ id }) => reasons.get(id));
}

function whyNot(
  { id, before, after }: Saved,
  here: ReadonlyMap<number, Known>,
  uses: readonly string[],
  worked: boolean,
): string | undefined {
  const now = here.get(id);
  if (now === undefined) return `${after.name} is not here any more.`;
  if (changedFields(now, after).length > 0) return `${after.name} has changed since.`;
  if (before !== null) return undefined;
  const isParent = now.kind !== 'customer' && [...here.values()].some(({ parentId }) => parentId === id);
  const used = isParent ? ['organizations', ...uses] : uses;
  if (used.length > 0) return `${now.name} is in use: there are ${used.join(', ')}.`;
  return worked ? `${now.name} has been worked with since.` : undefined;
}

/** Those that were made go together, as long as no other is put back in between. */
async function carryOut(ctx: Ctx, back: readonly Saved[]): Promise<void> {
  let made: Saved[] = [];
  for (const saved of back) {
    if (saved.before === null) {
      made.push(saved);
      continue;
    }
    await removeAll(ctx, made);
    made = [];
    await updateOrganizations(ctx.db, [{ id: saved.id, after: saved.before }]);
    await setDomains(ctx.db, new Map([[saved.id, saved.before.domains]]));
    await recordAll(ctx, [putBack(saved)]);
  }
  await removeAll(ctx, made);
}

const putBack = ({ id, before, after }: Saved): Change => ({
  organizationId: id,
  orderId: null,
  kind: 'import',
  summary: `Took back the import of ${after.name}`,
  before: after,
  ...(before && { after: before }),
});

/** What is told of them is kept with whose they were. */
async function removeAll(ctx: Ctx, made: readonly Saved[]): Promise<void> {
  const parents = new Map(made.map(({ id, after }) => [id, after.parentId]));
  const heirOf = (id: number): number => {
    const parent = parents.get(id);
    return parent == null ? id : heirOf(parent);
  };
  await removeOrganizations(
    ctx.db,
    made.map(({ id }) => ({ id, heir: heirOf(id) })),
  );
  await recordAll(
    ctx,
    made.map(({ id, after: { kind, name } }) => ({
      organizationId: heirOf(id),
      orderId: null,
      kind: 'import',
      summary: `Removed the ${kind} ${name}, which was imported`,
    })),
  );
}
