/** The bot as a process of its own: started as a person starts it, talked to through its console. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Home } from '../support/database.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const READY = /^Quartermaster is ready: (?:http:\/\/localhost:|port )(\d+)/m;

export type Settings = Readonly<Record<string, string>>;
export type Ended = { readonly code: number | null; readonly output: string; readonly errors: string };

type Run = {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
  readonly ended: Promise<Ended>;
};

/** Only these settings; nothing of the machine that runs the tests gets in. */
function run(settings: Settings): Run {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], { env: { PATH, HOME, NODE_COMPILE_CACHE, ...settings } });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const [output, errors] = [() => out.join(''), () => err.join('')];
  const ended = once(child, 'close').then(([code]): Ended => {
    process.off('exit', kill);
    running.delete(kill);
    return { code, output: output(), errors: errors() };
  });
  running.add(kill);
  return { child, output, errors, ended };
}

const running = new Set<() => void>();
/** Those that a failed test left behind would keep its process from ending. */
export const killAll = (): void => {
  for (const kill of running) kill();
};

/** Runs the bot with settings with which it does not start; where it does, it is stopped. */
export async function runToEnd(settings: Settings): Promise<Ended> {
  const { child, output, ended } = run(settings);
  child.stdout?.on('data', () => {
    if (READY.test(output())) child.kill();
  });
  return ended;
}

export type Bot = {
  readonly url: string;
  readonly pid: number;
  output(): string;
  readonly ended: Promise<Ended>;
  /** Resolves when the process has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
};

export const settingsOf = ({ dataDir, databaseUrl }: Home): Settings => ({
  PORT: '0',
  DATA_DIR: dataDir,
  ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
});

/** Starts the bot and waits until it says that it is ready, or how it ended. */
export async function launch(home: Home, more: Settings = {}): Promise<Bot | Ended> {
  const { child, output, errors, ended } = run({ ...settingsOf(home), ...more });
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const port = READY.exec(output())?.[1];
      if (port !== undefined) resolve(port);
    });
  });
  const first = await Promise.race([ready, ended]);
  if (typeof first !== 'string') return first;
  return {
    url: `http://localhost:${first}`,
    pid: child.pid ?? 0,
    output: () => output() + errors(),
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts a bot that must get ready. */
export async function startBot(home: Home, more: Settings = {}): Promise<Bot> {
  const bot = await launch(home, more);
  if ('url' in bot) return bot;
  return assert.fail(`The bot ended: ${bot.code}\n${bot.output}\n${bot.errors}`);
}
