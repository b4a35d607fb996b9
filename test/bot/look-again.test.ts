/** Cards that are drawn anew before the eyes of one person: nothing is said, done or noted by it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../src/chat/reply.ts';
import { buttons, shown } from '../chat/reading.ts';
import { addWaiting } from '../features/approvals/support.ts';
import { isEndOf, jobOf, runButton, sheet, users } from '../features/bulk/support.ts';
import { onBothEngines } from '../support/database.ts';
import { channel, openTalk, type Talk } from '../support/talk.ts';

const refreshing = (verb: string, data: Record<string, string | number> = {}): Reply => ({
  text: 'Card',
  audience: 'everyone',
  position: 'below',
  card: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [],
    refresh: { verb, data },
  },
});

onBothEngines('a card that is looked at', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const noted = async () => ({
    requests: await talk.db.selectFrom('requests').selectAll().orderBy('key').execute(),
    places: await talk.db.selectFrom('places').selectAll().execute(),
    chats: await talk.db.selectFrom('personal_chats').selectAll().execute(),
    sent: await talk.db.selectFrom('sent_messages').selectAll().orderBy('name').execute(),
    history: await talk.db.selectFrom('history').select('id').orderBy('id').execute(),
  });

  test('a job: how far it is, to those who may see it', async () => {
    const carla = talk.as('carla', channel('licences'));
    const running = await carla.press(
      ...(await carla
        .say('bulk 10024/1', [sheet(users(2))])
        .then((preview) => [preview, runButton(preview)] as const)),
    );
    const job = jobOf(running);
    await talk.waitForPost(isEndOf(job));
    const now = await carla.look(running);
    assert.match(now ? shown(now) : '', /Job \d+ is done/);
    assert.deepEqual([now?.audience, now?.position, now?.track], ['asker', 'instead', undefined]);
    assert.equal(now?.card?.refresh, undefined);
    assert.ok(await talk.as('nora').look(running));
    assert.equal(await talk.as('chris', channel('licences')).look(running), undefined);
    assert.equal(await talk.as('stranger', channel('licences')).look(running), undefined);
    assert.equal(await carla.look(running, { job: 2 ** 40 }), undefined);
  });

  test('an order: how far it is, to those who may see it, without the buttons they may not press', async () => {
    const order = await addWaiting(talk);
    const card = refreshing('execution.look', { order: order.word });
    const carla = await talk.as('carla').look(card);
    assert.match(carla ? shown(carla) : '', /waits for approval by Northwind Partners/);
    assert.deepEqual(carla && buttons(carla), ['Withdraw', 'Order', 'History']);
    // Also where others read along: what is drawn anew nobody else sees.
    for (const place of [undefined, channel('licences')]) {
      const chris = await talk.as('chris', place).look(card);
      assert.deepEqual(chris && buttons(chris), ['Order', 'History']);
    }
    const theirs = await addWaiting(talk, { of: 'Fabrikam', by: 'arjun' });
    assert.equal(
      await talk.as('carla').look(refreshing('execution.look', { order: theirs.word })),
      undefined,
    );
    assert.equal(await talk.as('carla').look(refreshing('execution.look', { order: '99999' })), undefined);
  });

  test('nothing is noted of it: neither a place nor a request, and it may be asked for again at once', async () => {
    const order = await addWaiting(talk);
    const card = refreshing('execution.look', { order: order.word });
    const before = await noted();
    const elsewhere = talk.as('carla', channel('never heard of'));
    for (let time = 0; time < 3; time++) assert.ok(await elsewhere.look(card));
    assert.deepEqual(await noted(), before);
  });

  test('what is no look is not carried out: no button, no command', async () => {
    const order = await addWaiting(talk);
    const before = await noted();
    for (const card of [
      refreshing('approvals.approve', { order: order.word, asked: '' }),
      refreshing('say', { text: `approve ${order.word}` }),
      refreshing('share', {}),
      refreshing('nothing of the kind'),
      refreshing('toString'),
    ])
      assert.equal(await talk.as('nora').look(card), undefined);
    assert.deepEqual(await noted(), before);
  });

  test('values that do not fit leave the card as it is', async () => {
    assert.equal(await talk.as('carla').look(refreshing('execution.look', { order: 7 })), undefined);
  });

  test('and a look is no button', async () => {
    const order = await addWaiting(talk);
    const reply = await talk.as('nora').submit('execution.look', { order: order.word });
    assert.match(reply.text, /does not fit any more/);
  });
});
