import { type Ctx, type Organization, record } from '../../../bot/index.ts';
import { referrers } from '../store.ts';
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
  hasOtherHistory,
  insertOrganization,
  loadAll,
  lockOrganizations,
  removeOrganization,
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
  const world = worldOf(await loadAll(ctx.db));
  const outcomes: Outcome[] = [];
  for (const entry of entries) {
    const decision = decide(entry, world, by);
    if (decision.kind === 'refused' || decision.kind === 'same') {
      outcomes.push(decision);
      continue;
    }
    const before = decision.kind === 'changed' ? decision.before : undefined;
    const id = await saveOne(ctx, before, decision.columns);
    put(world, { ...decision.columns, id }, before);
    outcomes.push({ kind: decision.kind, saved: { id, before: before ?? null, after: decision.columns } });
  }
  return outcomes;
}

async function saveOne(ctx: Ctx, before: Known | undefined, columns: Columns): Promise<number> {
  const id = before?.id ?? (await insertOrganization(ctx.db, columns));
  if (before !== undefined) await updateOrganization(ctx.db, id, columns);
  const fields = before === undefined ? [] : changedFields(before, columns);
  await record(ctx, {
    organizationId: id,
    orderId: null,
    kind: 'import',
    summary:
      before === undefined
        ? `Imported the ${columns.kind} ${columns.name}`
        : `Changed ${columns.name} by import: ${fields.join(', ')}`,
    ...(before && { before }),
    after: columns,
  });
  return id;
}

/** Takes back what an import did, where nothing has changed since; else says why not. */
export async function takeBackOrganization(
  ctx: Ctx,
  { id, before, after }: Saved,
): Promise<string | undefined> {
  await lockOrganizations(ctx.db);
  const now = (await loadAll(ctx.db)).find((one) => one.id === id);
  if (now === undefined) return `${after.name} is not here any more.`;
  if (changedFields(now, after).length > 0) return `${after.name} has changed since.`;
  if (before === null) return remove(ctx, now);
  await updateOrganization(ctx.db, id, before);
  await record(ctx, {
    organizationId: id,
    orderId: null,
    kind: 'import',
    summary: `Took back the import of ${after.name}`,
    before: now,
    after: before,
  });
  return undefined;
}

const GOES_ALONG = ['domains', 'customer_views', 'history', 'tallies'];

async function remove(ctx: Ctx, { id, name, parentId, kind }: Known): Promise<string | undefined> {
  const used = await referrers(ctx.db, 'organizations', id, GOES_ALONG);
  if (used.length > 0) return `${name} is in use: there are ${used.join(', ')}.`;
  if (await hasOtherHistory(ctx.db, id)) return `${name} has been worked with since.`;
  await removeOrganization(ctx.db, id);
  await record(ctx, {
    organizationId: parentId ?? id,
    orderId: null,
    kind: 'import',
    summary: `Removed the ${kind} ${name}, which was imported`,
  });
  return undefined;
}
