/** Run once before all tests: the databases they copy. Node calls these two functions by name. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLUSTER, makeCluster, makeTemplate, POSTGRES, startPostgres } from './servers.ts';

const closing: (() => Promise<void>)[] = [];

export async function globalSetup(): Promise<void> {
  await shareCompiledCode();
  const cluster = await makeCluster();
  closing.push(cluster.close);
  process.env[CLUSTER] = cluster.folder;
  if (process.env[POSTGRES] === undefined) {
    const server = await startPostgres();
    closing.push(server.close);
    process.env[POSTGRES] = server.url;
  }
  await makeTemplate(process.env[POSTGRES] ?? '');
}

/** Each file of tests, and each bot that one starts, is a process of its own: it need not compile everything anew. */
async function shareCompiledCode(): Promise<void> {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-compiled-'));
  process.env.NODE_COMPILE_CACHE = folder;
  closing.push(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
}

export async function globalTeardown(): Promise<void> {
  for (const close of closing.reverse()) await close();
}
