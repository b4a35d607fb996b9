import type { Ctx } from '../../bot/index.ts';
import {
  type Applied,
  type BulkKind,
  type DoneRow,
  type JobInHand,
  type RowRemark,
  type RowResult,
  type SheetPlan,
  type SheetRefused,
  type SheetRow,
  serviceOf,
  type Target,
  type TargetService,
  type ValidRow,
} from '../bulk/kind.ts';
import { type Balance, loadBalance } from './balance/store.ts';
import {
  addUp,
  hasNoUnits,
  isHeaderRow,
  isSuspended,
  notAnEmail,
  notUnits,
  parseUnits,
  parseUser,
} from './rules.ts';
import { giveToAll, loadHeld, lockServices, takeBack } from './store.ts';
import { loadUnknownUsers, removeIdleUsers } from './users/store.ts';

/** The associate sheet: user name, units; no header row. */
export const associateSheet: BulkKind = {
  name: 'associate',
  word: '',
  works: 'on a service',
  takesUnits: true,
  summary: 'Associate by sheet',
  did: 'associated',
  title: (target) => `Associate users with ${named(serviceOf(target))}`,
  columns: [
    { column: 'A', name: 'User name', holds: 'The e-mail address of the user' },
    { column: 'B', name: 'Units', holds: 'A whole number greater than zero' },
  ],
  plan,
  basis: async (ctx, target) => basisOf(serviceOf(target), await loadBalance(ctx.db, serviceOf(target).id)),
  apply,
  takeBack: takeBackRows,
};

export const named = ({ ref, product }: TargetService): string => `${ref} · ${product}`;

/** A plan stands as long as nobody's units of the service have changed, and it is not suspended. */
export const basisOf = (
  { maxPerUser }: TargetService,
  { revision, suspended }: Pick<Balance, 'revision' | 'suspended'>,
): string => `${revision}/${maxPerUser ?? ''}${suspended ? '/suspended' : ''}`;

async function plan(ctx: Ctx, target: Target, rows: readonly SheetRow[]): Promise<SheetPlan | SheetRefused> {
  const service = serviceOf(target);
  const balance = await loadBalance(ctx.db, service.id);
  if (balance.machines)
    return { kind: 'refused', of: 'service', sentence: hasNoUnits(service.product, service.ref) };
  if (balance.suspended) {
    const button = { title: `Resume ${service.ref}`, command: `resume ${service.ref}` };
    return { kind: 'refused', of: 'service', sentence: isSuspended(service.product, service.ref), button };
  }
  const { free } = balance;
  const checked = check(rows);
  const over = await overfull(ctx, service, checked.valid);
  const leftOut = new Set(over.map(({ number }) => number));
  const valid = checked.valid.filter(({ number }) => !leftOut.has(number));
  const { id: serviceId, ref, product } = service;
  const units = valid.reduce((sum, row) => sum + row.units, 0);
  return {
    kind: 'plan',
    ...checked,
    valid,
    problems: [...checked.problems, ...over],
    warnings: [],
    notes: [],
    newUsers: await loadUnknownUsers(ctx.db, target.organizationId, usersOf(valid)),
    needs: [{ serviceId, ref, product, units, free }],
    basis: basisOf(service, balance),
  };
}

export const NOT_EMAIL = 'User name is not an e-mail address';
export const NOT_UNITS = 'Units are not a whole number greater than zero';

/** The rows without a header, which the sheet need not have. */
export function withoutHeader(rows: readonly SheetRow[]) {
  const [first, ...rest] = rows;
  return first !== undefined && isHeaderRow(first.cells)
    ? { header: first, users: rest }
    : { header: undefined, users: rows };
}

function check(rows: readonly SheetRow[]) {
  const { header, users } = withoutHeader(rows);
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  for (const row of users) {
    const { number } = row;
    const user = parseUser(row.cells[0] ?? '');
    const units = parseUnits(row.cells[1] ?? '');
    if (user !== undefined && units !== undefined) valid.push({ number, subject: user, units });
    else problems.push({ number, ...problemOf(row) });
  }
  return { valid, problems, header };
}

function problemOf({ number, cells }: SheetRow): Omit<RowRemark, 'number'> {
  const [user = '', units = ''] = cells;
  if (user === '')
    return { title: 'User name is missing', sentence: `A${number}: the user name is missing.` };
  if (parseUser(user) === undefined) return { title: NOT_EMAIL, sentence: `A${number}: ${notAnEmail(user)}` };
  if (units === '') return { title: 'Units are missing', sentence: `B${number}: the units are missing.` };
  return { title: NOT_UNITS, sentence: `B${number}: ${notUnits(units)}` };
}

const usersOf = (rows: readonly ValidRow[]) => [...new Set(rows.map(({ subject }) => subject))];

/** Rows with which a user would hold more than one user may. */
async function overfull(
  ctx: Ctx,
  { id, product, maxPerUser: max }: TargetService,
  valid: readonly ValidRow[],
): Promise<RowRemark[]> {
  if (max === null) return [];
  const held = await loadHeld(ctx.db, id, usersOf(valid));
  return valid.flatMap(({ number, subject, units }) => {
    const would = (held.get(subject) ?? 0) + units;
    if (would <= max) {
      held.set(subject, would);
      return [];
    }
    const sentence = `B${number}: ${subject} would have ${would}; one user can hold ${max}.`;
    return [{ number, title: `More units than one user of ${product} can hold`, sentence }];
  });
}

async function apply(ctx: Ctx, job: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const { id: serviceId, ref, product, maxPerUser } = serviceOf(job.target);
  const { organizationId } = job.target;
  if ((await loadBalance(ctx.db, serviceId)).suspended) {
    const reason = isSuspended(product, ref);
    return { results: rows.map(({ number }) => ({ number, status: 'failed', reason })), used: new Map() };
  }
  const wanted = addUp(rows.map(({ subject, units }) => ({ user: subject, units })));
  const outcome = await giveToAll(ctx.db, { serviceId, organizationId, maxPerUser, job: job.id }, wanted);
  if (outcome === 'too few units')
    throw new Error(`Service ${serviceId} has fewer units reserved than its job needs.`);
  const refused = new Set(outcome.refused);
  const results = rows.flatMap(({ number, subject }): RowResult[] => {
    if (!refused.has(subject)) return [];
    const reason = `One user can hold ${maxPerUser} of ${product}; ${subject} would have more.`;
    return [{ number, status: 'failed', reason }];
  });
  return { results, used: new Map([[serviceId, rows.reduce((sum, { units }) => sum + units, 0)]]) };
}

/** Only from who has just what the job left; users that it made and who hold nothing else go. */
async function takeBackRows(ctx: Ctx, of: JobInHand, rows: readonly DoneRow[]): Promise<RowResult[]> {
  const { id, ref } = serviceOf(of.target);
  await lockServices(ctx.db, [id]);
  const taking = rows.map(({ subject, units }) => ({ user: subject, units }));
  const back = await takeBack(ctx.db, id, taking, { since: of.id });
  await removeIdleUsers(ctx.db, of.target.organizationId, [...back], { madeBy: of.id, blank: true });
  const left = rows.filter(({ subject }) => !back.has(subject));
  const held = await loadHeld(
    ctx.db,
    id,
    left.map(({ subject }) => subject),
  );
  return left.map(({ number, subject }) => {
    const reason = `What ${subject} has of ${ref} has changed since: ${held.get(subject) ?? 0} now.`;
    return { number, status: 'failed', reason };
  });
}
