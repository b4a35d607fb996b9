/** A job the usual way: exceljs reads the sheet, every row is a transaction under a lock, exceljs writes the report. */
import type { Transaction } from '@electric-sql/pglite';
import ExcelJS from 'exceljs';
import pg from 'pg';
import type { Opened } from '../../src/db/index.ts';
import { answer } from './answer.ts';
import type { Home } from './bot.ts';
import { openStore, type Place, serviceForRows } from './store.ts';

type Row = { readonly email: string; readonly units: number };
type Found = { readonly id: number; readonly free: number };
type Query = (name: keyof typeof STATEMENTS, values: unknown[]) => Promise<readonly Partial<Found>[]>;
type InTransaction = (work: (query: Query) => Promise<string>) => Promise<string>;

const STATEMENTS = {
  lock: 'select units - associated - reserved as free from services where id = $1 for update',
  user: `insert into users (organization_id, email) values ($1, $2)
    on conflict (organization_id, email) do update set email = excluded.email returning id`,
  give: `insert into associations (service_id, user_id, units) values ($1, $2, $3)
    on conflict (service_id, user_id) do update set units = associations.units + excluded.units`,
  take: 'update services set associated = associated + $2 where id = $1',
};

let opened: Opened | undefined;

const answers = {
  async start(home: Home): Promise<void> {
    opened = await openStore(home);
  },
  async run(sheet: Uint8Array): Promise<number> {
    if (opened === undefined) throw new Error('The database was not opened.');
    const place = await serviceForRows(opened);
    const { inTransaction, end } = await connect(opened);
    const began = performance.now();
    const rows = await read(sheet);
    const statuses: string[] = [];
    for (const row of rows) statuses.push(await inTransaction((query) => associate(query, place, row)));
    await report(rows, statuses);
    const ms = performance.now() - began;
    await end();
    return ms;
  },
};
export type UsualTalk = typeof answers;
answer(answers, async () => opened?.close());

async function read(bytes: Uint8Array): Promise<Row[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer as ArrayBuffer);
  const rows: Row[] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    rows.push({
      email: row.getCell(1).text.trim().toLowerCase(),
      units: Number(row.getCell(2).value),
    });
  });
  return rows;
}

async function associate(query: Query, { service, organization }: Place, row: Row): Promise<string> {
  if (!/^\S+@\S+$/.test(row.email) || !(row.units > 0)) return 'Not valid';
  const [balance] = await query('lock', [service]);
  if (Number(balance?.free) < row.units) return 'Too few units';
  const [user] = await query('user', [organization, row.email]);
  await query('give', [service, user?.id, row.units]);
  await query('take', [service, row.units]);
  return 'Done';
}

async function report(rows: readonly Row[], statuses: readonly string[]): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Result');
  sheet.addRow(['User name', 'Units', 'Status', 'Reason']);
  rows.forEach(({ email, units }, at) => {
    sheet.addRow([email, units, statuses[at], '']);
  });
  await workbook.xlsx.writeBuffer();
}

async function connect(store: Opened): Promise<{ inTransaction: InTransaction; end(): Promise<void> }> {
  if (store.engine === 'pglite') {
    const { pglite } = store;
    const queryIn = (trx: Transaction): Query => {
      return async (name, values) => (await trx.query<Found>(STATEMENTS[name], values)).rows;
    };
    return {
      inTransaction: (work) => pglite.transaction((trx) => work(queryIn(trx))),
      end: async () => undefined,
    };
  }
  const client = new pg.Client({ connectionString: store.url });
  await client.connect();
  // With a name, the server keeps the statement prepared.
  const query: Query = async (name, values) =>
    (await client.query<Found>({ name, text: STATEMENTS[name], values })).rows;
  return {
    async inTransaction(work) {
      await client.query('begin');
      const result = await work(query);
      await client.query('commit');
      return result;
    },
    end: () => client.end(),
  };
}
