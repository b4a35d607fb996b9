/** Buttons of cards that one person of a conversation alone sees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import { cardIn } from './connector.ts';
import { inChannel, type openTalk, pressed, reply } from './talk.ts';
import { card, forAsker, isTargeted, openTargeted, shape, THREAD, toBotAlone } from './targeted.ts';

type Talk = Awaited<ReturnType<typeof openTalk>>;

const NOTE = 'application/vnd.microsoft.activity.message';
const CARD = 'application/vnd.microsoft.card.adaptive';
const note = (value: string) => ({ statusCode: 200, type: NOTE, value });

/** A card that only Alice sees; gives the id of its message. */
async function cardForAlice(talk: Talk, activity: object = inChannel): Promise<string> {
  talk.bot((_, respond) => respond(forAsker));
  await talk.send({ ...activity, text: 'orders' });
  await talk.settled();
  talk.connector.calls.length = 0;
  return talk.sent.at(-1)?.message ?? '';
}

test('a button of a card for one person changes that card, for them', async (t) => {
  const talk = await openTargeted(t);
  const message = await cardForAlice(talk);
  const next: Card = { ...card, body: [{ type: 'TextBlock', text: 'Page 2', wrap: true }] };
  talk.bot((_, respond) => respond({ ...forAsker, card: next, position: 'instead' }));

  const answer = await talk.send({ ...inChannel, ...pressed('say', {}), replyToId: message });

  const [put, ...more] = talk.connector.messages();
  assert.deepEqual(put && shape(put), ['PUT', `${THREAD}/${message}`, true]);
  assert.equal(more.length, 0);
  const { type, value } = answer.body as { type: string; value: unknown };
  assert.equal(type, CARD);
  assert.deepEqual(value, put && cardIn(put));
  assert.equal(talk.heard.at(-1)?.alone, undefined);
});

test('a button of a card that was asked for behind a slash is answered alone too', async (t) => {
  const talk = await openTargeted(t);
  const message = await cardForAlice(talk, toBotAlone);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));

  await talk.send({ ...inChannel, ...pressed('say', {}), replyToId: message });
  await talk.send({ ...inChannel, ...pressed('say', {}), id: 'f:press-2', replyToId: message });

  assert.deepEqual(
    talk.heard.map(({ alone }) => alone),
    [true, true, true],
  );
});

for (const [how, press] of [
  ['pressed', pressed('say', {})],
  ['pressed where buttons are messages', { type: 'message', id: '77', text: '', value: { verb: 'say' } }],
] as const) {
  test(`who ${how} on a card that nobody saw them ask for is not named before all for being answered elsewhere`, async (t) => {
    const talk = await openTargeted(t, { timing: { answerWithinMs: how === 'pressed' ? 1 : 10_000 } });
    const message = await cardForAlice(talk, toBotAlone);
    const { promise: inTime, resolve } = Promise.withResolvers<void>();
    talk.bot(async (_, respond) => {
      if (how === 'pressed') await inTime;
      return respond(forAsker);
    });
    for (let count = 0; count < 3; count += 1) talk.connector.fail(isTargeted, { status: 403 });

    await talk.send({ ...inChannel, ...press, replyToId: message });
    resolve();
    await talk.settled();

    const arrived = talk.connector.messages().filter(({ targeted }) => !targeted);
    assert.deepEqual(arrived.map(shape), [['POST', '/v3/conversations/a:with-29:alice/activities', false]]);
  });
}

test('what is for one person never takes the place of a card that everybody sees', async (t) => {
  const talk = await openTargeted(t);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));

  const answer = await talk.send({ ...inChannel, ...pressed('say', {}) });

  assert.deepEqual(talk.connector.messages().map(shape), [['POST', THREAD, true]]);
  assert.deepEqual(answer.body, note(''));
});

test('nor of one that another person alone sees', async (t) => {
  const talk = await openTargeted(t);
  const message = await cardForAlice(talk);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));
  const bob = { id: '29:bob', name: 'Bob' };

  await talk.send({ ...inChannel, ...pressed('say', {}), from: bob, replyToId: message });

  const [post] = talk.connector.messages();
  assert.deepEqual(post && shape(post), ['POST', THREAD, true]);
  assert.deepEqual(post?.body.recipient, bob);
});

test('what becomes everybody’s is posted, and the card of the one goes away', async (t) => {
  const talk = await openTargeted(t);
  const message = await cardForAlice(talk);
  talk.bot((_, respond) => respond(reply({ card, position: 'instead' })));

  const answer = await talk.send({ ...inChannel, ...pressed('say', {}), replyToId: message });
  await talk.settled();

  const written = talk.connector.calls.filter(({ method }) => method !== 'GET');
  assert.deepEqual(written.map(shape), [
    ['POST', THREAD, false],
    ['DELETE', `${THREAD}/${message}`, true],
  ]);
  assert.deepEqual(answer.body, note(''));
});

test('what is shared stands below for everybody, and the card stays', async (t) => {
  const talk = await openTargeted(t);
  const message = await cardForAlice(talk, toBotAlone);
  talk.bot((_, respond) => respond(reply({ card })));

  await talk.send({ ...inChannel, ...pressed('share', {}), replyToId: message });
  await talk.settled();

  const written = talk.connector.calls.filter(({ method }) => method !== 'GET');
  assert.deepEqual(written.map(shape), [['POST', THREAD, false]]);
});

test('a card that Teams took away after its day is answered with another one', async (t) => {
  const day = 24 * 60 * 60 * 1_000;
  let now = 0;
  const talk = await openTargeted(t, { forms: formsInMemory(() => now) });
  const first = await cardForAlice(talk);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));

  talk.connector.fail(({ method }) => method === 'PUT', {
    status: 404,
    body: { error: { code: 'ActivityNotFoundInConversation' } },
  });
  await talk.send({ ...inChannel, ...pressed('say', {}), replyToId: first });
  now = day;
  await talk.send({ ...inChannel, ...pressed('say', {}), id: 'f:press-2', replyToId: first });

  assert.deepEqual(talk.connector.messages().map(shape), [
    ['PUT', `${THREAD}/${first}`, true],
    ['POST', THREAD, true],
    ['POST', THREAD, true],
  ]);
});

test('where nothing is remembered the answer comes all the same', async (t) => {
  const broken = { ...formsInMemory(), keep: () => Promise.reject(new Error('no database')) };
  const talk = await openTargeted(t, { forms: broken });

  const message = await cardForAlice(talk);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));
  await talk.send({ ...inChannel, ...pressed('say', {}), replyToId: message });

  assert.deepEqual(talk.connector.messages().map(shape), [['POST', THREAD, true]]);
});

test('Teams may say itself that only one person sees a card', async (t) => {
  const talk = await openTargeted(t, { forms: { ...formsInMemory(), find: async () => undefined } });
  const message = await cardForAlice(talk);
  talk.bot((_, respond) => respond({ ...forAsker, position: 'instead' }));

  await talk.send({ ...toBotAlone, ...pressed('say', {}), replyToId: message });

  assert.deepEqual(talk.connector.messages().map(shape), [['PUT', `${THREAD}/${message}`, true]]);
});
