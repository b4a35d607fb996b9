import type { Assessed, Checked, RowProblem, SheetRow, ValidRow } from './kind.ts';

/** One row as the job keeps it: as it came in, and what is to be done with it. */
export type PlannedRow = {
  readonly number: number;
  readonly cells: readonly string[];
  /** For whom and how much; nothing where the row can't be carried out. */
  readonly subject?: string;
  readonly units?: number;
  readonly problem?: string;
};

export type Plan = {
  readonly rows: readonly PlannedRow[];
  readonly header: SheetRow | undefined;
  /** How many columns the sheet has. */
  readonly width: number;
  readonly valid: number;
  readonly units: number;
  readonly duplicates: number;
  readonly newUsers: number;
  readonly problems: readonly {
    readonly problem: string;
    readonly rows: number;
    readonly first: readonly string[];
  }[];
};

const FIRST_CELLS = 5;

/** Puts together what the sheet says and what its rows meet. */
export function plan(rows: readonly SheetRow[], checked: Checked, assessed: Assessed): Plan {
  const problems = [...checked.problems, ...assessed.problems].sort((a, b) => a.number - b.number);
  const sentences = new Map(problems.map(({ number, sentence }) => [number, sentence]));
  const valid = checked.valid.filter(({ number }) => !sentences.has(number));
  const byNumber = new Map(valid.map((row) => [row.number, row]));
  return {
    rows: rows.filter((row) => row !== checked.header).map((row) => planned(row, byNumber, sentences)),
    header: checked.header,
    width: rows.reduce((most, { cells }) => Math.max(most, cells.length), 0),
    valid: valid.length,
    units: valid.reduce((sum, { units }) => sum + units, 0),
    duplicates: valid.length - new Set(valid.map(({ subject }) => subject)).size,
    newUsers: assessed.newUsers,
    problems: grouped(problems),
  };
}

function planned(
  { number, cells }: SheetRow,
  valid: ReadonlyMap<number, ValidRow>,
  sentences: ReadonlyMap<number, string>,
): PlannedRow {
  const row = valid.get(number);
  if (row !== undefined) return { number, cells, subject: row.subject, units: row.units };
  return { number, cells, problem: sentences.get(number) ?? 'This row can’t be read.' };
}

function grouped(problems: readonly RowProblem[]) {
  return [...Map.groupBy(problems, ({ title }) => title)]
    .map(([problem, of]) => ({
      problem,
      rows: of.length,
      first: of.slice(0, FIRST_CELLS).map(({ sentence }) => sentence),
    }))
    .sort((a, b) => b.rows - a.rows);
}

export function chunksOf<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

export const isValid = (row: PlannedRow): row is PlannedRow & { subject: string; units: number } =>
  row.subject !== undefined;

export type RunDecision = { readonly kind: 'run' } | { readonly kind: 'refused'; readonly reason: string };

/** A plan is carried out once, by who may, as long as it stands. */
export function decideRun(job: {
  readonly state: string;
  readonly id: number;
  readonly valid: number;
}): RunDecision {
  if (job.state === 'discarded')
    return refused(`Job ${job.id} was cancelled before. Send the file again to run it.`);
  if (job.state !== 'preview') return refused(`Job ${job.id} was run before.`);
  if (job.valid === 0) return refused('No row of the sheet can be carried out.');
  return { kind: 'run' };
}

const refused = (reason: string): RunDecision => ({ kind: 'refused', reason });
