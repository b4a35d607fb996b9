/** Where a bot of the bench keeps its data: a folder or a database of its own. */
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, type Opened, openEmbedded, openPostgres } from '../../src/db/index.ts';
import { addDemoData } from '../../src/demo/index.ts';
import {
  administrate,
  makeCluster,
  POSTGRES,
  startPostgres,
  withDatabase,
} from '../../test/support/servers.ts';
import type { Home } from '../processes/bot.ts';
import { closing } from './closing.ts';

export const ENGINES = ['PGlite', 'Postgres'] as const;
export type Engine = (typeof ENGINES)[number];

/** New homes of either kind; the bot itself makes the tables and the demo data. */
export async function openHomes() {
  const cluster = await makeCluster();
  closing(cluster.close);
  const server = process.env[POSTGRES] ?? (await ownServer());
  return (engine: Engine): Promise<Home & { remove(): Promise<void> }> =>
    engine === 'PGlite' ? newFolder(cluster.folder) : newDatabase(server);
}

/** A home without a bot: its database, with the tables and the demo data. */
export async function openDatabase({ databaseUrl, dataDir }: Home): Promise<Opened> {
  const opened = databaseUrl ? await openPostgres(databaseUrl) : await openEmbedded(dataDir);
  await migrate(opened.db);
  await addDemoData(opened.db);
  return opened;
}

async function ownServer(): Promise<string> {
  const { url, close } = await startPostgres();
  closing(close);
  return url;
}

async function newFolder(template: string) {
  const dataDir = await temporaryFolder();
  await cp(template, dataDir.path, { recursive: true });
  return { dataDir: dataDir.path, remove: dataDir.remove };
}

async function newDatabase(server: string) {
  const dataDir = await temporaryFolder();
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await administrate(server, [`create database ${name}`]);
  const remove = closing(async () => {
    await administrate(server, [`drop database if exists ${name} with (force)`]);
    await dataDir.remove();
  });
  return { dataDir: dataDir.path, databaseUrl: withDatabase(server, name), remove };
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'quartermaster-bench-'));
  return { path, remove: closing(() => rm(path, { recursive: true, force: true })) };
}
