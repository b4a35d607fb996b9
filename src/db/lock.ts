import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** Another process has the folder open; the message names it. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/** Takes the lock file, also from a process that is dead. Resolves to the function that gives it back. */
export async function lockFolder(file: string): Promise<() => Promise<void>> {
  const mine = identity(process.pid);
  if (!(await create(file, mine))) {
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (isAlive(holder)) throw inUse(file, holder);
    await takeFromTheDead(file, holder);
    if (!(await create(file, mine))) throw inUse(file, await readFile(file, 'utf8').catch(() => ''));
  }
  return async () => {
    if ((await readFile(file, 'utf8').catch(() => '')) === mine) await rm(file, { force: true });
  };
}

/** Written beside and linked into place: nobody ever reads a lock that does not yet name its holder. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the lock away before removing it: of two processes that both found it stale, only one can. */
async function takeFromTheDead(file: string, holder: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => '');
  if (moved !== '' && moved !== holder) {
    await rename(aside, file);
    throw inUse(file, moved);
  }
  await rm(aside, { force: true });
}

function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return identity(pid) === holder;
}

/** The process id with its start time where the system tells it: ids are used again, above all in containers. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${startTime}`;
  } catch {
    return `${pid}`;
  }
}

function inUse(file: string, holder: string): FolderInUse {
  const pid = Number.parseInt(holder, 10);
  const who = Number.isInteger(pid) ? `Process ${pid}` : 'Another process';
  return new FolderInUse(
    `${who} is already running on this data folder (${file}). Stop it first, or set DATA_DIR.`,
  );
}
