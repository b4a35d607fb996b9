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

/** Only these settings; nothing of the machine that runs the tests gets in. */
function run(settings: Settings): { child: ChildProcess; output: () => string; errors: () => string } {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], { env: { PATH, HOME, ...settings } });
  process.once('exit', () => child.kill('SIGKILL'));
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return { child, output: () => out.join(''), errors: () => err.join('') };
}

/** Runs the bot with settings with which it does not start; where it does, it is stopped. */
export async function runToEnd(settings: Settings): Promise<Ended> {
  const { child, output, errors } = run(settings);
  child.stdout?.on('data', () => {
    if (READY.test(output())) child.kill();
  });
  const [code] = await once(child, 'close');
  return { code, output: output(), errors: errors() };
}

export type Bot = {
  readonly url: string;
  readonly pid: number;
  output(): string;
  /** Resolves when the process has ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
};

export const settingsOf = ({ dataDir, databaseUrl }: Home): Settings => ({
  PORT: '0',
  DATA_DIR: dataDir,
  ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
});

/** Starts the bot and waits until it says that it is ready. */
export async function startBot(home: Home, more: Settings = {}): Promise<Bot> {
  const { child, output, errors } = run({ ...settingsOf(home), ...more });
  const closed = once(child, 'close');
  const ready = () => READY.exec(output())?.[1];
  while (ready() === undefined) {
    const [what] = await Promise.race([once(child.stdout ?? child, 'data'), closed]);
    if (child.exitCode !== null) assert.fail(`The bot ended: ${what}\n${output()}\n${errors()}`);
  }
  return {
    url: `http://localhost:${ready()}`,
    pid: child.pid ?? 0,
    output: () => output() + errors(),
    async end(signal) {
      child.kill(signal);
      const [code] = await closed;
      return { code, output: output(), errors: errors() };
    },
  };
}
