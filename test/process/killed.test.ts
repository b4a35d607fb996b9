import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEmbedded, openPostgres } from '../../src/db/index.ts';
import type { Entry } from '../../src/edges/console/index.ts';
import { assertSums } from '../features/bulk/support.ts';
import { type Home, newHome, onBothEngines } from '../support/database.ts';
import { PEOPLE } from '../support/talk.ts';
import { type Bot, startBot } from './bot.ts';
import { type Visit, visit } from './visit.ts';

const ROWS = 3000;
/** More often than a failing job is tried again. */
const KILLS = 7;
const sheet = Array.from({ length: ROWS }, (_, index) => `user${index}@contoso.example,1`).join('\n');
const file = { name: 'users.csv', content: sheet };
const isEnd = ({ text }: Entry) => /^Job 1 \(Contoso\): /.test(text);

onBothEngines('a bulk job', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
    await sell(home, 5000);
  });
  after(() => home.remove());

  test('of a bot that is killed again and again does every row once', async () => {
    const random = seeded(7);
    let bot = await startBot(home, { BULK_BATCH_ROWS: '10' });
    await runJob(await visit(bot, PEOPLE.carla));
    let done = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const until = done + Math.floor(random() * ((ROWS - done) / 4));
      done = await rowsDone(await visit(bot, PEOPLE.carla), until);
      await bot.end('SIGKILL');
      bot = await startBot(home, { BULK_BATCH_ROWS: '10' });
    }
    assert.ok(done < ROWS, 'it was killed in the middle each time');
    await assertDoneOnce(bot, home);
  });
});

onBothEngines('a bulk job', (engine) => {
  let home: Home;
  before(async () => {
    home = await newHome(engine);
    await sell(home, 5000);
  });
  after(() => home.remove());

  test('of a bot that is stopped is left in the middle, and goes on after the next start', async () => {
    const first = await startBot(home, { BULK_BATCH_ROWS: '3' });
    const carla = await visit(first, PEOPLE.carla);
    await runJob(carla);
    await rowsDone(carla, 1);

    const ended = await first.end('SIGTERM');
    assert.deepEqual([ended.code, ended.errors], [0, '']);
    const { done, finished_at } = await jobIn(home);
    assert.ok(done > 0 && done < ROWS && finished_at === null, `${done} rows were done`);

    await assertDoneOnce(await startBot(home, { BULK_BATCH_ROWS: '3' }), home);
  });
});

async function runJob(carla: Visit): Promise<void> {
  const preview = await carla.say('bulk 10024/1', file);
  assert.match(preview.text, /3000 of 3000 rows are valid; 3000 units needed, 5000 free/);
  await carla.press(preview, 'Run');
}

/** Waits until so many rows are done; gives how many there are then. */
async function rowsDone(carla: Visit, least: number): Promise<number> {
  for (;;) {
    const { text } = await carla.say('job 1');
    const done = Number(/^Job 1: (\d+) of 3000 rows done/.exec(text)?.[1] ?? Number.NaN);
    assert.ok(done < ROWS, `It has ended already: ${text}`);
    if (done > least) return done;
  }
}

/** Waits for the end, and stops the bot. */
async function assertDoneOnce(bot: Bot, home: Home): Promise<void> {
  const carla = await visit(bot, PEOPLE.carla);
  const end = await carla.waitFor(isEnd);
  assert.match(end.text, /: 3000 done, 0 failed, 0 skipped of 3000 rows\.$/);
  assert.match((await carla.say('free 10024/1')).text, /: 2000 of 5000 units free/);
  assert.equal((await carla.entries()).filter(isEnd).length, 1);
  assert.equal((await bot.end('SIGTERM')).code, 0);
  const job = await jobIn(home);
  assert.deepEqual([job.done, job.failed, job.state, job.reserved], [ROWS, 0, 'done', 0]);
}

const open = ({ databaseUrl, dataDir }: Home) =>
  databaseUrl === undefined ? openEmbedded(dataDir) : openPostgres(databaseUrl);

/** The job as it is in the database of a bot that is not running; checks the sums on the way. */
async function jobIn(home: Home) {
  const { db, close } = await open(home);
  await assertSums(db);
  const job = await db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
  await close();
  return job;
}

async function sell(home: Home, units: number): Promise<void> {
  const { db, close } = await open(home);
  await db.updateTable('services').set({ units }).where('units', '=', 2000).execute();
  await close();
}

/** Numbers from 0 to 1 that look random and are the same each time: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
