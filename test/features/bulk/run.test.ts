import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { submit } from '../../bot/support.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  canRun,
  cardText,
  hold,
  idle,
  isEndOf,
  jobOf,
  runButton,
  runData,
  runSheet,
  sheet,
  unitsOf,
  users,
} from './support.ts';

onBothEngines('running a sheet', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  test('shows the progress, and the end is posted where it was started', async () => {
    const place = channel('branches');
    const carla = talk.as('carla', place);
    const rows = [
      ['alice@contoso.example', 2],
      ['dora@contoso.example', 3],
    ];
    const preview = await carla.say('bulk 10024/1', [sheet(rows)]);

    const progress = await carla.press(preview, runButton(preview));
    assert.match(progress.text, /: 0 of 2 rows done\.$/);
    assert.equal(progress.position, 'instead');
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));

    assert.match(end.reply.text, /\(Contoso\): 2 done, 0 failed, 0 skipped of 2 rows\.$/);
    assert.equal(end.place.conversation, place.conversation);
    assert.match((await carla.say('free 10024/1')).text, /1,995 of 2,000 units free/);
    assert.equal(await unitsOf(talk.db, '10024/1', 'dora@contoso.example'), 3);
    assert.equal(talk.posts.filter(isEndOf(jobOf(preview))).length, 1);
  });

  test('the progress message ends with all rows done, also where it arrives after the end', async () => {
    const preview = await talk.as('carla').say('bulk 10024/1', [sheet(users(5))]);
    const job = jobOf(preview);
    await talk.receive(submit('carla', randomUUID(), 'bulk.run', runData(preview)), async (reply) => {
      await talk.waitForPost(isEndOf(job));
      await idle(talk.db, 'chat.refresh');
      assert.match(reply.text, /: 0 of 5 rows done\.$/);
      return { place: channel('branches'), message: 'late' };
    });
    await talk.waitForPost(() => talk.messages.get('late')?.text.endsWith(': 5 of 5 rows done.') === true);
  });

  test('adds up what a user has already and what repeated rows give', async () => {
    const carla = talk.as('carla');
    await carla.say('associate 10023/1 kim@contoso.example 1');
    const rows = [
      ['kim@contoso.example', 1],
      ['KIM@contoso.example', 2],
    ];
    await runSheet(talk, carla, '10023/1', sheet(rows));
    assert.equal(await unitsOf(talk.db, '10023/1', 'kim@contoso.example'), 4);
  });

  test('a licence that a user got after the start fails that row only', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10023/2', [sheet([['lea@contoso.example', 1], ...users(1)])]);
    const held = await hold(talk.db);
    await carla.press(preview, runButton(preview));
    await carla.say('associate 10023/2 lea@contoso.example');
    await held.release();

    const end = await talk.waitForPost(isEndOf(jobOf(preview)));

    assert.match(end.reply.text, /1 done, 1 failed, 0 skipped of 2 rows/);
    assert.match(cardText(end.reply), /One user can hold 1 of Office 365 E3; lea@contoso\.example/);
    assert.equal(await unitsOf(talk.db, '10023/2', 'lea@contoso.example'), 1);
    assert.equal(await unitsOf(talk.db, '10023/2', 'user1@contoso.example'), 1);
    assert.match((await carla.say('free 10023/2')).text, /1 of 5/);
  });

  test('is refused with numbers where the units went between preview and run', async () => {
    const carla = talk.as('carla');
    const [{ free = 0 } = {}] = await freeOf(talk, 10024);
    const preview = await carla.say('bulk 10024/1', [sheet([['mia@contoso.example', free]])]);
    await carla.say('associate 10024/1 noa@contoso.example 10');

    const refused = await carla.press(preview, runButton(preview));

    const grouped = (units: number) => units.toLocaleString('en');
    assert.ok(
      refused.text.startsWith(
        `It needs ${grouped(free)} units of 10024/1, and ${grouped(free - 10)} are free, so nothing was run.`,
      ),
      refused.text,
    );
    assert.equal(canRun(refused), false);
    const again = await carla.say(`job ${jobOf(preview)}`);
    assert.match(cardText(again), /10 units short/);
    assert.deepEqual(await freeOf(talk, 10024), [{ free: free - 10, reserved: 0 }]);
    assert.equal(await unitsOf(talk.db, '10024/1', 'mia@contoso.example'), 0);
  });

  test('pressed twice, also at once, it runs once', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet([['ola@contoso.example', 2]])]);
    const title = runButton(preview);

    const answers = await Promise.all(Array.from({ length: 4 }, () => carla.press(preview, title)));
    await talk.waitForPost(isEndOf(jobOf(preview)));
    const late = await carla.press(preview, title);

    assert.deepEqual(new Set([...answers, late].map(({ text }) => text)).size, 1);
    assert.equal(await unitsOf(talk.db, '10024/1', 'ola@contoso.example'), 2);
    assert.equal(talk.posts.filter(isEndOf(jobOf(preview))).length, 1);
  });

  test('of two looks at one preview, only one can be run', async () => {
    const [carla, nora] = [talk.as('carla'), talk.as('nora')];
    const preview = await carla.say('bulk 10024/1', [sheet([['pia@contoso.example', 1]])]);
    const other = await nora.say(`job ${jobOf(preview)}`);

    const answers = await Promise.all([
      carla.press(preview, runButton(preview)),
      nora.press(other, runButton(other)),
    ]);
    await talk.waitForPost(isEndOf(jobOf(preview)));

    const texts = answers.map(({ text }) => text);
    assert.equal(texts.filter((text) => /0 of 1 rows done/.test(text)).length, 1, texts.join(' | '));
    assert.equal(texts.filter((text) => /was run before/.test(text)).length, 1, texts.join(' | '));
    assert.equal(await unitsOf(talk.db, '10024/1', 'pia@contoso.example'), 1);
  });

  test('while it waits and runs, its units are not free for others', async () => {
    const carla = talk.as('carla');
    const { release } = await hold(talk.db);
    const [{ free = 0 } = {}] = await freeOf(talk, 10024);
    const preview = await carla.say('bulk 10024/1', [sheet([['qi@contoso.example', free - 1]])]);
    await carla.press(preview, runButton(preview));

    const others = await talk.as('nora').say('associate 10024/1 rob@contoso.example 2');
    assert.match(others.text, /1 unit is free; this needs 2/);
    assert.match((await talk.as('nora').say('free 10024/1')).text, /: 1 of 2,000 units free/);
    assert.match((await carla.say('jobs')).text, new RegExp(`Job ${jobOf(preview)}: .*running`));
    assert.match((await carla.say(`job ${jobOf(preview)} report`)).text, /has no report yet/);

    await release();
    await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.deepEqual(await freeOf(talk, 10024), [{ free: 1, reserved: 0 }]);
  });

  test('the same file again is noticed, with the job that ran it', async () => {
    const carla = talk.as('carla');
    const attachment = sheet([['sam@contoso.example', 1]]);
    const unwarned = await carla.say('bulk 10023/1', [attachment]);
    assert.doesNotMatch(cardText(unwarned), /same file/);
    await carla.press(unwarned, runButton(unwarned));
    await talk.waitForPost(isEndOf(jobOf(unwarned)));

    const warned = await carla.say('bulk 10023/1', [attachment]);

    assert.match(cardText(warned), new RegExp(`sent the same file on .*, as job ${jobOf(unwarned)}\\.`));
    assert.ok(runButton(warned));
  });
});

function freeOf(talk: Talk, order: number) {
  return talk.db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .select((eb) => [
      eb('s.units', '-', eb('s.associated', '+', eb.ref('s.reserved'))).as('free'),
      's.reserved',
    ])
    .where('o.number', '=', order)
    .execute();
}
