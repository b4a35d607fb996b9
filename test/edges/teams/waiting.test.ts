/** What is shown to who waits for an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import type { Call } from './connector.ts';
import { openClock } from './hurry.ts';
import { BOT, inChannel, openTalk, pressed, reply } from './talk.ts';

type Options = NonNullable<Parameters<typeof openTalk>[1]>;

const THREAD = '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities';
const WORKING = 'Working on it …';
const shape = ({ method, targeted, body }: Call) => [method, targeted, body.text];
const isSaying = (text: string) => (call: Call) => call.body.text === text;
const isTyping = ({ body }: Call) => body.type === 'typing';
const written = ({ method }: Call) => method !== 'GET';

/** In a channel, by who waits longer than a moment; the bot answers once it has said that it is at work. */
async function openSlow(t: Parameters<typeof openTalk>[0], options: Options = {}) {
  const { timing, ...rest } = options;
  const talk = await openTalk(t, {
    targeted: true,
    forms: formsInMemory(),
    timing: { typingAfterMs: 1, ...timing },
    ...rest,
  });
  const answer = (given: ReturnType<typeof reply>) =>
    talk.bot(async (_, respond) => {
      await talk.connector.call(isSaying(WORKING));
      return respond(given);
    });
  return { ...talk, answer };
}

test('nobody is seen typing in a channel: a message says it to who asked, and becomes the answer', async (t) => {
  const talk = await openSlow(t);
  talk.answer(reply({ audience: 'asker' }));

  await talk.send({ ...inChannel, text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', true, WORKING],
    ['PUT', true, 'Three orders.'],
  ]);
  assert.equal(talk.connector.messages()[1]?.path, `${THREAD}/${talk.sent[0]?.message}`);
});

test('an answer for everybody is posted, and the message about it goes away', async (t) => {
  const talk = await openSlow(t);
  talk.answer(reply());

  await talk.send({ ...inChannel, text: 'orders' });
  await talk.settled();

  assert.deepEqual(talk.connector.calls.filter(written).map(shape), [
    ['POST', true, WORKING],
    ['POST', false, 'Three orders.'],
    ['DELETE', true, undefined],
  ]);
});

test('where everybody sees everything the message becomes the answer for everybody', async (t) => {
  const talk = await openSlow(t, { targeted: false });
  talk.answer(reply());

  await talk.send({ ...inChannel, text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', false, WORKING],
    ['PUT', false, 'Three orders.'],
  ]);
});

test('or says where the answer is', async (t) => {
  const talk = await openSlow(t, { targeted: false });
  talk.answer(reply({ audience: 'asker' }));

  await talk.send({ ...inChannel, text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', false, WORKING],
    ['POST', false, 'Three orders.'],
    ['PUT', false, "I've sent you the answer privately."],
  ]);
  assert.match(String(talk.connector.messages()[1]?.path), /a:with-29:alice/);
});

test('what was answered before leaves nothing behind', async (t) => {
  const talk = await openSlow(t);
  talk.bot(async () => void (await talk.connector.call(isSaying(WORKING))));

  await talk.send({ ...inChannel, text: 'orders' });
  await talk.settled();

  assert.deepEqual(talk.connector.calls.filter(written).map(shape), [
    ['POST', true, WORKING],
    ['DELETE', true, undefined],
  ]);
});

test('an answer that took the place of the pressed card leaves nothing else behind', async (t) => {
  const talk = await openSlow(t);
  talk.answer(reply({ position: 'instead' }));

  await talk.send({ ...inChannel, replyToId: '1650', value: { verb: 'associate' } });
  await talk.settled();

  assert.deepEqual(talk.connector.calls.filter(written).map(shape), [
    ['POST', true, WORKING],
    ['PUT', false, 'Three orders.'],
    ['DELETE', true, undefined],
  ]);
});

test('who asked behind a slash in a group chat waits without anybody seeing it', async (t) => {
  const talk = await openSlow(t);
  talk.answer(reply());
  const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true };

  await talk.send({ conversation, recipient: { ...BOT, isTargeted: true }, text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', true, WORKING],
    ['PUT', true, 'Three orders.'],
  ]);
  assert.equal(talk.connector.calls.some(isTyping), false);
});

test('the bot is seen typing for as long as it is at work', async (t) => {
  const { due, after } = openClock();
  const talk = await openTalk(t, { timing: { after, typingAfterMs: 1, typingAgainMs: 2 } });
  talk.bot(async (_, respond) => {
    for (const pause of [1, 2, 2]) {
      const [next, ...more] = [...due];
      assert.deepEqual([next?.milliseconds, more], [pause, []]);
      const typed = talk.connector.next();
      next?.run();
      await typed;
    }
    return respond(reply());
  });

  await talk.send({ text: 'orders' });
  await talk.settled();

  assert.equal(talk.connector.calls.filter(isTyping).length, 3);
  assert.equal(talk.sent.length, 1);
  assert.equal(due.size, 0);
});

