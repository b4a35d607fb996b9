import { createHash } from 'node:crypto';
import { count } from '../../../cards/format.ts';
import { chunksOf } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import type { DoneRow, Need, RowRemark, RowResult, SheetPlan, SheetRow, ValidRow } from './kind.ts';

/** One row as the job keeps it: as it came in, and what is to be done with it. */
export type PlannedRow = {
  readonly number: number;
  readonly cells: readonly string[];
  /** For whom and how much; nothing where the row can't be carried out. */
  readonly subject?: string;
  readonly units?: number;
  readonly data?: Json;
  readonly problem?: string;
  readonly warning?: string;
};

/** What the preview said, for as long as the job lives. */
export type Preview = {
  readonly says: SheetSays;
  readonly header?: SheetRow | undefined;
  /** What the kind has to say about the sheet as a whole. */
  readonly notes: readonly string[];
  /** How many columns the sheet has. */
  readonly width: number;
  readonly needs: readonly Need[];
  /** Every valid row says what is here already. */
  readonly unchanged?: true;
  readonly duplicates: Duplicates;
  readonly newUsers: { readonly count: number; readonly first: readonly string[] };
  readonly problems: readonly Remarks[];
  readonly warnings: readonly Remarks[];
  readonly basis: string;
  /** The job of which the preview says that it ran with the same file. */
  readonly earlier?: number;
  /** How many batches go first, whatever the order of their rows in the sheet. */
  readonly early: number;
};
export type Duplicates = {
  readonly rows: number;
  readonly first: readonly { readonly user: string; readonly units: number; readonly rows: number }[];
};
export type Remarks = { readonly problem: string; readonly rows: number; readonly first: readonly string[] };

export type Plan = {
  readonly batches: readonly (readonly PlannedRow[])[];
  readonly rows: number;
  readonly valid: number;
  readonly preview: Preview;
  /** Equal for plans that would do the same. */
  readonly digest: string;
};

const FIRST_CELLS = 5;
const FIRST_USERS = 5;

/** What a file says besides its rows: the name of the sheet, where there are several, and what was left out. */
export type SheetSays = { readonly sheet?: string | undefined; readonly notes: readonly string[] };

/** Puts together what the sheet holds and what the kind makes of it. */
export function planOf(
  rows: readonly SheetRow[],
  made: SheetPlan,
  says: SheetSays,
  batchRows: number,
  repeats: 'are added up' | 'belong together' = 'are added up',
): Plan {
  const planned = plannedRows(rows, made);
  const earlyNumbers = new Set(made.valid.filter(({ early }) => early).map(({ number }) => number));
  const early = chunksOf(
    planned.filter(({ number }) => earlyNumbers.has(number)),
    batchRows,
  );
  const others = earlyNumbers.size > 0 ? planned.filter(({ number }) => !earlyNumbers.has(number)) : planned;
  return {
    batches: [...early, ...chunksOf(others, batchRows)],
    rows: planned.length,
    valid: made.valid.length,
    preview: {
      says: { sheet: says.sheet, notes: says.notes },
      notes: made.notes,
      header: made.header,
      width: rows.reduce((most, { cells }) => Math.max(most, cells.length), 0),
      needs: made.needs,
      ...(made.unchanged && { unchanged: true }),
      duplicates: repeats === 'are added up' ? duplicatesIn(made.valid) : { rows: 0, first: [] },
      newUsers: { count: made.newUsers.length, first: made.newUsers.slice(0, FIRST_USERS) },
      problems: grouped(made.problems),
      warnings: grouped(made.warnings),
      basis: made.basis,
      early: early.length,
    },
    digest: digestOf(planned, made),
  };
}

function plannedRows(rows: readonly SheetRow[], made: SheetPlan): PlannedRow[] {
  const valid = made.valid.toSorted((a, b) => a.number - b.number);
  const problems = sentencesOf(made.problems);
  const warnings = sentencesOf(made.warnings);
  const planned: PlannedRow[] = [];
  let next = 0;
  for (const { number, cells } of rows) {
    if (number === made.header?.number || made.leftOut?.includes(number)) continue;
    const row = valid[next];
    if (row?.number !== number) {
      planned.push({ number, cells, problem: problems.get(number) ?? 'This row can’t be read.' });
      continue;
    }
    next += 1;
    const { subject, units, data } = row;
    const warning = warnings.get(number);
    planned.push({
      number,
      cells,
      subject,
      units,
      ...(data !== undefined && { data }),
      ...(warning !== undefined && { warning }),
    });
  }
  return planned;
}

function sentencesOf(remarks: readonly RowRemark[]): Map<number, string> {
  const sentences = new Map<number, string>();
  for (const { number, sentence } of remarks) {
    const before = sentences.get(number);
    sentences.set(number, before === undefined ? sentence : `${before} ${sentence}`);
  }
  return sentences;
}

function grouped(remarks: readonly RowRemark[]): Remarks[] {
  return [...Map.groupBy(remarks, ({ title }) => title)]
    .map(([problem, of]) => ({
      problem,
      rows: new Set(of.map(({ number }) => number)).size,
      first: of
        .toSorted((a, b) => a.number - b.number)
        .slice(0, FIRST_CELLS)
        .map(({ sentence }) => sentence),
    }))
    .sort((a, b) => b.rows - a.rows);
}

