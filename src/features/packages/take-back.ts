import type { Ctx } from '../../bot/index.ts';
import type { DoneRow, JobInHand, RowResult } from '../bulk/kind.ts';
import { carryOut, type Step } from './carry.ts';
import { changedSince, isBack, isGone, NOTHING_TO_TAKE_BACK, noneToGiveBack, staysWith } from './replies.ts';
import { differences, snapshot } from './rules.ts';
import { loadPackageServices, loadUsers } from './store.ts';
import { whoIsShort } from './supply.ts';
import type { Done, PackageService, Snapshot, UserState } from './types.ts';
import { lockAll } from './world.ts';

/** Gives users back what they had before a job, where they still have exactly what it left them. */
export async function takeBackRows(
  ctx: Ctx,
  { target }: JobInHand,
  rows: readonly DoneRow[],
): Promise<readonly RowResult[]> {
  const { organizationId } = target;
  const emails = rows.map(({ subject }) => subject);
  await lockAll(ctx, target, emails);
  const services = new Map((await loadPackageServices(ctx.db, organizationId)).map((one) => [one.id, one]));
  const users = await loadUsers(ctx.db, organizationId, emails);
  const checked = rows.map((row) => check(row, users.get(row.subject)));
  const unchanged = checked.filter((one) => one.kind === 'unchanged');
  const short = whoIsShort(unchanged, new Map([...services].map(([id, { free }]) => [id, free])));
  const steps = unchanged.filter((one) => !short.has(one)).map(stepOf);
  await carryOut(ctx, organizationId, null, steps);
  const after = await loadUsers(ctx.db, organizationId, emails);
  return checked.flatMap((one): readonly RowResult[] => {
    const { number, subject } = one.row;
    if (one.kind !== 'unchanged') return [{ number, status: one.kind, reason: one.reason }];
    const lacking = short.get(one);
    if (lacking !== undefined) return [{ number, status: 'failed', reason: lacks(services.get(lacking)) }];
    const left = one.before === null ? after.get(subject) : undefined;
    return left === undefined ? [] : [{ number, status: 'done', reason: staysWith(subject, left.others) }];
  });
}

type Pairs = NonNullable<Snapshot>['packages'];
type Checked =
  | {
      readonly kind: 'unchanged';
      readonly row: DoneRow;
      readonly before: Snapshot;
      readonly take: Pairs;
      readonly give: Pairs;
    }
  | { readonly kind: 'failed' | 'skipped'; readonly row: DoneRow; readonly reason: string };

function check(row: DoneRow, user: UserState | undefined): Checked {
  const done = row.data as Partial<Done> | undefined;
  if (done?.before === undefined || done.after === undefined)
    return { kind: 'skipped', row, reason: NOTHING_TO_TAKE_BACK };
  const { before, after } = done;
  const failed = (reason: string) => ({ kind: 'failed', row, reason }) as const;
  if (user === undefined && after !== null) return failed(isGone(row.subject));
  if (user !== undefined && after === null) return failed(isBack(row.subject));
  const different = differences(snapshot(user), after);
  if (different.length > 0) return failed(changedSince(row.subject, different));
  const [take, give] = without(after?.packages ?? [], before?.packages ?? []);
  return { kind: 'unchanged', row, before, take, give };
}

/** What has to be taken and given where some of it is the same before and after. */
function without(after: Pairs, before: Pairs): readonly [take: Pairs, give: Pairs] {
  const isIn =
    (pairs: Pairs) =>
    ([service, units]: Pairs[number]) =>
      pairs.some(([other, many]) => other === service && many === units);
  return [after.filter((pair) => !isIn(before)(pair)), before.filter((pair) => !isIn(after)(pair))];
}

function stepOf({ row, before, take, give }: Extract<Checked, { kind: 'unchanged' }>): Step {
  return {
    email: row.subject,
    licences: before?.licences ?? [],
    details: before?.details ?? {},
    leaves: before === null,
    take: take.map(([service]) => ({ service, into: 'free' })),
    give: give.map(([service, units]) => ({ service, units, from: 'free' })),
  };
}

const lacks = (service: PackageService | undefined): string =>
  noneToGiveBack(service?.name ?? 'the package', service?.ref ?? 'a service that is gone');
