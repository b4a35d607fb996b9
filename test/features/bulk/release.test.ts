import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  buttons,
  cardText,
  isEndOf,
  jobOf,
  runButton,
  runSheet,
  sheet,
  unitsOf,
  users,
} from './support.ts';

onBothEngines('a release sheet', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('takes back all that the users have, or so many units', async () => {
    const carla = talk.as('carla');
    await runSheet(talk, carla, '10024/1', sheet([...users(3), ['zoe@contoso.example', 5]]));

    const rows = [
      ['User name'],
      ['user1@contoso.example'],
      [' USER2@contoso.example '],
      ['zoe@contoso.example', 2],
    ];
    const preview = await carla.say('bulk release 10024/1', [sheet(rows)]);

    assert.match(preview.text, /^Job \d+: 3 of 3 rows are valid\. Nothing has been changed yet\.$/);
    assert.match(cardText(preview), /Release users from 10024\/1/);
    await carla.press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.match(end.reply.text, /3 done, 0 failed, 0 skipped of 3 rows/);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user1@contoso.example'), 0);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user2@contoso.example'), 0);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user3@contoso.example'), 1);
    assert.equal(await unitsOf(talk.db, '10024/1', 'zoe@contoso.example'), 3);
    await assertSums(talk.db);
  });

  test('names the cell of every row that cannot be taken back', async () => {
    const rows = [
      ['alice@contoso.example'],
      ['Alice@contoso.example'],
      ['nobody@contoso.example'],
      ['bob@contoso.example', 9],
      ['bob at contoso', 1],
      ['bob@contoso.example', 'one'],
    ];
    const preview = await talk.as('carla').say('bulk release 10023/1', [sheet(rows)]);
    assert.match(preview.text, /1 of 6 rows are valid/);
    const shown = cardText(preview);
    assert.match(shown, /A2: alice@contoso\.example is in row 1 already\./);
    assert.match(shown, /A3: nobody@contoso\.example has no units of 10023\/1\./);
    assert.match(shown, /B4: bob@contoso\.example has 1 of 10023\/1, not 9\./);
    assert.match(shown, /A5: “bob at contoso” is not an e-mail address\./);
    assert.match(shown, /B6: “one” is not a whole number greater than zero\./);
  });

  test('without a service offers those that users have units of', async () => {
    const question = await talk.as('carla').say('bulk release', [sheet([['carol@contoso.example']])]);
    assert.equal(question.text, 'Which service is this sheet for?');
    const choice = buttons(question).find((title) => title.startsWith('10023/2 ')) ?? '';
    const preview = await talk.as('carla').press(question, choice);
    assert.match(preview.text, /1 of 1 rows are valid/);
    assert.match(cardText(preview), /Release users from 10023\/2/);
  });

  test('asked for without a file, says what to send', async () => {
    const reply = await talk.as('carla').say('bulk release 10023/1');
    assert.equal(reply.text, 'Attach the sheet with the words: bulk release 10023/1');
    assert.match(cardText(reply), /Left empty: all that the user has/);
  });

  test('is taken back where units are still free and nothing has changed', async () => {
    const carla = talk.as('carla');
    const end = await runRelease(talk, '10023/2', [['alice@contoso.example'], ['carol@contoso.example']]);
    assert.equal(await unitsOf(talk.db, '10023/2', 'alice@contoso.example'), 0);
    await carla.say('associate 10023/2 alice@contoso.example');

    const started = await carla.press(end, 'Undo');
    const undone = await talk.waitForPost(isEndOf(jobOf(started)));

    assert.match(undone.reply.text, /taking back job \d+: 1 done, 1 failed, 0 skipped of 2 rows/);
    assert.match(
      cardText(undone.reply),
      /What alice@contoso\.example has of 10023\/2 has changed since: 1 now\./,
    );
    assert.equal(await unitsOf(talk.db, '10023/2', 'carol@contoso.example'), 1);
    await assertSums(talk.db);
  });

  test('is not taken back where the units are in use again', async () => {
    const carla = talk.as('carla');
    const end = await runRelease(talk, '10023/3', [['alice@contoso.example'], ['bob@contoso.example']]);
    await carla.say('associate 10023/3 new@contoso.example');
    const started = await carla.press(end, 'Undo');
    const undone = await talk.waitForPost(isEndOf(jobOf(started)));
    assert.match(undone.reply.text, /1 done, 1 failed/);
    assert.match(
      cardText(undone.reply),
      /The units are in use again: 0 of 10023\/3 are free, bob@contoso\.example had 1\./,
    );
    await assertSums(talk.db);
  });
});

async function runRelease(talk: Talk, service: string, rows: string[][]) {
  const carla = talk.as('carla');
  const preview = await carla.say(`bulk release ${service}`, [sheet(rows)]);
  await carla.press(preview, runButton(preview));
  return (await talk.waitForPost(isEndOf(jobOf(preview)))).reply;
}
