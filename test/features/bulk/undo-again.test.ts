/** Jobs that are taken back where the first try was stopped, where limits have changed, or by who ran them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  cardText,
  hold,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  runSheet,
  sheet,
  unitsOf,
  users,
} from './support.ts';

onBothEngines('taking back', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  const stateOf = async (id: number) => {
    const job = await talk.db
      .selectFrom('jobs')
      .select(['state', 'undo_of'])
      .where('id', '=', id)
      .executeTakeFirst();
    return job?.state;
  };

  test('can be stopped, tells of every user, and can be begun once more', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet(users(3)));
    const job = jobOf(end.reply);
    const { release } = await hold(talk.db);
    const stopped = jobOf(await carla.press(end.reply, 'Undo'));
    assert.match((await carla.say(`job ${job} undo`)).text, /undone before|takes it back already/);
    await carla.say(`job ${stopped} cancel`);
    await release();
    const first = await talk.waitForPost(isEndOf(stopped));

    assert.match(first.reply.text, /: 0 done, 0 failed, 3 skipped of 3 rows/);
    assert.equal(await stateOf(stopped), 'cancelled');
    const { Result: [, ...rows] = [] } = await openBook(talk, first.reply.files?.[0]);
    assert.deepEqual(
      rows.map(([user, , status]) => [user, status]),
      [1, 2, 3].map((number) => [`user${number}@contoso.example`, 'Skipped']),
    );
    assert.equal(await unitsOf(talk.db, '10024/1', 'user1@contoso.example'), 1);

    const again = jobOf(await carla.say(`job ${job} undo`));
    assert.notEqual(again, stopped);
    const second = await talk.waitForPost(isEndOf(again));
    assert.match(second.reply.text, new RegExp(`taking back job ${job}: 3 done, 0 failed, 0 skipped of 3`));
    assert.equal(await stateOf(again), 'done');
    assert.equal(await unitsOf(talk.db, '10024/1', 'user1@contoso.example'), 0);
    assert.match((await carla.say(`job ${job} undo`)).text, /undone before/);
  });

  test('a release says where a user may not have as much any more', async () => {
    const carla = talk.as('carla');
    const rows = [['alice@contoso.example'], ['bob@contoso.example']];
    const end = await runSheet(talk, carla, 'release 10023/1', sheet(rows));
    assert.match(end.reply.text, /: 2 done/);
    const { product_id } = await talk.db
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select('s.product_id')
      .where('o.number', '=', 10023)
      .where('s.position', '=', 1)
      .executeTakeFirstOrThrow();
    const setMost = (max_units_per_user: number | null) =>
      talk.db.updateTable('products').set({ max_units_per_user }).where('id', '=', product_id).execute();
    await setMost(1);
    const undone = await talk.waitForPost(isEndOf(jobOf(await carla.press(end.reply, 'Undo'))));
    await setMost(null);

    assert.match(undone.reply.text, /: 1 done, 1 failed, 0 skipped of 2 rows/);
    assert.match(
      cardText(undone.reply),
      /One user can hold 1 of 10023\/1 by now; alice@contoso\.example had more\./,
    );
    assert.equal(await unitsOf(talk.db, '10023/1', 'alice@contoso.example'), 0);
    assert.equal(await unitsOf(talk.db, '10023/1', 'bob@contoso.example'), 1);
  });

  test('is for who pressed Run, not for who sent the sheet', async () => {
    // Arjun is no admin: he may undo only what he did himself.
    const [sender, runner] = [talk.as('carla'), talk.as('arjun')];
    const sent = await sender.say('bulk 10024/1', [sheet(users(2, 50))]);
    const job = jobOf(sent);
    const shown = await runner.say(`job ${job}`);
    await runner.press(shown, runButton(shown));
    const end = await talk.waitForPost(isEndOf(job));

    assert.equal(end.place.conversation, 'personal:arjun');
    assert.match(cardText(end.reply), /Arjun/);
    assert.doesNotMatch(cardText(end.reply), /Carla/);
    const history = (await sender.say('history 10024')).text;
    assert.match(history, new RegExp(`Arjun[^\n]*: Job ${job}: `));
    const undone = jobOf(await runner.press(end.reply, 'Undo'));
    assert.match((await talk.waitForPost(isEndOf(undone))).reply.text, /: 2 done/);
  });
});
