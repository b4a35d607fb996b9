/**
 * The bot with demo data in Microsoft's 365 Agents Playground, a client that looks like Teams. Its licence is for evaluation, so
 * it is no dependency: `npx` fetches it. `npm run playground` waits for a person, `npm run playground -- walk` walks through it
 * in Chromium, keeps pictures, and ends with 1 where something was not as it should be.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { start } from '../../src/start.ts';
import { listen } from '../edges/teams/listen.ts';
import { walk } from './walk.ts';

const PLAYGROUND = '@microsoft/m365agentsplayground@0.2.28';
const TRIES = 240;

const port = await freePort();
const folder = await mkdtemp(join(tmpdir(), 'quartermaster-playground-'));
const config = readConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error' });
if ('problems' in config) throw new Error(config.problems.join('\n'));
const bot = await start(config, openLog(config.logLevel));
const playground = spawn(
  'npx',
  [
    '--yes',
    PLAYGROUND,
    'start',
    '-e',
    `http://127.0.0.1:${bot.port}/api/messages`,
    '-c',
    'msteams',
    '-p',
    `${port}`,
    '--dt',
  ],
  // It writes its log where it runs, and opens a browser of its own unless it is told not to. In a group of its own npx ends with it.
  { cwd: folder, detached: true, stdio: 'ignore', env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' } },
);
process.once('exit', () => playground.pid !== undefined && end(playground.pid));

const url = `http://127.0.0.1:${port}/`;
try {
  await answers(url);
  if (process.argv[2] === 'walk') await walk(url, process.argv[3] ?? join(folder, 'pictures'));
  else {
    process.stdout.write(`The Playground: ${url}   Ctrl+C ends it.\n`);
    await Promise.race([once(process, 'SIGINT'), once(playground, 'exit')]);
  }
} finally {
  await bot.stop();
  await rm(join(folder, 'data'), { recursive: true, force: true });
}
process.exit();

async function freePort(): Promise<number> {
  const { port, close } = await listen(createServer());
  await close();
  return port;
}

function end(pid: number): void {
  try {
    process.kill(-pid);
  } catch {
    // It has ended by itself.
  }
}

async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (playground.exitCode !== null) break;
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`The Playground does not answer. Does npx --yes ${PLAYGROUND} start?`);
}