/** Users that several rows name: their units are added up. */
function duplicatesIn(valid: readonly ValidRow[]): Duplicates {
  const sums = new Map<string, { user: string; units: number; rows: number }>();
  for (const { subject, units } of valid) {
    const sum = sums.get(subject);
    if (sum === undefined) sums.set(subject, { user: subject, units, rows: 1 });
    else {
      sum.units += units;
      sum.rows += 1;
    }
  }
  const first: Duplicates['first'][number][] = [];
  if (sums.size < valid.length) {
    for (const sum of sums.values()) if (sum.rows > 1 && first.length < FIRST_USERS) first.push(sum);
  }
  return { rows: valid.length - sums.size, first };
}

function digestOf(rows: readonly PlannedRow[], { needs, valid }: SheetPlan): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(needs.map(({ serviceId, units }) => [serviceId, units])));
  for (const { number, subject, units, data, problem } of rows) {
    hash.update(
      `${number}\t${subject ?? ''}\t${units ?? ''}\t${problem ?? ''}\t${data === undefined ? '' : JSON.stringify(data)}\n`,
    );
  }
  for (const { number, effect, early } of valid) {
    if (effect !== undefined || early) hash.update(`${number}\t${early ?? ''}\t${effect ?? ''}\n`);
  }
  return hash.digest('base64url').slice(0, 22);
}

export type Carried = PlannedRow & { readonly subject: string; readonly units: number };
export const isValid = (row: PlannedRow): row is Carried => row.subject !== undefined;

export type RunDecision = { readonly kind: 'run' } | { readonly kind: 'refused'; readonly reason: string };

/** A plan is carried out once, by who may, as long as it is the one that was shown. */
export function decideRun(
  job: { readonly state: string; readonly id: number; readonly valid: number; readonly digest: string },
  plan: string,
): RunDecision {
  if (job.state === 'discarded')
    return refused(`Job ${job.id} was cancelled, or waited too long. Send the file again to run it.`);
  if (job.state !== 'preview') return refused(`Job ${job.id} was run before.`);
  if (job.digest !== plan)
    return refused(`The plan of job ${job.id} has changed since this card. Look at it again, then run it.`);
  if (job.valid === 0) return refused('No row of the sheet can be carried out.');
  return { kind: 'run' };
}

/** Whether a job can be taken back as a whole. */
export function decideTakeBack(job: {
  readonly id: number;
  readonly finished_at: Date | null;
  readonly undo_of: number | null;
  readonly done: number;
}): RunDecision {
  if (job.undo_of !== null)
    return refused(`Job ${job.id} took back job ${job.undo_of}. Send the sheet again instead.`);
  if (job.finished_at === null) return refused(`Job ${job.id} has not ended yet.`);
  if (job.done === 0) return refused(`Job ${job.id} changed nothing.`);
  return { kind: 'run' };
}

const refused = (reason: string): RunDecision => ({ kind: 'refused', reason });

/** What changed between two plans of the same sheet, in a sentence. */
export function whatChanged(before: { readonly valid: number }, now: { readonly valid: number }): string {
  const fewer = before.valid - now.valid;
  const many = (rows: number) => count(rows, 'row');
  if (fewer > 0) return `${many(fewer)} that could be carried out before can’t any more`;
  if (fewer < 0) return `${many(-fewer)} more can be carried out now`;
  return 'Some rows would do something else now';
}

/** What becomes of the rows of a sheet that is carried out as a whole, where some of them can't be. */
export function noneOf(
  rows: readonly { readonly number: number }[],
  failed: readonly RowResult[],
): RowResult[] {
  const reasons = new Map(failed.map(({ number, reason }) => [number, reason]));
  const first = failed[0]?.number;
  const others = `Row ${first} can’t be carried out, and such a sheet is carried out as a whole.`;
  return rows.map(({ number }) => ({ number, status: 'failed', reason: reasons.get(number) ?? others }));
}

export type Outcome = {
  readonly row: PlannedRow;
  readonly status: RowResult['status'] | 'rejected' | 'left out';
  readonly reason: string;
  readonly data?: Json | undefined;
};

/** Whether a row is one that can be tried again. */
export const isToRetry = ({ status }: Outcome): boolean => status !== 'done' && status !== 'skipped';

/** What became of the rows of a batch. Of a batch that was carried out, rows without a result were done. */
export function outcomesOf(
  rows: readonly PlannedRow[],
  results: readonly RowResult[] | null,
): readonly Outcome[] {
  const byNumber = new Map((results ?? []).map((result) => [result.number, result]));
  return rows.map((row) => {
    if (!isValid(row)) return { row, status: 'rejected', reason: row.problem ?? '' };
    if (results === null) return { row, status: 'left out', reason: '' };
    const result = byNumber.get(row.number);
    const { status = 'done', reason = '' } = result ?? {};
    return { row, status, reason: reason || (row.warning ?? ''), data: result?.data ?? row.data };
  });
}

/** What a job did, all of it for one user in one row. */
export function doneRows(outcomes: Iterable<Outcome>): DoneRow[] {
  const rows = new Map<string, DoneRow>();
  for (const { row, status, data } of outcomes) {
    if (status !== 'done' || !isValid(row)) continue;
    const { number, subject, units } = row;
    const before = rows.get(subject);
    if (before !== undefined) rows.set(subject, { ...before, units: before.units + units });
    else rows.set(subject, { number, subject, units, ...(data !== undefined && { data }) });
  }
  return [...rows.values()];
}
