import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, settings, type Talk } from '../../support/talk.ts';
import { assertSums, canRun, isEndOf, jobOf, runButton, sheet, unitsOf, users } from './support.ts';

settings.bulkBatchRows = 5;
const ROWS = 1000;
const BATCHES = ROWS / settings.bulkBatchRows;

onBothEngines('two big jobs on one service', (engine) => {
  let talk: Talk;
  let carla: Speaker;
  before(async () => {
    talk = await openTalk(engine);
    carla = talk.as('carla');
    await recordBatches(talk);
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  test('share it fairly, and take no more units than there are', async () => {
    const first = await carla.say('bulk 10024/1', [sheet(users(ROWS))]);
    const second = await carla.say('bulk 10024/1', [sheet(users(ROWS, ROWS + 1))]);
    const late = await carla.say('bulk 10024/1', [sheet([['late@contoso.example', 1]])]);
    await Promise.all([first, second].map((preview) => carla.press(preview, runButton(preview))));

    const refused = await carla.press(late, runButton(late));
    assert.match(refused.text, /^It needs 1 unit of 10024\/1, and 0 are free, so nothing was run\./);
    assert.equal(canRun(await carla.say('bulk 10024/1', [sheet([['later@contoso.example', 1]])])), false);
    const ends = Promise.all([first, second].map((preview) => talk.waitForPost(isEndOf(jobOf(preview)))));
    await sumsHoldUntil(talk, ends);

    for (const { reply } of await ends) assert.match(reply.text, /: 1,000 done, 0 failed, 0 skipped/);
    assert.match((await carla.say('free 10024/1')).text, /: 0 of 2,000 units free/);
    assert.equal(await unitsOf(talk.db, '10024/1', 'late@contoso.example'), 0);
    assertInterleaved(await batches(talk));
  });

  test('leave nothing to a job that comes when all units are given, until some come back', async () => {
    const preview = await carla.say('bulk 10024/1', [sheet([['last@contoso.example', 2]])]);
    assert.equal(canRun(preview), false);
    await carla.say('release 10024/1 user1@contoso.example');
    assert.equal(canRun(await carla.say(`job ${jobOf(preview)}`)), false);
    await carla.say('release 10024/1 user2@contoso.example');

    const again = await carla.say(`job ${jobOf(preview)}`);
    await carla.press(again, runButton(again));
    await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.equal(await unitsOf(talk.db, '10024/1', 'last@contoso.example'), 2);
  });
});

/** Has the database itself write down which job a batch was of, in the order in which they were carried out. */
async function recordBatches({ db }: Talk): Promise<void> {
  await sql`create table batches (id serial primary key, job_id integer not null)`.execute(db);
  await sql`
    create function record_batch() returns trigger language plpgsql as $$
    begin
      insert into batches (job_id) values (new.job_id);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger record_batch after update on job_chunks for each row
    when (old.results is null and new.results is not null) execute function record_batch()`.execute(db);
}

async function batches({ db }: Talk): Promise<number[]> {
  const { rows } = await sql<{ job_id: number }>`select job_id from batches order by id`.execute(db);
  return rows.map(({ job_id }) => job_id);
}

/** When one of two jobs was ready, the other had done a good part too. */
function assertInterleaved(order: readonly number[]): void {
  assert.equal(order.length, 2 * BATCHES);
  const [one, other] = [...new Set(order)].map((job) => order.lastIndexOf(job));
  const whenOneWasReady = Math.min(one ?? 0, other ?? 0) + 1;
  const share = (whenOneWasReady - BATCHES) / BATCHES;
  assert.ok(share >= 1 / 3, `one job had done ${Math.round(100 * share)} % when the other was ready`);
}

/** The sums hold at every moment that somebody can look at. */
async function sumsHoldUntil({ db }: Talk, end: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = end.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await assertSums(db);
    // The embedded database answers without ever letting go of the event loop.
    await turn();
  }
  await over;
}
