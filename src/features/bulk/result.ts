import type { Db } from '../../db/index.ts';
import { type CellOut, columnName, type RowOut, type Tone, writeWorkbook } from '../../sheets/index.ts';
import type { RowResult } from './kind.ts';
import { isValid, type PlannedRow } from './rules.ts';
import { type JobRecord, loadChunks, type Preview } from './store.ts';

const STATUS = {
  done: { text: 'Done', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  skipped: { text: 'Skipped', tone: 'neutral' },
  rejected: { text: 'Not valid', tone: 'bad' },
} as const satisfies Record<string, { text: string; tone: Tone }>;

/** The sheet as it came in, with what became of each row, and a summary. */
export function resultWorkbook(db: Db, job: JobRecord): Promise<Uint8Array> {
  const { header, width: columnsOfSheet } = job.preview as Preview;
  const width = Math.max(2, columnsOfSheet);
  const columns = Array.from({ length: width }, (_, index) => ({
    header: header?.[index] || columnName(index + 1),
  }));
  return writeWorkbook([
    {
      name: 'Result',
      columns: [...columns, { header: 'Status', width: 12 }, { header: 'Reason', width: 60 }],
      rows: resultRows(db, job, width),
    },
    { name: 'Summary', columns: [{ width: 24 }, { width: 48 }], rows: summary(job) },
  ]);
}

/** Only the rows that were not carried out, as they came in: to be mended and sent again. */
export function retrySheet(db: Db, job: JobRecord): Promise<Uint8Array> {
  return writeWorkbook([
    { name: 'Retry', columns: [{ width: 36 }, { width: 12 }], rows: retryRows(db, job) },
  ]);
}

type Outcome = { readonly row: PlannedRow; readonly status: keyof typeof STATUS; readonly reason: string };

/** Every row with what became of it, a batch at a time. */
async function* outcomes(db: Db, job: JobRecord): AsyncGenerator<Outcome> {
  for (let from = 0; ; from++) {
    const [chunk] = await loadChunks(db, job.id, from, 1);
    if (chunk === undefined) return;
    const results = new Map((chunk.results ?? []).map((result) => [result.number, result]));
    for (const row of chunk.rows) yield outcomeOf(job, row, results.get(row.number));
  }
}

function outcomeOf(job: JobRecord, row: PlannedRow, result: RowResult | undefined): Outcome {
  if (!isValid(row)) return { row, status: 'rejected', reason: row.problem ?? '' };
  if (result !== undefined) return { row, status: result.status, reason: result.reason };
  const reason =
    job.state === 'broken' ? 'The job broke off before this row.' : 'The job was cancelled before this row.';
  return { row, status: 'skipped', reason };
}

async function* resultRows(db: Db, job: JobRecord, width: number): AsyncGenerator<RowOut> {
  for await (const { row, status, reason } of outcomes(db, job)) {
    const cells: CellOut[] = Array.from({ length: width }, (_, index) => row.cells[index] ?? '');
    yield [...cells, STATUS[status], reason];
  }
}

async function* retryRows(db: Db, job: JobRecord): AsyncGenerator<RowOut> {
  for await (const { row, status } of outcomes(db, job)) {
    if (status !== 'done') yield [...row.cells];
  }
}

function summary(job: JobRecord): RowOut[] {
  return [
    ['Job', job.id],
    ['Customer', job.customer],
    ['Service', `${job.number}/${job.position} ${job.product}`],
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
  if (job.done === job.rows) return found;
  for await (const { row, status, reason } of outcomes(db, job)) {
    if (status === 'failed' || status === 'rejected') {
      found.push({ row: row.number, subject: row.subject ?? row.cells[0] ?? '', reason });
    }
    if (found.length >= most) break;
  }
  return found;
}
