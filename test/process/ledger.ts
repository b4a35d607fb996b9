/** What must be true of bulk jobs when all is over, however they came to their end. */
import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { type Db, openEmbedded, openPostgres } from '../../src/db/index.ts';
import { assertSums, type Cells } from '../features/bulk/support.ts';
import type { Home } from '../support/database.ts';

/** A job, the service it was for, and what its sheet held. */
export type Ran = { readonly job: number; readonly service: string; readonly rows: readonly Cells[] };
export type Count = Readonly<Record<string, number>>;

/** Opens the database of a bot that is not running. */
export async function inDatabase<T>(home: Home, look: (db: Db) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl } = home;
  const { db, close } =
    databaseUrl === undefined ? await openEmbedded(dataDir) : await openPostgres(databaseUrl);
  try {
    return await look(db);
  } finally {
    await close();
  }
}

/**
 * Each row was carried out once or reported once: the result workbook names all of them, and the users of the services
 * have what its rows say and what `others` got them, not a unit more. Gives how each job's rows ended.
 */
export async function assertAccounted(
  home: Home,
  jobs: readonly Ran[],
  others: readonly (readonly [service: string, user: string, units: number])[] = [],
): Promise<Count[]> {
  return inDatabase(home, async (db) => {
    await assertSums(db);
    const kept = await db.selectFrom('services').select('id').where('reserved', '<>', 0).execute();
    assert.deepEqual(kept, [], 'nothing is reserved any more');

    const due = new Map(others.map(([service, user, units]) => [`${service} ${user}`, units]));
    const counts: Count[] = [];
    for (const ran of jobs) counts.push(await assertEnded(db, ran, due));
    const services = new Set(jobs.map(({ service }) => service));
    const held = (await associations(db)).filter(({ service }) => services.has(service));
    const expected = [...due].filter(([key]) => services.has(key.split(' ')[0] ?? ''));
    assert.deepEqual(
      new Map(held.map(({ service, user, units }) => [`${service} ${user}`, units])),
      new Map(expected),
    );
    return counts;
  });
}

/** Adds what the rows of one job gave to what is due. */
async function assertEnded(db: Db, { job, service, rows }: Ran, due: Map<string, number>): Promise<Count> {
  const { result_file, finished_at, done, failed } = await db
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', job)
    .executeTakeFirstOrThrow();
  assert.ok(result_file !== null && finished_at !== null, `Job ${job} has not ended.`);
  const told = await linesOf(db, result_file);
  assert.deepEqual(
    told.map(({ cells }) => cells),
    rows.map((cells) => cells.map(String)),
    `each row of job ${job} is told of once`,
  );
  for (const { cells, status } of told) {
    if (status !== 'Done') continue;
    const key = `${service} ${cells[0]?.toLowerCase()}`;
    due.set(key, (due.get(key) ?? 0) + Number(cells[1]));
  }
  const of = (status: string) => told.filter((line) => line.status === status).length;
  assert.deepEqual([done, failed], [of('Done'), of('Failed')], `the counts of job ${job}`);
  await assertToldOnce(db, job);
  return { Done: of('Done'), Failed: of('Failed'), Skipped: of('Skipped'), 'Not valid': of('Not valid') };
}

async function assertToldOnce(db: Db, job: number): Promise<void> {
  const { rows: cards } = await sql<{ conversation: string }>`
    select conversation from transcript where entry->>'text' like ${`Job ${job} (Contoso): %`}`.execute(db);
  assert.equal(cards.length, 1, `job ${job} was told of ${cards.length} times`);
  const { rows: notices } = await sql<{ state: string }>`
    select state from deliveries where key like ${`job:${job} %`}`.execute(db);
  assert.deepEqual(notices, [{ state: 'sent' }]);
  const { rows: history } = await sql`select id from history where after->>'job' = ${String(job)}`.execute(
    db,
  );
  assert.equal(history.length, 1, `job ${job} is in the history ${history.length} times`);
}

/** The rows of a result workbook, without the header. */
async function linesOf(db: Db, id: string): Promise<{ cells: string[]; status: string | undefined }[]> {
  const { bytes } = await db
    .selectFrom('files')
    .select('bytes')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const lines: { cells: string[]; status: string | undefined }[] = [];
  book.getWorksheet('Result')?.eachRow((row, number) => {
    const [user = '', units = '', status] = [1, 2, 3].map((column) => row.getCell(column).text);
    if (number > 1) lines.push({ cells: [user, units], status });
  });
  return lines;
}

async function associations(db: Db) {
  const { rows } = await sql<{ service: string; user: string; units: number }>`
    select o.number || '/' || s.position as service, u.email as user, a.units
    from associations a
    join users u on u.id = a.user_id
    join services s on s.id = a.service_id
    join orders o on o.id = s.order_id`.execute(db);
  return rows;
}
