/** The whole bot, as `npm start` runs it, with what the bench wants to know of it. */
import { sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import { allRows } from '../support/rows.ts';
import { answer } from './answer.ts';
import { copyRows } from './copy.ts';
import { fillOneCustomer, fillOrders } from './fill.ts';
import { watchMemory } from './memory.ts';
import { exportLast, fillSubscriptions, reconcile } from './reconcile.ts';
import { watchStalls } from './stalls.ts';
import { addUnits } from './store.ts';

export type Home = { readonly dataDir: string; readonly databaseUrl?: string };
/** Two moments, as `Date.now()` tells them. */
export type Between = { readonly from: number; readonly until: number };

let running: Running | undefined;
const memory = watchMemory();
const stalls = watchStalls();

const answers = {
  async start({ dataDir, databaseUrl = '' }: Home): Promise<number> {
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'error',
      BULK_BATCH_ROWS: process.env.BULK_BATCH_ROWS,
    });
    if ('problems' in config) throw new Error(config.problems.join('\n'));
    running = await start(config, openLog(config.logLevel));
    await noteBatches();
    return running.port;
  },

  addUnits: (): Promise<void> => addUnits(bot().opened),

  /** Fills the database up to this many orders. */
  fill: (orders: number): Promise<void> => fillOrders(bot().opened.db, orders),

  /** The same, all of one customer, and different from each other. */
  fillOne: (orders: number): Promise<void> => fillOneCustomer(bot().opened.db, orders),

  /** Up to this many orders, each with a subscription. */
  fillSubscriptions: (subscriptions: number): Promise<void> =>
    fillSubscriptions(bot().opened.db, subscriptions),

  reconcile: (round: number) => reconcile(bot(), round),
  exportLast: () => exportLast(bot()),

  memory: (): number => memory.now(),

  /** The most memory and the longest stall of the event loop between two moments. */
  usage: ({ from, until }: Between) => ({
    peak: memory.peak(from, until),
    stallMs: stalls.longest(from, until),
  }),

  /** When the job was accepted, and when the last of its batches had its results. */
  async batches(job: number): Promise<Between> {
    const { rows } = await sql<{ accepted: Date; last: Date }>`
      select j.accepted_at as accepted, max(c.saved_at) as last
      from jobs j join job_chunks c on c.job_id = j.id where j.id = ${job} group by j.id`.execute(
      bot().opened.db,
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`There is no job ${job}.`);
    return { from: row.accepted.getTime(), until: row.last.getTime() };
  },

  copy: (rows: number): Promise<number> => copyRows(bot().opened, allRows(rows)),
};
export type BotTalk = typeof answers;
answer(answers, async () => running?.stop());

function bot(): Running {
  if (running === undefined) throw new Error('The bot was not started.');
  return running;
}

/** The bot itself does not need to know when a batch had its results. */
async function noteBatches(): Promise<void> {
  const { db } = bot().opened;
  await sql`alter table job_chunks add column saved_at timestamptz`.execute(db);
  await sql`
    create function note_batch() returns trigger language plpgsql as $$
    begin
      new.saved_at := clock_timestamp();
      return new;
    end $$`.execute(db);
  await sql`
    create trigger note_batch before update on job_chunks for each row execute function note_batch()`.execute(
    db,
  );
}
