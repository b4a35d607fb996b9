import type { Ctx } from '../../bot/index.ts';
import type {
  BulkKind,
  Checked,
  RowProblem,
  RowResult,
  ServiceOfJob,
  SheetRow,
  ValidRow,
} from '../bulk/kind.ts';
import type { FoundService } from '../orders/find.ts';
import { addUp, notAnEmail, notUnits, parseUnits, parseUser } from './rules.ts';
import { countKnownUsers, ensureUsers, giveUnits, loadHeld, lockServices } from './store.ts';

/** The associate sheet: user name, units; no header row. */
export const associateSheet: BulkKind = {
  name: 'associate',
  title: ({ ref, product }) => `Associate users with ${ref} · ${product}`,
  columns: [
    { column: 'A', name: 'User name', holds: 'The e-mail address of the user' },
    { column: 'B', name: 'Units', holds: 'A whole number greater than zero' },
  ],
  check,
  assess,
  apply,
};

const NOT_EMAIL = 'User name is not an e-mail address';
const NOT_UNITS = 'Units are not a whole number greater than zero';

function check(rows: readonly SheetRow[]): Checked {
  const [first, ...rest] = rows;
  const header = first !== undefined && isHeader(first) ? first : undefined;
  const valid: ValidRow[] = [];
  const problems: RowProblem[] = [];
  for (const row of header === undefined ? rows : rest) {
    const problem = problemOf(row);
    const user = parseUser(row.cells[0] ?? '');
    const units = parseUnits(row.cells[1] ?? '');
    if (problem !== undefined) problems.push({ number: row.number, ...problem });
    else if (user !== undefined && units !== undefined)
      valid.push({ number: row.number, subject: user, units });
  }
  return { valid, problems, ...(header && { header }) };
}

/** Words where an address and a number belong. */
function isHeader({ cells }: SheetRow): boolean {
  const [name = '', units = ''] = cells;
  return name !== '' && !/[@.\d]/.test(name) && !/\d/.test(units);
}

function problemOf({ number, cells }: SheetRow): Omit<RowProblem, 'number'> | undefined {
  const [user = '', units = ''] = cells;
  if (user === '')
    return { title: 'User name is missing', sentence: `A${number}: the user name is missing.` };
  if (parseUser(user) === undefined) return { title: NOT_EMAIL, sentence: `A${number}: ${notAnEmail(user)}` };
  if (units === '') return { title: 'Units are missing', sentence: `B${number}: the units are missing.` };
  if (parseUnits(units) === undefined)
    return { title: NOT_UNITS, sentence: `B${number}: ${notUnits(units)}` };
  return undefined;
}

async function assess(ctx: Ctx, service: FoundService, valid: readonly ValidRow[]) {
  const problems = await overfull(ctx, service, usersOf(valid), valid);
  const leftOut = new Set(problems.map(({ number }) => number));
  const users = usersOf(valid.filter(({ number }) => !leftOut.has(number)));
  const known = await countKnownUsers(ctx.db, service.organization_id, users);
  return { newUsers: users.length - known, problems };
}

const usersOf = (rows: readonly ValidRow[]) => [...new Set(rows.map(({ subject }) => subject))];

/** Rows with which a user would hold more than one user may. */
async function overfull(
  ctx: Ctx,
  service: FoundService,
  users: readonly string[],
  valid: readonly ValidRow[],
): Promise<RowProblem[]> {
  const max = service.max_units_per_user;
  if (max === null) return [];
  const held = await loadHeld(ctx.db, service.id, users);
  return valid.flatMap(({ number, subject, units }) => {
    const would = (held.get(subject) ?? 0) + units;
    if (would <= max) {
      held.set(subject, would);
      return [];
    }
    const sentence = `B${number}: ${subject} would have ${would}; one user can hold ${max}.`;
    return [{ number, title: `More units than one user of ${service.product} can hold`, sentence }];
  });
}

async function apply(ctx: Ctx, service: ServiceOfJob, rows: readonly ValidRow[]): Promise<RowResult[]> {
  await lockServices(ctx.db, [service.id]);
  const wanted = addUp(rows.map(({ subject, units }) => ({ user: subject, units })));
  await ensureUsers(
    ctx.db,
    service.organizationId,
    wanted.map(({ user }) => user),
  );
  const outcome = await giveUnits(
    ctx.db,
    {
      serviceId: service.id,
      organizationId: service.organizationId,
      maxPerUser: service.maxPerUser,
      from: 'reserved',
    },
    wanted,
  );
  if (outcome === 'too few units')
    throw new Error(`Service ${service.id} has fewer units reserved than its job needs.`);
  const refused = new Set(outcome.refused);
  return rows.map(({ number, subject }) =>
    refused.has(subject)
      ? {
          number,
          status: 'failed',
          reason: `One user can hold ${service.maxPerUser} of ${service.product}; ${subject} would have more.`,
        }
      : { number, status: 'done', reason: '' },
  );
}
