/** The floor of a bulk job: its rows put into the same two tables by COPY, without a check. */
import { once } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import pg from 'pg';
import type { Opened } from '../../src/db/index.ts';
import { rowOf } from '../support/rows.ts';

type Load = (statement: string, text: string) => Promise<void>;

/** Ids that no user has who was made by then. */
const FIRST_ID = 1_000_000_000;

/** Resolves to milliseconds. */
export async function copyRows(opened: Opened, rows: number): Promise<number> {
  const { rows: found } = await sql<{ organization: number; service: number }>`
    select o.organization_id as organization, s.id as service
    from services s join orders o on o.id = s.order_id where o.number = 10023 and s.position = 1`.execute(
    opened.db,
  );
  const [to] = found;
  if (to === undefined) throw new Error('There is no service 10023/1.');
  const numbers = Array.from({ length: rows }, (_, index) => index);
  const users = lines(numbers, (at) => [FIRST_ID + at, to.organization, `copied.${rowOf(at).email}`]);
  const associations = lines(numbers, (at) => [to.service, FIRST_ID + at, rowOf(at).units]);
  return timed(opened, async (load) => {
    await load('users (id, organization_id, email)', users);
    await load('associations (service_id, user_id, units)', associations);
  });
}

const lines = (numbers: readonly number[], row: (at: number) => readonly (string | number)[]) =>
  numbers.map((at) => `${row(at).join('\t')}\n`).join('');

function timed(opened: Opened, copy: (load: Load) => Promise<void>): Promise<number> {
  return opened.engine === 'pglite' ? inPglite(opened.pglite, copy) : inPostgres(opened.url, copy);
}

async function inPglite(pglite: PGlite, copy: (load: Load) => Promise<void>): Promise<number> {
  const began = performance.now();
  await pglite.transaction((trx) =>
    copy(async (table, text) => {
      await trx.query(`copy ${table} from '/dev/blob'`, [], { blob: new Blob([text]) });
    }),
  );
  return performance.now() - began;
}

async function inPostgres(url: string, copy: (load: Load) => Promise<void>): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const began = performance.now();
    await client.query('begin');
    await copy((table, text) => copyIn(client, table, text));
    await client.query('commit');
    return performance.now() - began;
  } finally {
    await client.end();
  }
}

/** The part of pg's connection that its types leave out. */
type CopyConnection = { sendCopyFromChunk(bytes: Buffer): void; endCopyFrom(): void };

async function copyIn(client: pg.Client, table: string, text: string): Promise<void> {
  const query = Object.assign(new pg.Query(`copy ${table} from stdin`), {
    handleCopyInResponse(connection: CopyConnection) {
      connection.sendCopyFromChunk(Buffer.from(text));
      connection.endCopyFrom();
    },
  });
  const done = once(query, 'end');
  client.query(query);
  await done;
}
