// Opens the database: Postgres where a URL is given, else an embedded one (PGlite) in a folder.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { lockFolder } from './lock.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** An open database, and what the job queue needs to share it. */
export type Opened = { readonly db: Db; close(): Promise<void> } & (
  | { readonly engine: 'postgres'; readonly url: string }
  | { readonly engine: 'pglite'; readonly pglite: PGlite }
);

/** A pool of four serves more associations a second than one of sixty-four: they wait for the same row anyway. */
const POOL_SIZE = 4;

/** The Postgres server does not let us in. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
}

export async function openPostgres(url: string): Promise<Opened> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    application_name: 'quartermaster',
    // As PGlite does: amounts of money in minor units are far below 2^53.
    types: {
      getTypeParser: (id, format) =>
        id === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(id, format),
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  await pool.query('select 1').catch((error: unknown) => {
    const why =
      error instanceof Error ? ('code' in error && String(error.code)) || error.message : String(error);
    throw new DatabaseAway(
      `The database of DATABASE_URL can't be used (${why}). Check its address, user and password.`,
      {
        cause: error,
      },
    );
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgres', url, db, close: () => db.destroy() };
}

/**
 * Opens the embedded database under `folder`. Throws `FolderInUse` while another process has it open:
 * PGlite itself would let both in and lose the work of one.
 */
export async function openEmbedded(folder: string): Promise<Opened> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(join(folder, 'quartermaster.lock'));
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const data = join(folder, 'postgres');
    if (!existsSync(data)) await createCluster(PGlite, data);
    const pglite = await PGlite.create(data);
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    const close = async () => {
      await db.destroy();
      await unlock();
    };
    return { engine: 'pglite', pglite, db, close };
  } catch (fault) {
    await unlock();
    throw fault;
  }
}

/** Makes the cluster beside its final place, so that a start that is broken off leaves nothing half made. */
async function createCluster(engine: typeof PGlite, data: string): Promise<void> {
  const unfinished = `${data}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const pglite = await engine.create(unfinished);
  await pglite.close();
  await rename(unfinished, data);
}
