import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, settings, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  canRun,
  cardText,
  hold,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  sheet,
  unitsOf,
  users,
} from './support.ts';

// A row a batch, so that a job can be stopped between any two.
settings.bulkBatchRows = 1;

onBothEngines('cancelling', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  test('a preview that is cancelled can’t be run any more', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet([['dora@contoso.example', 1]])]);
    const other = await carla.say(`job ${jobOf(preview)}`);

    const cancelled = await carla.press(preview, 'Cancel');
    assert.match(cancelled.text, /is cancelled\. Nothing was changed\./);
    const refused = await carla.press(other, runButton(other));

    assert.match(refused.text, /was cancelled, or waited too long/);
    assert.equal(canRun(refused), false);
    assert.equal(await unitsOf(talk.db, '10024/1', 'dora@contoso.example'), 0);
    assert.match((await carla.say(`job ${jobOf(preview)}`)).text, /There is no job/);
  });

  test('a job that has not begun does nothing and gives its units back', async () => {
    const carla = talk.as('carla');
    const { release } = await hold(talk.db);
    const preview = await carla.say('bulk 10024/1', [sheet([['emil@contoso.example', 500]])]);
    await carla.press(preview, runButton(preview));
    assert.match((await carla.say('free 10024/1')).text, /: 1,500 of 2,000 units free/);

    await carla.say(`job ${jobOf(preview)} cancel`);
    await release();
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));

    assert.match(end.reply.text, /0 done, 0 failed, 1 skipped of 1 rows/);
    assert.match(cardText(end.reply), /was cancelled/);
    assert.match((await carla.say('free 10024/1')).text, /: 2,000 of 2,000 units free/);
  });

  test('a job that is stopped half way tells which rows were done and which were not', async () => {
    const carla = talk.as('carla');
    const total = 600;
    const preview = await carla.say('bulk 10024/1', [sheet(users(total))]);
    const job = jobOf(preview);
    await carla.press(preview, runButton(preview));
    while (!/: [1-9]\d* of/.test((await carla.say(`job ${job}`)).text));

    const stopping = await carla.say(`job ${job} cancel`);
    assert.match(cardText(stopping), /is stopping/);
    const end = await talk.waitForPost(isEndOf(job));

    const done = Number(/: (\d+) done/.exec(end.reply.text)?.[1]);
    assert.ok(done > 0 && done < total, end.reply.text);
    assert.match(
      end.reply.text,
      new RegExp(`${done} done, 0 failed, ${total - done} skipped of ${total} rows`),
    );
    const { Result: [, ...rows] = [] } = await openBook(talk, end.reply.files?.[0]);
    assert.deepEqual(
      rows.map(([, , status]) => status),
      Array.from({ length: total }, (_, index) => (index < done ? 'Done' : 'Skipped')),
    );
    assert.match(rows.at(-1)?.[3] ?? '', /cancelled before this row/);
    const { Retry: left = [] } = await openBook(talk, end.reply.files?.[1]);
    assert.equal(left.length, total - done);
    assert.match(
      (await carla.say('free 10024/1')).text,
      new RegExp(`: ${(2000 - done).toLocaleString('en-GB')} of 2,000 units free`),
    );
  });

  test('a job that has ended is not cancelled any more', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10023/1', [sheet([['finn@contoso.example', 1]])]);
    await carla.press(preview, runButton(preview));
    await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match((await carla.say(`job ${jobOf(preview)} cancel`)).text, /has ended already/);
    assert.equal(await unitsOf(talk.db, '10023/1', 'finn@contoso.example'), 1);
  });
});