test('an answer that is ready does not wait for the message about it, which goes away when it lands', async (t) => {
  const talk = await openSlow(t, { timing: { heldWithinMs: 1 } });
  const release = talk.connector.hold(isSaying(WORKING));
  const asked = talk.connector.hear(isSaying(WORKING));
  talk.bot(async (_, respond) => {
    await asked;
    return respond(reply({ audience: 'asker' }));
  });

  const answer = await talk.send({ ...inChannel, text: 'orders' });

  assert.equal(answer.status, 200);
  assert.deepEqual(talk.connector.messages().map(shape), [['POST', true, 'Three orders.']]);
  release();
  await talk.connector.call(({ method }) => method === 'DELETE');
  assert.deepEqual(talk.connector.calls.filter(written).map(shape), [
    ['POST', true, 'Three orders.'],
    ['POST', true, WORKING],
    ['DELETE', true, undefined],
  ]);
});

test('nor does it wait until Teams would take that message', async (t) => {
  const talk = await openSlow(t);
  talk.connector.fail(isSaying(WORKING), { status: 429, headers: { 'retry-after': '3' } });
  talk.answer(reply({ audience: 'asker' }));

  await talk.send({ ...inChannel, text: 'orders' });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['POST', true, WORKING],
    ['POST', true, 'Three orders.'],
  ]);
});

for (const targeted of [true, false]) {
  test(`somebody may delete the message ${targeted ? 'for one person' : 'for all'} meanwhile: the answer is posted`, async (t) => {
    const talk = await openSlow(t, { targeted });
    talk.answer(reply(targeted ? { audience: 'asker' } : {}));
    talk.connector.fail(({ method }) => method === 'PUT', { status: 404 });

    await talk.send({ ...inChannel, text: 'orders' });
    await talk.settled();

    assert.deepEqual(talk.connector.messages().map(shape), [
      ['POST', targeted, WORKING],
      ['PUT', targeted, 'Three orders.'],
      ['POST', targeted, 'Three orders.'],
    ]);
    assert.equal(talk.sent.length, 1);
  });
}

test('Teams is answered in time, and the person sees it, also while it does not say who they are', async (t) => {
  const talk = await openTalk(t, { timing: { typingAfterMs: 1, answerWithinMs: 1 } });
  const release = talk.connector.hold(({ path }) => path.includes('/members/'));

  const [message, press] = await Promise.all([
    talk.send({ text: 'orders' }),
    talk.send({ ...pressed('say', { text: 'orders' }) }),
    talk.connector.call(isTyping),
  ]);

  assert.equal(talk.heard.length, 0);
  assert.equal(message.status, 200);
  assert.match(JSON.stringify(press.body), new RegExp(WORKING));
  release();
  await talk.settled();
  assert.equal(talk.heard.length, 2);
});

test('an answer to a press that took long comes into the card for one person that was pressed', async (t) => {
  const talk = await openSlow(t, { timing: { typingAfterMs: 10_000, answerWithinMs: 1 } });
  const card: Card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'Done', wrap: true }],
  };
  const { promise: teamsWasAnswered, resolve } = Promise.withResolvers<void>();
  talk.bot((_, respond) => respond(reply({ audience: 'asker', card })));
  await talk.send({ ...inChannel, text: 'orders' });
  await talk.settled();
  const message = talk.sent[0]?.message ?? '';
  talk.bot(async (_, respond) => {
    await teamsWasAnswered;
    return respond(reply({ audience: 'asker', card, position: 'instead' }));
  });

  const answer = await talk.send({ ...inChannel, ...pressed('associate', {}), replyToId: message });
  resolve();
  await talk.settled();

  assert.match(JSON.stringify(answer.body), new RegExp(WORKING));
  const put = talk.connector.calls.find(({ method }) => method === 'PUT');
  assert.deepEqual([put?.path, put?.targeted], [`${THREAD}/${message}`, true]);
});

test('an answer for everybody whose thread is gone starts one', async (t) => {
  const talk = await openTalk(t);
  talk.connector.fail(({ path }) => path === THREAD, {
    status: 404,
    body: { error: { code: 'ActivityNotFoundInConversation' } },
  });

  await talk.send({ ...inChannel, text: 'orders' });

  assert.deepEqual(
    talk.connector.calls.filter(({ method }) => method === 'POST').map(({ path }) => path),
    [THREAD, '/v3/conversations'],
  );
});
