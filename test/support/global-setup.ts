/** Run once before all tests: the databases they copy. Node calls these two functions by name. */
import { CLUSTER, makeCluster, makeTemplate, POSTGRES, startPostgres } from './servers.ts';

const closing: (() => Promise<void>)[] = [];

export async function globalSetup(): Promise<void> {
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

export async function globalTeardown(): Promise<void> {
  for (const close of closing.reverse()) await close();
}
