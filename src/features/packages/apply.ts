import type { Ctx } from '../../bot/index.ts';
import type { Applied, JobInHand, RowResult, ValidRow } from '../bulk/kind.ts';
import { carryOut, type Step } from './carry.ts';
import { reasonOf } from './remarks.ts';
import { NOTHING_TO_CHANGE, noneFree, staysWith, wasNotThere } from './replies.ts';
import { type Change, type Decision, decide, snapshot } from './rules.ts';
import { holdLess, loadUsers } from './store.ts';
import { counted, type Source, share } from './supply.ts';
import type { Done, UserState, Wish } from './types.ts';
import { type Known, loadWorld, lockAll } from './world.ts';

/** Carries out rows of a package sheet: each is decided again on what the user has by now. */
export async function applyRows(ctx: Ctx, job: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const { organizationId } = job.target;
  const emails = rows.map(({ subject }) => subject);
  await lockAll(ctx, job.target, emails);
  const world = await loadWorld(ctx, job.target, job.option);
  const users = await loadUsers(ctx.db, organizationId, emails);
  const decided = rows.map((row) => decideRow(row, users, world));
  const supply = supplyFor(decided, world, sum([job.held, returnedBy(decided)]));
  const returned = await carryOut(ctx, organizationId, job.id, stepsOf(decided, supply.sources));
  const back = counted(supply.back);
  if (back.size > 0) await holdLess(ctx.db, back);
  const after = await loadUsers(ctx.db, organizationId, emails);
  return {
    results: decided.map((one) => resultOf(one, job, world, supply.sources, after)),
    used: usedOf(supply, back, returned),
  };
}

type Decided = {
  readonly row: ValidRow;
  readonly wish: Wish;
  readonly user: UserState | undefined;
  readonly decision: Decision;
};

function decideRow(row: ValidRow, users: ReadonlyMap<string, UserState>, world: Known): Decided {
  const wish = (row.data ?? {}) as Wish;
  const user = users.get(row.subject);
  return { row, wish, user, decision: decide(user, wish, world) };
}

type Changed = Decided & { readonly decision: Change };
const isChange = (one: Decided): one is Changed => one.decision.kind === 'change';

/** Units that rows are sure to give back for other rows: who needs a unit by now may be short of one, and gives nothing. */
function returnedBy(decided: readonly Decided[]): Map<number, number> {
  const sure = decided
    .filter(isChange)
    .filter(({ wish, decision }) => wish.hold && decision.give === undefined);
  return sum(
    sure.flatMap(({ decision }) => decision.take.map(({ service, units }) => [[service, units] as const])),
  );
}

function sum(all: readonly Iterable<readonly [id: number, units: number]>[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const pairs of all) for (const [id, units] of pairs) sums.set(id, (sums.get(id) ?? 0) + units);
  return sums;
}

type Supply = {
  /** Where the unit of a row comes from, by the number of the row; of a row that is not here none is left. */
  readonly sources: ReadonlyMap<number, Source>;
  /** The services of held units that no row needs any more. */
  readonly back: readonly number[];
};

function supplyFor(
  decided: readonly Decided[],
  { services }: Known,
  held: ReadonlyMap<number, number>,
): Supply {
  const sources = new Map<number, Source>();
  const back: number[] = [];
  for (const product of new Set(decided.flatMap(({ wish }) => wish.give ?? []))) {
    const of = decided.filter(({ wish }) => wish.give === product);
    const planned = of.filter(({ row }) => row.units > 0).length;
    // Rows that need a unit only now come last: the units are held for those that were planned to get one.
    const takers = of
      .filter((one) => isChange(one) && one.decision.give !== undefined)
      .sort((one, other) => other.row.units - one.row.units);
    const shared = share(services, product, held, planned, takers.length);
    for (const [index, source] of shared.sources.entries()) {
      const taker = takers[index];
      if (taker !== undefined) sources.set(taker.row.number, source);
    }
    back.push(...shared.back);
  }
  return { sources, back };
}

const isShort = ({ decision, row }: Changed, sources: Supply['sources']): boolean =>
  decision.give !== undefined && !sources.has(row.number);

function stepsOf(decided: readonly Decided[], sources: Supply['sources']): Step[] {
  return decided
    .filter(isChange)
    .filter((one) => !isShort(one, sources))
    .map(({ row, wish, decision }) => {
      const source = sources.get(row.number);
      const into = wish.hold ? ('reserved' as const) : ('free' as const);
      return {
        email: row.subject,
        licences: decision.licences,
        details: decision.details,
        leaves: decision.leaves,
        take: decision.take.map(({ service }) => ({ service, into })),
        give: source === undefined ? [] : [{ ...source, units: 1 }],
      };
    });
}

function usedOf(
  { sources }: Supply,
  back: ReadonlyMap<number, number>,
  returned: ReadonlyMap<number, number>,
): Map<number, number> {
  const given = [...sources.values()].filter(({ from }) => from === 'reserved');
  const less = [...returned].map(([id, units]) => [id, -units] as const);
  return sum([counted(given.map(({ service }) => service)), back, less]);
}

function resultOf(
  one: Decided,
  { target }: JobInHand,
  { mode }: Known,
  sources: Supply['sources'],
  users: ReadonlyMap<string, UserState>,
): RowResult {
  const { row, user, decision } = one;
  const { number, subject } = row;
  switch (decision.kind) {
    case 'refused': {
      const reasons = decision.refusals.map((refusal) => reasonOf(refusal, subject, mode, target.customer));
      return { number, status: 'failed', reason: reasons.join(' ') };
    }
    case 'nothing':
      return {
        number,
        status: 'skipped',
        reason: decision.why === 'same' ? NOTHING_TO_CHANGE : wasNotThere(subject),
      };
    case 'change': {
      if (isChange(one) && isShort(one, sources)) {
        return { number, status: 'failed', reason: noneFree(decision.give?.name ?? '') };
      }
      const now = users.get(subject);
      const data: Done = { before: snapshot(user), after: snapshot(now) };
      const stays = decision.leaves && now !== undefined ? { reason: staysWith(subject, now.others) } : {};
      return { number, status: 'done', data, ...stays };
    }
  }
}
