import type { Ctx } from '../../bot/index.ts';
import {
  type Applied,
  type BulkKind,
  type DoneRow,
  type JobInHand,
  type RowRemark,
  type RowResult,
  type SheetPlan,
  type SheetRow,
  serviceOf,
  type Target,
  type ValidRow,
} from '../bulk/kind.ts';
import { loadBalance } from './balance/store.ts';
import { isSuspended, notAnEmail, notUnits, parseUnits, parseUser } from './rules.ts';
import { basisOf, NOT_EMAIL, NOT_UNITS, named, withoutHeader } from './sheet.ts';
import { giveUnits, loadHeld, lockServices, takeBack } from './store.ts';
import { ensureUsers } from './users/store.ts';

/** The release sheet: user name, and units where not all of them are taken back. */
export const releaseSheet: BulkKind = {
  name: 'release',
  word: 'release',
  works: 'on a service',
  takesUnits: false,
  summary: 'Release by sheet',
  did: 'released',
  title: (target) => `Release users from ${named(serviceOf(target))}`,
  columns: [
    { column: 'A', name: 'User name', holds: 'The e-mail address of the user' },
    { column: 'B', name: 'Units', holds: 'Left empty: all that the user has' },
  ],
  plan,
  basis: async (ctx, target) => basisOf(serviceOf(target), await loadBalance(ctx.db, serviceOf(target).id)),
  apply,
  takeBack: giveBack,
};

type Asked = { readonly number: number; readonly user: string; readonly units: number | undefined };

async function plan(ctx: Ctx, target: Target, rows: readonly SheetRow[]): Promise<SheetPlan> {
  const service = serviceOf(target);
  const { asked, problems, header } = check(rows);
  const balance = await loadBalance(ctx.db, service.id);
  const held = await loadHeld(
    ctx.db,
    service.id,
    asked.map(({ user }) => user),
  );
  const valid: ValidRow[] = [];
  for (const one of asked) {
    const has = held.get(one.user) ?? 0;
    const problem = problemOf(one, has, service.ref);
    if (problem === undefined)
      valid.push({ number: one.number, subject: one.user, units: one.units ?? has, data: { held: has } });
    else problems.push({ number: one.number, ...problem });
  }
  const rest = { warnings: [], notes: [], newUsers: [], needs: [], basis: basisOf(service, balance) };
  return { kind: 'plan', valid, problems, header, ...rest };
}

/** What the cells say, before it is known what the users have. */
function check(rows: readonly SheetRow[]) {
  const { header, users } = withoutHeader(rows);
  const asked: Asked[] = [];
  const problems: RowRemark[] = [];
  const seen = new Map<string, number>();
  for (const { number, cells } of users) {
    const [name = '', amount = ''] = cells;
    const user = parseUser(name);
    const units = amount === '' ? undefined : parseUnits(amount);
    const before = user === undefined ? undefined : seen.get(user);
    if (user === undefined) {
      const sentence = `A${number}: ${name === '' ? 'the user name is missing.' : notAnEmail(name)}`;
      problems.push({ number, title: NOT_EMAIL, sentence });
    } else if (amount !== '' && units === undefined) {
      problems.push({ number, title: NOT_UNITS, sentence: `B${number}: ${notUnits(amount)}` });
    } else if (before !== undefined) {
      const sentence = `A${number}: ${user} is in row ${before} already.`;
      problems.push({ number, title: 'User stands in the sheet twice', sentence });
    } else {
      seen.set(user, number);
      asked.push({ number, user, units });
    }
  }
  return { asked, problems, header };
}

function problemOf(
  { number, user, units }: Asked,
  held: number,
  ref: string,
): Omit<RowRemark, 'number'> | undefined {
  if (held === 0)
    return { title: 'User has no units', sentence: `A${number}: ${user} has no units of ${ref}.` };
  if (units !== undefined && units > held)
    return {
      title: 'More units than the user has',
      sentence: `B${number}: ${user} has ${held} of ${ref}, not ${units}.`,
    };
  return undefined;
}

type Kept = { readonly held: number };
const heldBefore = (data: unknown): number => (data as Kept).held;

async function apply(ctx: Ctx, job: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const { id, ref } = serviceOf(job.target);
  const taking = rows.map(({ subject, units, data }) => ({ user: subject, units, held: heldBefore(data) }));
  const taken = await takeBack(ctx.db, id, taking, { by: job.id });
  const results = rows.flatMap(({ number, subject }): RowResult[] => {
    if (taken.has(subject)) return [];
    return [
      { number, status: 'failed', reason: `What ${subject} has of ${ref} has changed since the preview.` },
    ];
  });
  return { results, used: new Map() };
}

/** To who has just what the job left, as long as units are free. */
async function giveBack(ctx: Ctx, of: JobInHand, rows: readonly DoneRow[]): Promise<RowResult[]> {
  const { organizationId } = of.target;
  const { id: serviceId, ref, product, maxPerUser } = serviceOf(of.target);
  await lockServices(ctx.db, [serviceId]);
  const users = rows.map(({ subject }) => subject);
  const held = await loadHeld(ctx.db, serviceId, users);
  const balance = await loadBalance(ctx.db, serviceId);
  if (balance.suspended) {
    const reason = isSuspended(product, ref);
    return rows.map(({ number }) => ({ number, status: 'failed', reason }));
  }
  let { free } = balance;
  const results: RowResult[] = [];
  const wanted: { user: string; units: number }[] = [];
  for (const { number, subject, units, data } of rows) {
    const has = held.get(subject) ?? 0;
    const changed = has !== heldBefore(data) - units;
    if (!changed && units <= free) {
      free -= units;
      wanted.push({ user: subject, units });
      continue;
    }
    const reason = changed
      ? `What ${subject} has of ${ref} has changed since: ${has} now.`
      : `The units are in use again: ${free} of ${ref} are free, ${subject} had ${units}.`;
    results.push({ number, status: 'failed', reason });
  }
  if (wanted.length === 0) return results;
  const { ids } = await ensureUsers(
    ctx.db,
    organizationId,
    wanted.map(({ user }) => user),
  );
  const given = await giveUnits(
    ctx.db,
    { serviceId, organizationId, maxPerUser, from: 'free', ids, quietly: true },
    wanted,
  );
  if (given === 'too few units') throw new Error(`The units of service ${serviceId} changed under a lock.`);
  const refused = new Set(given.refused);
  const over = rows.filter(({ subject }) => refused.has(subject));
  for (const { number, subject } of over) {
    const reason = `One user can hold ${maxPerUser} of ${ref} by now; ${subject} had more.`;
    results.push({ number, status: 'failed', reason });
  }
  return results;
}
