import { type Ctx, scopeOf } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import { inTransaction } from '../../db/index.ts';
import { hearersOf, postTo } from '../notices/notify.ts';
import { lowUnits } from './replies.ts';
import { type Crossed, isToTell, type Low, loadLow, noteWaiting, takeCrossed } from './store.ts';

export const TELL = 'watches.tell';

/** How long to wait before looking again for what could not be told of yet. */
const LATER_SECONDS = 60;
/** How long the end of a job is waited for. */
const LONGEST_MS = 30 * 60_000;

/**
 * Tells of units that went low, in the transaction of the change: done at the end of each transaction, it is missed by
 * none. All that one transaction brings is one post in each place.
 */
export async function tellCrossings(ctx: Ctx): Promise<void> {
  if (!(await isToTell(ctx.db))) return;
  await tell(ctx, await takeCrossed(ctx.db, new Date(ctx.now.getTime() - LONGEST_MS)));
  if (!(await isToTell(ctx.db))) return;
  await noteWaiting(ctx.db, ctx.now);
  // The end of a job brings these up, unless both happen at once: neither transaction sees the other then.
  await ctx.jobs.enqueue(ctx.db, TELL, {}, { key: 'later', afterSeconds: LATER_SECONDS });
}

/** Looks for what no transaction has told of, and again later where something still waits. */
export const tellLater = (ctx: Ctx): Promise<void> =>
  inTransaction({ ...ctx, settle: undefined }, (inside) => tellCrossings(inside));

type Hearing = Pick<Crossed, 'place' | 'organization' | 'seesMarkup'> & { readonly ids: readonly number[] };

async function tell(ctx: Ctx, crossed: readonly Crossed[]): Promise<void> {
  const [first] = crossed;
  if (first === undefined) return;
  const ids = crossed.map(({ id }) => id);
  const own = crossed.map((one): Hearing => ({ ...one, ids: [one.id] }));
  const channels = (await hearersOf(ctx, 'low-units')).map((one): Hearing => ({ ...one, ids }));
  const places = Map.groupBy([...joined(own), ...channels], ({ place }) => keyOf(place));
  for (const hearings of places.values()) {
    const [{ place } = first] = hearings;
    const low = await lowOf(ctx, hearings);
    if (low.length === 0) continue;
    const watched = crossed.some((one) => keyOf(one.place) === keyOf(place));
    const [{ customerId } = { customerId: undefined }, ...others] = low;
    const isOfOne = others.every((one) => one.customerId === customerId);
    await postTo(ctx, {
      kind: 'low-units',
      key: `low-units ${first.id}.${first.crossed}`,
      place,
      reply: lowUnits(low, watched),
      mayWait: true,
      ...(isOfOne && customerId !== undefined && { organizationId: customerId }),
      ...(!watched && { chosen: true as const }),
    });
  }
}

const keyOf = ({ platform, conversation }: Place): string => `${platform} ${conversation}`;

/** Those of one place and one organization are read at once. */
function joined(all: readonly Hearing[]): Hearing[] {
  const groups = Map.groupBy(all, (one) => `${keyOf(one.place)} ${one.organization.id} ${one.seesMarkup}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((one) => ({ ...one, ids: group.flatMap(({ ids }) => ids) })),
  );
}

/** What one place hears of, each service once. */
async function lowOf(ctx: Ctx, hearings: readonly Hearing[]): Promise<Low[]> {
  const found = new Map<string, Low>();
  for (const { place, organization, seesMarkup, ids } of hearings) {
    const viewer = { scope: scopeOf({ ...organization, name: '' }), seesMarkup };
    for (const low of await loadLow(ctx.db, ids, viewer, place)) {
      if (!found.has(low.ref)) found.set(low.ref, low);
    }
  }
  return [...found.values()];
}
