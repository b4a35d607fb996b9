import type { Db } from '../../db/index.ts';
import { type CellOut, columnName, type RowOut, type Tone, writeWorkbook } from '../../sheets/index.ts';
import { loadChunks } from './rows/store.ts';
import { isToRetry, isValid, type Outcome, outcomesOf, type Preview } from './rules.ts';
import type { JobRecord } from './store.ts';

const STATUS = {
  done: { text: 'Done', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  skipped: { text: 'Skipped', tone: 'neutral' },
  rejected: { text: 'Not valid', tone: 'bad' },
  'left out': { text: 'Skipped', tone: 'neutral' },
} as const satisfies Record<Outcome['status'], { text: string; tone: Tone }>;
const WARNED = { text: 'Done, with a remark', tone: 'good' } as const;

/** The sheet as it came in, with what became of each row, and a summary. */
export function resultWorkbook(db: Db, job: JobRecord): Promise<Uint8Array> {
  const { header, width: columnsOfSheet } = job.preview as Preview;
  const width = Math.max(2, columnsOfSheet);
  const columns = Array.from({ length: width }, (_, index) => ({
    header: header?.cells[index] || (job.undo_of ? undone(job)[index] : undefined) || columnName(index + 1),
  }));
  return writeWorkbook([
    {
      name: 'Result',
      columns: [...columns, { header: 'Status', width: 20 }, { header: 'Reason', width: 60 }],
      rows: resultRows(db, job, width),
    },
    { name: 'Summary', columns: [{ width: 24 }, { width: 48 }], rows: summary(job) },
  ]);
}

/** The columns of a job that takes another one back. */
const undone = ({ organization_kind }: JobRecord) =>
  organization_kind === 'provider' ? ['Name', 'Rows'] : ['User name', 'Units'];

/** Only the rows that were not carried out, as they came in: to be mended and sent again. */
export function retrySheet(db: Db, job: JobRecord): Promise<Uint8Array> {
  const { header } = job.preview as Preview;
  const columns = header?.cells.map((title) => ({ header: title })) ?? [{ width: 36 }, { width: 12 }];
  return writeWorkbook([{ name: 'Retry', columns, rows: retryRows(db, job) }]);
}

/** Every row of which there is something to say, with the sentence. */
export function problemsWorkbook(db: Db, job: JobRecord): Promise<Uint8Array> {
  const { width } = job.preview as Preview;
  const cells = Array.from({ length: width }, (_, index) => ({ header: columnName(index + 1) }));
  const columns = [{ header: 'Row' }, { header: 'What' }, { header: 'Why', width: 60 }, ...cells];
  return writeWorkbook([{ name: 'Problems', columns, rows: problemRows(db, job) }]);
}

/** Every row with what became of it, in the order of the sheet, a batch at a time. */
export async function* outcomes(db: Db, job: JobRecord): AsyncGenerator<Outcome> {
  const { early = 0 } = job.preview as Partial<Preview>;
  if (early === 0) return yield* outcomesFrom(db, job, 0, Number.POSITIVE_INFINITY);
  const first = outcomesFrom(db, job, 0, early);
  const then = outcomesFrom(db, job, early, Number.POSITIVE_INFINITY);
  let [one, other] = [await first.next(), await then.next()];
  while (!one.done || !other.done) {
    if (other.done || (!one.done && one.value.row.number < other.value.row.number)) {
      yield one.value as Outcome;
      one = await first.next();
    } else {
      yield other.value;
      other = await then.next();
    }
  }
}

async function* outcomesFrom(db: Db, job: JobRecord, from: number, to: number): AsyncGenerator<Outcome> {
  for (let at = from; at < to; at++) {
    const [chunk] = await loadChunks(db, job.id, at, 1);
    if (chunk === undefined) return;
    yield* outcomesOf(chunk.rows, chunk.results);
  }
}

async function* resultRows(db: Db, job: JobRecord, width: number): AsyncGenerator<RowOut> {
  for await (const { row, status, reason } of outcomes(db, job)) {
    const cells: CellOut[] = Array.from({ length: width }, (_, index) => row.cells[index] ?? '');
    const told = status === 'done' && reason !== '' ? WARNED : STATUS[status];
    yield [...cells, told, status === 'left out' ? leftOut(job) : reason];
  }
}

const leftOut = ({ state }: JobRecord) =>
  state === 'broken' ? 'The job broke off before this row.' : 'The job was cancelled before this row.';

async function* retryRows(db: Db, job: JobRecord): AsyncGenerator<RowOut> {
  for await (const outcome of outcomes(db, job)) if (isToRetry(outcome)) yield [...outcome.row.cells];
}

/** How many rows can be tried again. */
export async function countToRetry(db: Db, job: JobRecord): Promise<number> {
  let count = 0;
  if (job.done === job.rows) return count;
  for await (const outcome of outcomes(db, job)) if (isToRetry(outcome)) count += 1;
  return count;
}

async function* problemRows(db: Db, job: JobRecord): AsyncGenerator<RowOut> {
  for await (const { row } of outcomes(db, job)) {
    if (row.problem !== undefined) yield [row.number, STATUS.rejected, row.problem, ...row.cells];
    else if (row.warning !== undefined) yield [row.number, REMARK, row.warning, ...row.cells];
  }
}
const REMARK = { text: 'Look at it', tone: 'neutral' } as const;

function summary(job: JobRecord): RowOut[] {
  const service =
    job.service_id === null ? [] : [['Service', `${job.number}/${job.position} ${job.product}`]];
  return [
    ['Job', job.id],
    ...(job.undo_of === null ? [] : [['Takes back job', job.undo_of]]),
    [job.organization_kind === 'provider' ? 'Provider' : 'Customer', job.customer],
    ...service,
    ['File', job.file_name],
    ['Asked by', job.actor_name],
    ['Rows', job.rows],
    ['Done', job.done],
    ['Failed', job.failed],
    ['Not valid', job.rows - job.valid],
    ['Skipped', job.valid - job.done - job.failed],
  ];
}

export type Failure = { readonly row: number; readonly subject: string; readonly reason: string };

/** The first rows that could not be carried out. */
export async function firstFailures(db: Db, job: JobRecord, most: number): Promise<Failure[]> {
  const found: Failure[] = [];
  const all = Math.min(most, job.failed + job.rows - job.valid);
  if (all === 0) return found;
  for await (const { row, status, reason } of outcomes(db, job)) {
    if (status === 'failed' || status === 'rejected') {
      const subject = isValid(row) ? row.subject : (row.cells.find((cell) => cell !== '') ?? '');
      found.push({ row: row.number, subject, reason });
    }
    if (found.length === all) break;
  }
  return found;
}

/** All of them at once: for what has to look at a job as a whole. */
export async function allOutcomes(db: Db, job: JobRecord): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of outcomes(db, job)) all.push(outcome);
  return all;
}
