import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  buttons,
  canRun,
  cardText,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  runData,
  runSheet,
  sheet,
  unitsOf,
  users,
} from './support.ts';

onBothEngines('the plan of a sheet', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('is refused where what a row rests on has changed, and shown as it is now', async () => {
    const carla = talk.as('carla');
    const rows = [
      ['dora@contoso.example', 1],
      ['emil@contoso.example', 1],
    ];
    const preview = await carla.say('bulk 10023/2', [sheet(rows)]);
    await carla.say('associate 10023/2 dora@contoso.example');

    const refused = await carla.press(preview, 'Run 2 valid rows');

    assert.match(refused.text, /^Since the preview things have changed\. 1 row that could be carried out/);
    assert.match(cardText(refused), /B1: dora@contoso\.example would have 2; one user can hold 1\./);
    assert.equal(await unitsOf(talk.db, '10023/2', 'emil@contoso.example'), 0);
    await assertSums(talk.db);

    const stale = await carla.submit('bulk.run', { ...runData(preview), once: 'another press' });
    assert.match(stale.text, /has changed since this card/);

    await carla.press(refused, 'Run 1 valid row');
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(end.reply.text, /1 done, 0 failed, 1 skipped of 2 rows/);
  });

  test('stands where others changed what it does not rest on', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet(users(3))]);
    await carla.say('associate 10024/1 someone@contoso.example');
    await carla.press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(end.reply.text, /3 done/);
  });

  test('runs all or nothing where that is asked for', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet([...users(2, 50), ['no address', 1]])]);
    assert.deepEqual(buttons(preview).slice(0, 2), ['Run 2 valid rows', 'Run only if all are valid']);

    const refused = await carla.press(preview, 'Run only if all are valid');

    assert.match(refused.text, /^1 of 3 rows can’t be carried out, so nothing was run\./);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user50@contoso.example'), 0);
    assert.equal(canRun(refused), true);
  });

  test('that was incomplete runs as a whole once everything it needs is there', async () => {
    const carla = talk.as('carla');
    const rows = [
      ['hugo@contoso.example', 1],
      ['carol@contoso.example', 1],
    ];
    const preview = await carla.say('bulk 10023/2', [sheet(rows)]);
    assert.match(preview.text, /1 of 2 rows are valid/);
    await carla.say('release 10023/2 carol@contoso.example');

    const shown = await carla.press(preview, 'Run only if all are valid');
    assert.match(shown.text, /1 row more can be carried out now|1 row more|2 of 2 rows are valid/);
    await carla.press(shown, 'Run 2 valid rows');

    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(end.reply.text, /2 done, 0 failed/);
    await assertSums(talk.db);
  });

  test('says every problem in a workbook', async () => {
    const carla = talk.as('carla');
    const rows = Array.from({ length: 30 }, (_, index) => [`nobody ${index}`, 1]);
    const preview = await carla.say('bulk 10024/1', [sheet([...users(1, 60), ...rows])]);

    const list = await carla.press(preview, 'All problems');

    const { Problems: [head, ...all] = [] } = await openBook(talk, list.files?.[0]);
    assert.deepEqual(head?.slice(0, 4), ['Row', 'What', 'Why', 'A']);
    assert.equal(all.length, 30);
    assert.deepEqual(all[29]?.slice(0, 4), [
      '31',
      'Not valid',
      'A31: “nobody 29” is not an e-mail address.',
      'nobody 29',
    ]);
  });

  test('of the same file is noticed', async () => {
    const carla = talk.as('carla');
    const attached = sheet(users(2, 70));
    const first = await runSheet(talk, carla, '10024/1', attached);
    const again = await carla.say('bulk 10024/1', [attached]);
    assert.match(cardText(again), new RegExp(`sent the same file on .*, as job ${jobOf(first.reply)}\\.`));
  });

  test('of a file that is previewed twice runs once, and then says so', async () => {
    const carla = talk.as('carla');
    const attached = sheet(users(2, 90));
    const [one, other] = [
      await carla.say('bulk 10024/1', [attached]),
      await carla.say('bulk 10024/1', [attached]),
    ];
    await carla.press(one, runButton(one));
    await talk.waitForPost(isEndOf(jobOf(one)));

    const refused = await carla.press(other, runButton(other));

    assert.match(
      refused.text,
      new RegExp(`^The same file was run meanwhile, as job ${jobOf(one)}, so nothing`),
    );
    assert.match(cardText(refused), /sent the same file on/);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user90@contoso.example'), 1);
    await carla.press(refused, runButton(refused));
    await talk.waitForPost(isEndOf(jobOf(other)));
    assert.equal(await unitsOf(talk.db, '10024/1', 'user90@contoso.example'), 2);
  });

  test('that nobody ran is forgotten after a week', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet(users(2, 80))]);
    const week = 8 * 24 * 60 * 60 * 1000;
    talk.setTime(new Date(Date.now() + week).toISOString());
    await talk.jobs.enqueue(talk.db, 'bulk.resume', {});
    const kept = () =>
      talk.db.selectFrom('job_chunks').select('chunk').where('job_id', '=', jobOf(preview)).execute();
    while ((await kept()).length > 0) await new Promise((resolve) => setImmediate(resolve));
    const late = await carla.press(preview, runButton(preview));
    assert.match(late.text, /was cancelled, or waited too long/);
  });
});
