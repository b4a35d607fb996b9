// The command line: reads the configuration, starts the bot, stops it when asked to.
import { enableCompileCache } from 'node:module';

enableCompileCache();

const { readConfig } = await import('./config.ts');
const config = readConfig(process.env);
if ('problems' in config) {
  for (const problem of config.problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}

const { openLog } = await import('./log.ts');
const { NotConnected, start } = await import('./start.ts');
const { DatabaseAway, FolderInUse } = await import('./db/index.ts');
const { PortInUse } = await import('./http.ts');

const log = openLog(config.logLevel);
const running = await start(config, log).catch((fault: unknown) => {
  const known = [DatabaseAway, FolderInUse, PortInUse, NotConnected].some((kind) => fault instanceof kind);
  if (known) process.stderr.write(`${(fault as Error).message}\n`);
  else log.fatal({ err: fault }, 'the bot could not start');
  process.exit(1);
});

const address = config.local ? `http://localhost:${running.port}/` : `port ${running.port}`;
process.stdout.write(`Quartermaster is ready: ${address}\n`);

const MOST_SECONDS = 20;
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), MOST_SECONDS * 1000).unref();
    running.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'the bot did not stop cleanly');
        process.exit(1);
      },
    );
  });
}
