/** The floor of a bulk job: its rows put into the same two tables by COPY, without a check. */
import { once } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Opened } from '../../src/db/index.ts';
import type { SheetRow } from '../support/rows.ts';
import { serviceForRows } from './store.ts';

type Load = (statement: string, text: string) => Promise<void>;

/** Ids that no user has who was made by then. */
const FIRST_ID = 1_000_000_000;

/** Resolves to milliseconds. */
export async function copyRows(opened: Opened, rows: readonly SheetRow[]): Promise<number> {
  const { organization, service } = await serviceForRows(opened);
  const users = () => lines(rows, ({ email }, at) => [FIRST_ID + at, organization, email]);
  const associations = () => lines(rows, ({ units }, at) => [service, FIRST_ID + at, units]);
  return timed(opened, async (load) => {
    await load('users (id, organization_id, email)', users());
    await load('associations (service_id, user_id, units)', associations());
  });
}

const lines = (rows: readonly SheetRow[], cells: (row: SheetRow, at: number) => (string | number)[]) =>
  rows.map((row, at) => `${cells(row, at).join('\t')}\n`).join('');

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
