import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Talk } from '../../support/talk.ts';
import { assertSums, isEndOf, jobOf, openBook, runButton, runSheet, sheet, users } from './support.ts';

onBothEngines('the rows of a job that were not carried out', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const failing = () =>
    runSheet(
      talk,
      talk.as('carla'),
      '10023/2',
      sheet([
        ['User', 'Units'],
        ['dora@contoso.example', 1],
        ['carol@contoso.example', 1],
        ['no address', 1],
      ]),
    );

  test('come as a sheet that can be mended and sent again', async () => {
    const carla = talk.as('carla');
    const end = await failing();
    const job = jobOf(end.reply);

    const retry = await carla.say(`job ${job} retry`);

    assert.match(retry.text, new RegExp(`^2 rows of job ${job} to try again\\.`));
    const [made] = retry.files ?? [];
    const { Retry = [] } = await openBook(talk, made);
    assert.deepEqual(Retry, [
      ['User', 'Units'],
      ['carol@contoso.example', '1'],
      ['no address', '1'],
    ]);
    const kept = await talk.openFile(made?.id ?? '');
    assert.ok(kept);
    const preview = await carla.say('bulk 10023/2', [file('retry.xlsx', kept.bytes)]);
    assert.match(preview.text, /0 of 2 rows are valid/);
  });

  test('are checked again as they are: what was wrong may be gone', async () => {
    const carla = talk.as('carla');
    await carla.say('release 10023/2 dora@contoso.example');
    const end = await failing();
    const retry = await carla.say(`job ${jobOf(end.reply)} retry`);
    await carla.say('release 10023/2 carol@contoso.example');

    const preview = await carla.press(retry, 'Check these rows again');

    assert.match(preview.text, /1 of 2 rows are valid; 1 unit needed/);
    await carla.press(preview, runButton(preview));
    const again = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(again.reply.text, /1 done, 0 failed, 1 skipped of 2 rows/);
    await assertSums(talk.db);
  });

  test('are none where all were', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet(users(2)));
    const reply = await carla.say(`job ${jobOf(end.reply)} retry`);
    assert.match(reply.text, /has no rows to try again/);
  });
});
