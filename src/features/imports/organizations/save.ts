import { type Change, type Ctx, type Organization, recordAll } from '../../../bot/index.ts';
import type { Db } from '../../../db/index.ts';
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
  insertOrganizations,
  loadAll,
  loadDearest,
  lockOrganizations,
  reserveIds,
  setDomains,
  updateOrganizations,
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
  const { nextId, write, writeWaiting } = inFewStatements(ctx.db);
  // One after the other, since a name that one gives up another may take.
  for (const entry of entries) {
    const decision = decide(entry, world, by);
    if (decision.kind === 'refused' || decision.kind === 'same') {
      outcomes.push(decision);
      continue;
    }
    const before = decision.kind === 'changed' ? decision.before : undefined;
    const after = decision.columns;
    const saved: Saved = { id: before?.id ?? (await nextId()), before: before ?? null, after };
    await write(saved);
    put(world, { ...after, id: saved.id }, before);
    outcomes.push({ kind: decision.kind, saved });
  }
  await writeWaiting();
  const saved = outcomes.flatMap((one) => ('saved' in one ? [one.saved] : []));
  await setDomains(ctx.db, new Map(saved.map(({ id, after }) => [id, after.domains])));
  await recordAll(ctx, saved.map(told));
  return outcomes;
}

const IDS_AT_ONCE = 100;

/** What is written waits for what follows, as long as that does not take a name or an ID that is given up in it. */
function inFewStatements(db: Db) {
  let ids: number[] = [];
  const waiting = new Map<number, Saved>();
  const givenUp = new Set<string>();

  async function writeWaiting(): Promise<void> {
    const all = [...waiting.values()];
    await insertOrganizations(
      db,
      all.filter(({ before }) => before === null),
    );
    await updateOrganizations(
      db,
      all.filter(({ before }) => before !== null),
    );
    waiting.clear();
    givenUp.clear();
  }
  return {
    writeWaiting,
    async nextId(): Promise<number> {
      if (ids.length === 0) ids = (await reserveIds(db, IDS_AT_ONCE)).reverse();
      return ids.pop() ?? 0;
    },
    async write(saved: Saved): Promise<void> {
      const { id, before, after } = saved;
      if (waiting.has(id) || keysOf(after).some((key) => givenUp.has(key))) await writeWaiting();
      waiting.set(id, saved);
      if (before !== null) for (const key of keysOf(before)) givenUp.add(key);
    },
  };
}

/** What only one can have. */
const keysOf = ({ name, externalId }: Columns): string[] => [
  `called ${name.toLowerCase()}`,
  ...(externalId === null ? [] : [`known as ${externalId}`]),
];

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
