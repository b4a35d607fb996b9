import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Post, settings, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  cardText,
  isEndOf,
  jobOf,
  openBook,
  runSheet,
  sheet,
  unitsOf,
  users,
} from './support.ts';

settings.bulkBatchRows = 4;

onBothEngines('a job that is taken back', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const undo = async (end: Post): Promise<Post> => {
    const started = await talk.as('carla').press(end.reply, 'Undo');
    return talk.waitForPost(isEndOf(jobOf(started)));
  };

  test('gives back every unit, and removes the users it made', async () => {
    const carla = talk.as('carla');
    await carla.say('associate 10024/1 alice@contoso.example 2');
    const rows = [...users(9), ['alice@contoso.example', 1], ['user1@contoso.example', 4], ['no address', 1]];
    const end = await runSheet(talk, carla, '10024/1', sheet(rows));
    const job = jobOf(end.reply);

    const undone = await undo(end);

    assert.match(
      undone.reply.text,
      new RegExp(`taking back job ${job}: 10 done, 0 failed, 0 skipped of 10 rows`),
    );
    assert.equal(await unitsOf(talk.db, '10024/1', 'alice@contoso.example'), 2);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user1@contoso.example'), 0);
    assert.match((await carla.say('user user1@contoso.example')).text, /has no user/);
    assert.match((await carla.say('free 10024/1')).text, /1,998 of 2,000 units free/);
    await assertSums(talk.db);
  });

  test('names the users whose units have moved on, and leaves them alone', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet(users(6, 100)));
    await carla.say('associate 10024/1 user100@contoso.example 2');
    await carla.say('release 10024/1 user101@contoso.example');

    const undone = await undo(end);

    assert.match(undone.reply.text, /4 done, 2 failed, 0 skipped of 6 rows/);
    const shown = cardText(undone.reply);
    assert.match(shown, /What user100@contoso\.example has of 10024\/1 has changed since: 3 now\./);
    assert.match(shown, /What user101@contoso\.example has of 10024\/1 has changed since: 0 now\./);
    const { Result: [head, ...rows] = [] } = await openBook(talk, undone.reply.files?.[0]);
    assert.deepEqual(head, ['User name', 'Units', 'Status', 'Reason']);
    assert.deepEqual(
      rows.map(([user, , status]) => [user, status]),
      [
        ['user100@contoso.example', 'Failed'],
        ['user101@contoso.example', 'Failed'],
        ...[102, 103, 104, 105].map((number) => [`user${number}@contoso.example`, 'Done']),
      ],
    );
    assert.equal(await unitsOf(talk.db, '10024/1', 'user100@contoso.example'), 3);
    await assertSums(talk.db);
  });

  test('is taken back once, by the command too', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet(users(2, 200)));
    const job = jobOf(end.reply);
    const started = await carla.say(`job ${job} undo`);
    await talk.waitForPost(isEndOf(jobOf(started)));

    const again = await carla.press(end.reply, 'Undo');
    assert.match(again.text, /It was undone before\./);
    const undoOfUndo = await carla.say(`job ${jobOf(started)} undo`);
    assert.match(undoOfUndo.text, /took back job \d+\. Send the sheet again/);
    await assertSums(talk.db);
  });

  test('by who may only: ten minutes long, and an admin or who ran it', async () => {
    const end = await runSheet(talk, talk.as('carla'), '10024/1', sheet(users(2, 300)));
    const job = jobOf(end.reply);
    assert.match((await talk.as('arjun').say(`job ${job} undo`)).text, /Only who did it, or an admin/);
    assert.match((await talk.as('chris').say(`job ${job} undo`)).text, /not|may/i);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user300@contoso.example'), 1);

    talk.setTime(new Date(Date.now() + 11 * 60_000).toISOString());
    const late = await talk.as('carla').say(`job ${job} undo`);
    assert.match(late.text, /more than 10 minutes ago/);
    assert.equal(await unitsOf(talk.db, '10024/1', 'user300@contoso.example'), 1);
  });

  test('a job that is still a preview or has changed nothing is not', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet(users(1, 400))]);
    const reply = await carla.say(`job ${jobOf(preview)} undo`);
    assert.match(reply.text, /has not ended yet/);
  });
});
