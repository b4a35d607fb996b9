/** The whole bot, as `npm start` runs it, with what the bench wants to know of it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import { resultWorkbook } from '../../src/features/bulk/result.ts';
import { loadJob } from '../../src/features/bulk/store.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import { answer } from './answer.ts';
import { copyRows } from './copy.ts';
import { watchMemory } from './memory.ts';

export type Home = { readonly dataDir: string; readonly databaseUrl?: string };

let running: Running | undefined;
const memory = watchMemory();
const delay = monitorEventLoopDelay({ resolution: 1 });

const answers = {
  async start({ dataDir, databaseUrl = '' }: Home): Promise<number> {
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'error',
    });
    if ('problems' in config) throw new Error(config.problems.join('\n'));
    running = await start(config, openLog(config.logLevel));
    delay.enable();
    return running.port;
  },

  /** Makes service 10024/1 large enough for every sheet. */
  async addUnits(): Promise<void> {
    await sql`
      update services s set units = 100000000 from orders o
      where o.id = s.order_id and o.number = 10024 and s.position = 1`.execute(bot().opened.db);
  },

  /** The memory and the longest stall of the event loop since the last call. */
  usage() {
    const stallMs = delay.max / 1e6;
    delay.reset();
    return { now: memory.now(), peak: memory.peak(), stallMs };
  },

  /** Writes the result workbook of a job once more, by itself. */
  async workbook(id: number): Promise<{ ms: number; bytes: number }> {
    const { db } = bot().opened;
    const job = await loadJob(db, { kind: 'all' }, id);
    if (job === undefined) throw new Error(`There is no job ${id}.`);
    const began = performance.now();
    const { length } = await resultWorkbook(db, job);
    return { ms: performance.now() - began, bytes: length };
  },

  copy: (rows: number): Promise<number> => copyRows(bot().opened, rows),
};
export type BotTalk = typeof answers;
answer(answers, async () => running?.stop());

function bot(): Running {
  if (running === undefined) throw new Error('The bot was not started.');
  return running;
}
