/** What the tests of bulk jobs share: sheets, a job from preview to completion, and the sums that must hold. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import type { Attachment } from '../../../src/chat/inbound.ts';
import type { OutFile, Reply } from '../../../src/chat/reply.ts';
import type { Db } from '../../../src/db/index.ts';
import { file, type Post, type Speaker, type Talk } from '../../support/talk.ts';

export type Cells = readonly (string | number)[];

export const csv = (rows: readonly Cells[]): string => rows.map((row) => row.join(',')).join('\r\n');

export async function xlsx(rows: readonly Cells[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Users').addRows(rows.map((row) => [...row]));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

export function xls(rows: readonly Cells[]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Users');
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }));
}

export const sheet = (rows: readonly Cells[], name = 'users.csv'): Attachment => file(name, csv(rows));

/** So many users with one unit each. */
export const users = (count: number, from = 1): Cells[] =>
  Array.from({ length: count }, (_, index) => [`user${from + index}@contoso.example`, 1]);

/** The number of the job a reply speaks of. */
export function jobOf(reply: Reply): number {
  const number = /\bJob (\d+)/i.exec(reply.text)?.[1];
  assert.ok(number, `No job in: ${reply.text}`);
  return Number(number);
}

/** Everything that can be read on the card of a reply. */
export function cardText(reply: Reply): string {
  const found: string[] = [];
  JSON.stringify(reply.card, (key, value) => {
    if (['text', 'title', 'value'].includes(key) && typeof value === 'string') found.push(value);
    return value;
  });
  return found.join('\n');
}

export const buttons = (reply: Reply): string[] => reply.card?.actions?.map(({ title }) => title) ?? [];

export const canRun = (reply: Reply): boolean => buttons(reply).some((title) => title.startsWith('Run '));

export function runButton(reply: Reply): string {
  const title = buttons(reply).find((one) => one.startsWith('Run '));
  assert.ok(title, `No button to run: ${reply.text} ${buttons(reply).join(', ')}`);
  return title;
}

/** What the button to run sends. */
export function runData(reply: Reply): Record<string, unknown> {
  const run = reply.card?.actions?.find(({ title }) => title.startsWith('Run '));
  assert.ok(run?.type === 'Action.Execute', `No button to run: ${reply.text}`);
  return { ...run.data };
}

/** The post that tells of the end of a job. */
export const isEndOf =
  (job: number) =>
  ({ key }: Post): boolean =>
    key.startsWith(`job:${job} `);

/** Sends a sheet, runs it, and waits for its end. */
export async function runSheet(
  talk: Talk,
  who: Speaker,
  service: string,
  attachment: Attachment,
): Promise<Post> {
  const preview = await who.say(`bulk ${service}`, [attachment]);
  await who.press(preview, runButton(preview));
  return talk.waitForPost(isEndOf(jobOf(preview)));
}

export type Book = Readonly<Record<string, readonly (readonly string[])[]>>;

/** A workbook the bot made: the cells of its sheets as text; a cell that is a formula fails the test. */
export async function openBook(talk: Talk, made: OutFile | undefined): Promise<Book> {
  assert.ok(made, 'There is no workbook.');
  const kept = await talk.openFile(made.id);
  assert.ok(kept, `${made.name} is not kept.`);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(kept.bytes) as unknown as ArrayBuffer);
  return Object.fromEntries(book.worksheets.map((one) => [one.name, rowsOf(one)]));
}

function rowsOf(worksheet: ExcelJS.Worksheet): string[][] {
  const rows: string[][] = [];
  worksheet.eachRow({ includeEmpty: false }, (row) => {
    const cells = Array.from({ length: row.cellCount }, (_, index) => row.getCell(index + 1));
    for (const cell of cells) assert.equal(cell.formula, undefined, `${cell.address} is a formula`);
    rows.push(cells.map(({ text }) => text));
  });
  return rows;
}

/** What must hold whenever nobody is in the middle of a change. */
export async function assertSums(db: Db): Promise<void> {
  const { rows } = await sql<{ id: number; problem: string }>`
    select s.id, format('%s associated of %s, %s reserved; %s held, %s held back by jobs',
      s.associated, s.units, s.reserved, held.units, back.units) as problem
    from services s,
      lateral (select coalesce(sum(units), 0) as units from associations where service_id = s.id) held,
      lateral (select coalesce(sum(units), 0) as units from job_reservations where service_id = s.id) back
    where s.associated <> held.units or s.reserved <> back.units or s.associated + s.reserved > s.units`.execute(
    db,
  );
  assert.deepEqual(rows, []);
}

/** Units of one user of a service; 0 where there is no association. */
export async function unitsOf(db: Db, service: string, email: string): Promise<number> {
  const [number, position] = service.split('/').map(Number);
  const row = await db
    .selectFrom('associations as a')
    .innerJoin('users as u', 'u.id', 'a.user_id')
    .innerJoin('services as s', 's.id', 'a.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .select('a.units')
    .where('o.number', '=', number ?? 0)
    .where('s.position', '=', position ?? 0)
    .where('u.email', '=', email)
    .executeTakeFirst();
  return row?.units ?? 0;
}

export type Hold = {
  /** What is enqueued from now on is not held back. */
  stop(): Promise<void>;
  /** Lets everything go that was held back. */
  release(): Promise<void>;
};

/** Locks the table, which the bot is using: of two that wait for each other, this is the one to try again. */
async function watchInserts(db: Db): Promise<void> {
  const DEADLOCK = '40P01';
  for (;;) {
    try {
      await sql`
        create or replace trigger hold_back before insert on pgboss.job
        for each row execute function hold_back()`.execute(db);
      return;
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === DEADLOCK)) throw fault;
    }
  }
}

/** Keeps what is enqueued here from being worked on. */
export async function hold(db: Db, queue = 'bulk.run'): Promise<Hold> {
  const holding = (condition: string) =>
    sql`
      create or replace function hold_back() returns trigger language plpgsql as $$
      begin
        if ${sql.raw(condition)} then new.start_after = now() + interval '1 hour'; end if;
        return new;
      end $$`.execute(db);
  await holding(`new.name = '${queue}'`);
  await watchInserts(db);
  const stop = async () => void (await holding('false'));
  return {
    stop,
    async release() {
      await stop();
      await sql`
        update pgboss.job set start_after = now() - interval '1 second'
        where name = ${queue} and state = 'created'`.execute(db);
    },
  };
}

/** Waits until nothing is worked on here, and nothing is about to be. */
export async function idle(db: Db, queue: string): Promise<void> {
  const busy = () =>
    sql`
      select from pgboss.job
      where name = ${queue} and state in ('created', 'active') and start_after <= now()`.execute(db);
  while ((await busy()).rows.length > 0) await new Promise((resolve) => setImmediate(resolve));
}

/** Fabrikam has no services in the demo data: this gives it 10028/1 with 50 units. */
export async function addFabrikam({ db }: Talk): Promise<void> {
  const of = (number: number) =>
    db.selectFrom('orders').select('id').where('number', '=', number).executeTakeFirstOrThrow();
  const { product_id } = await db
    .selectFrom('services')
    .select('product_id')
    .where('order_id', '=', (await of(10024)).id)
    .executeTakeFirstOrThrow();
  const order_id = (await of(10028)).id;
  await db.insertInto('services').values({ order_id, position: 1, product_id, units: 50 }).execute();
}

/** The ids of all organizations by their names. */
export async function organizationIds({ db }: Talk): Promise<Map<string, number>> {
  const rows = await db.selectFrom('organizations').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}
