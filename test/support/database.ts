/** A database for one test: embedded, or a real Postgres. */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { type Opened, openEmbedded, openPostgres } from '../../src/db/index.ts';
import {
  administrate,
  CLUSTER,
  makeCluster,
  makeTemplate,
  POSTGRES,
  startPostgres,
  TEMPLATE,
  withDatabase,
} from './servers.ts';

export type Engine = 'PGlite' | 'Postgres';

/** Registers the tests once for each engine. */
export function onBothEngines(name: string, tests: (engine: Engine) => void): void {
  for (const engine of ['PGlite', 'Postgres'] as const) describe(`${name} (${engine})`, () => tests(engine));
}

/** For what takes long and is about rules more than about the database: the embedded one is a Postgres as well. */
export function onPostgres(name: string, tests: (engine: Engine) => void): void {
  describe(`${name} (Postgres)`, () => tests('Postgres'));
}

/** Where the data of one test is, as the settings DATA_DIR and DATABASE_URL name it. Has the demo data. */
export type Home = { readonly dataDir: string; readonly databaseUrl?: string; remove(): Promise<void> };

export async function newHome(engine: Engine): Promise<Home> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartermaster-data-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  if (engine === 'PGlite') {
    // Five times as fast as the asynchronous one, with its more than a thousand files.
    cpSync(await clusterFolder(), dataDir, { recursive: true });
    return { dataDir, remove: removeFolder };
  }
  const server = await postgresUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administrate(server, [`create database ${name} template ${TEMPLATE}`]);
  return {
    dataDir,
    databaseUrl: withDatabase(server, name),
    async remove() {
      await administrate(server, [`drop database if exists ${name} with (force)`]);
      await removeFolder();
    },
  };
}

/** A home, opened. Closing it removes it. */
export async function openTestDatabase(engine: Engine): Promise<Opened> {
  const home = await newHome(engine);
  const opened = home.databaseUrl ? await openPostgres(home.databaseUrl) : await openEmbedded(home.dataDir);
  return {
    ...opened,
    async close() {
      await opened.close();
      await home.remove();
    },
  };
}

/** Made by the set-up of the whole run; a test file that runs alone makes its own. */
let ownCluster: Promise<string> | undefined;
function clusterFolder(): Promise<string> {
  const shared = process.env[CLUSTER];
  if (shared !== undefined) return Promise.resolve(shared);
  ownCluster ??= makeCluster().then(({ folder, close }) => {
    after(close);
    return folder;
  });
  return ownCluster;
}

let ownServer: Promise<string> | undefined;
function postgresUrl(): Promise<string> {
  const shared = process.env[POSTGRES];
  if (shared !== undefined) return Promise.resolve(shared);
  ownServer ??= startPostgres().then(async ({ url, close }) => {
    after(close);
    await makeTemplate(url);
    return url;
  });
  return ownServer;
}
