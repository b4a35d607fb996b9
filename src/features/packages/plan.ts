import { setImmediate as turn } from 'node:timers/promises';
import type { Ctx } from '../../bot/index.ts';
import type { RowRemark, SheetPlan, SheetRefused, SheetRow, Target, ValidRow } from '../bulk/kind.ts';
import { plain } from './cells.ts';
import { type Columns, readHeader, untitled } from './header.ts';
import { keptRemark, refusalRemark, siteRemark } from './remarks.ts';
import { type Effects, emptySheet, leftOutColumns, noRows, tooManyRows, whatHappens } from './replies.ts';
import { type ParsedRow, parseRows } from './row.ts';
import { type Decision, decide, keptOf } from './rules.ts';
import { loadBasis, loadUsers } from './store.ts';
import { counted, needsOf } from './supply.ts';
import type { UserState, Wish } from './types.ts';
import { type Known, loadWorld } from './world.ts';

export const NAME = 'packages';
/** As many as the Control Hub of Webex takes in one file. */
export const MOST_ROWS = 20_000;
const AT_ONCE = 1000;

export const basisOf = (ctx: Ctx, { organizationId }: Target): Promise<string> =>
  loadBasis(ctx.db, organizationId, NAME);

/** What the sheet would do, row by row, as things are now. */
export async function planSheet(
  ctx: Ctx,
  target: Target,
  rows: readonly SheetRow[],
  option: string | undefined,
): Promise<SheetPlan | SheetRefused> {
  const [header, ...body] = rows.filter(({ cells }) => cells.some((cell) => plain(cell) !== ''));
  if (header === undefined) return refused(emptySheet);
  const basis = await basisOf(ctx, target);
  const world = await loadWorld(ctx, target, option);
  const columns = readHeader(header, [...world.packages.values()]);
  if (columns.kind === 'refused') return columns;
  if (body.length === 0) return refused(noRows);
  if (body.length > MOST_ROWS) return refused(tooManyRows(body.length, MOST_ROWS));
  const parsed = parseRows(body, columns, world.mode);
  const emails = parsed.flatMap(({ email, problems }) =>
    email === undefined || problems.length > 0 ? [] : [email],
  );
  const users = await loadAll(ctx, target, emails);
  const decided = parsed.map((row) => decideRow(row, users, world));
  const leftOut = [...columns.leftOut, ...untitled(header, body)];
  return {
    kind: 'plan',
    ...summed(decided, columns, world, target),
    header,
    notes: [whatHappens(effectsOf(decided)), ...(leftOut.length === 0 ? [] : [leftOutColumns(leftOut)])],
    basis,
  };
}

/** The embedded database answers without letting go of the event loop: others come in between. */
async function loadAll({ db }: Ctx, { organizationId }: Target, emails: readonly string[]) {
  const users = new Map<string, UserState>();
  for (let from = 0; from < emails.length; from += AT_ONCE) {
    const some = await loadUsers(db, organizationId, emails.slice(from, from + AT_ONCE));
    for (const [email, user] of some) users.set(email, user);
    await turn();
  }
  return users;
}

const refused = (sentence: string): SheetRefused => ({ kind: 'refused', sentence });

/** A row, and what is to be done; nothing where the row itself can't be understood. */
type Decided = {
  readonly row: ParsedRow;
  readonly user: UserState | undefined;
  readonly decision: Decision | undefined;
};

function decideRow(row: ParsedRow, users: ReadonlyMap<string, UserState>, world: Known): Decided {
  const user = users.get(row.email ?? '');
  const readable = row.email !== undefined && row.problems.length === 0;
  return { row, user, decision: readable ? decide(user, row.wish, world) : undefined };
}

function summed(decided: readonly Decided[], columns: Columns, world: Known, target: Target) {
  const wanted = counted(decided.flatMap(({ decision }) => givenBy(decision) ?? []));
  const back = new Map<number, number>();
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  const warnings: RowRemark[] = [];
  const newUsers: string[] = [];
  for (const { row, user, decision } of decided) {
    problems.push(...row.problems);
    if (decision === undefined || row.email === undefined) continue;
    if (decision.kind === 'refused') {
      const remark = refusalRemark(row.number, row.email, columns, world.mode, target.customer);
      problems.push(...decision.refusals.map(remark));
      continue;
    }
    const planned = validRow(row, row.email, decision, wanted);
    valid.push(planned);
    warnings.push(...row.warnings, ...warningsOf(row, user, decision, columns));
    if (decision.kind === 'change' && user === undefined) newUsers.push(row.email);
    if (decision.kind === 'change' && planned.early) {
      for (const { service, units } of decision.take) back.set(service, (back.get(service) ?? 0) + units);
    }
  }
  return { valid, problems, warnings, newUsers, needs: needsOf(world.services, wanted, back) };
}

/** How many users each thing happens to. */
function effectsOf(decided: readonly Decided[]): Effects {
  const counts = { gets: 0, changes: 0, loses: 0, leaves: 0, licences: 0, nothing: 0 };
  for (const { decision } of decided) {
    if (decision?.kind === 'nothing') counts.nothing += 1;
    if (decision?.kind !== 'change') continue;
    const { give, take, leaves } = decision;
    if (leaves) counts.leaves += 1;
    else if (give !== undefined) counts[take.length > 0 ? 'changes' : 'gets'] += 1;
    else counts[take.length > 0 ? 'loses' : 'licences'] += 1;
  }
  return counts;
}

function givenBy(decision: Decision | undefined): number | undefined {
  return decision?.kind === 'change' ? decision.give?.id : undefined;
}

function validRow(
  { number, wish }: ParsedRow,
  subject: string,
  decision: Decision,
  wanted: ReadonlyMap<number, number>,
): ValidRow {
  const give = givenBy(decision);
  const take = decision.kind === 'change' ? decision.take : [];
  const hold = give === undefined && take.some(({ product }) => wanted.has(product));
  const data: Wish = hold ? { ...wish, hold } : wish;
  const early = give === undefined && take.length > 0;
  const effect = JSON.stringify(decision.kind === 'change' ? { ...decision, details: null } : decision.kind);
  return { number, subject, units: give === undefined ? 0 : 1, data, effect, ...(early && { early }) };
}

function warningsOf(
  { number, email = '', wish }: ParsedRow,
  user: UserState | undefined,
  decision: Decision,
  columns: Columns,
): RowRemark[] {
  const give = decision.kind === 'change' ? decision.give : undefined;
  const siteless =
    decision.kind === 'change' && give?.meetings && decision.details.preferred_site === undefined;
  const kept = keptOf(user, wish);
  return [
    ...(siteless ? [siteRemark(number, columns, give.name)] : []),
    ...(kept === undefined ? [] : [keptRemark(number, email, columns, kept.name)]),
  ];
}
