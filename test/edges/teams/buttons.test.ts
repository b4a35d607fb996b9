import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { cardIn } from './connector.ts';
import { inChannel, openTalk, pressed, reply } from './talk.ts';

const NOTE = 'application/vnd.microsoft.activity.message';
const CARD = 'application/vnd.microsoft.card.adaptive';
const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Done', wrap: true }],
};
const shown = { ...card, msteams: { width: 'Full' } };
const note = (value: string) => ({ statusCode: 200, type: NOTE, value });

test('a pressed button reaches the bot with its verb, its data and the inputs', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ ...inChannel, ...pressed('associate', { order: '10023', units: '2' }) });

  const [inbound] = talk.heard;
  assert.ok(inbound?.kind === 'submit');
  assert.equal(inbound.id, 'f:press-1');
  assert.equal(inbound.verb, 'associate');
  assert.deepEqual(inbound.values, { order: '10023', units: '2' });
  assert.equal(inbound.message, '1650');
  assert.equal(inbound.person.email, 'alice@contoso.example');
});

test('an answer instead of the card changes it for everyone and for the one who pressed', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card, position: 'instead' })));

  const answer = await talk.send({ ...inChannel, ...pressed('associate', {}) });

  assert.deepEqual(answer, { status: 200, body: { statusCode: 200, type: CARD, value: shown } });
  const [update, ...more] = talk.connector.messages();
  assert.equal(update?.method, 'PUT');
  assert.equal(update?.path, '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities/1650');
  assert.deepEqual(update && cardIn(update), shown);
  assert.equal(update?.body.recipient, undefined);
  assert.equal(more.length, 0);
  assert.equal(talk.sent[0]?.message, '1650');
});

test('an answer below is a new message, and the press is answered without words', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card })));

  const answer = await talk.send(pressed('say', { text: 'orders' }));

  assert.deepEqual(answer, { status: 200, body: note('') });
  assert.deepEqual(
    talk.connector.messages().map(({ method }) => method),
    ['POST'],
  );
});

test('where the card can no longer be changed the answer comes below it', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card, position: 'instead' })));
  talk.connector.fail(({ method }) => method === 'PUT', {
    status: 404,
    body: { error: { code: 'NotFound' } },
  });

  const answer = await talk.send(pressed('associate', {}));

  assert.deepEqual(answer.body, note(''));
  assert.deepEqual(
    talk.connector.messages().map(({ method }) => method),
    ['PUT', 'POST'],
  );
});

test('who presses for a long answer reads that it is being worked on, then sees the card change', async (t) => {
  const talk = await openTalk(t, { timing: { answerWithinMs: 1 } });
  const { promise: teamsWasAnswered, resolve } = Promise.withResolvers<void>();
  talk.bot(async (_, respond) => {
    await teamsWasAnswered;
    return respond(reply({ card, position: 'instead' }));
  });

  const answer = await talk.send(pressed('associate', {}));
  resolve();

  assert.deepEqual(answer.body, note('Working on it …'));
  const update = await talk.connector.call(({ method }) => method === 'PUT');
  assert.deepEqual(cardIn(update), shown);
});

test('a private answer to a press leaves the channel quiet', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card, position: 'instead', audience: 'asker' })));

  const answer = await talk.send({ ...inChannel, ...pressed('order', {}) });

  assert.deepEqual(answer.body, note("I've sent you the answer privately."));
  assert.deepEqual(
    talk.connector.messages().map(({ path }) => path),
    ['/v3/conversations/a:with-29:alice/activities'],
  );
});

test('a press that the bot answered before is answered without words', async (t) => {
  const talk = await openTalk(t);
  talk.bot(async () => undefined);

  assert.deepEqual((await talk.send(pressed('associate', {}))).body, note(''));
});

test('a press whose answer Teams did not take says so', async (t) => {
  const talk = await openTalk(t);
  talk.connector.fail(({ method }) => method === 'POST', { status: 500 });

  const answer = await talk.send(pressed('associate', {}));

  assert.deepEqual(answer.body, note('Teams did not take the answer. Please try again in a moment.'));
});

test('an older client sends a pressed button as a message', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ card, position: 'instead' })));

  await talk.send({ replyToId: '1650', value: { verb: 'associate', order: '10023', units: '2' } });

  const [inbound] = talk.heard;
  assert.ok(inbound?.kind === 'submit');
  assert.equal(inbound.verb, 'associate');
  assert.deepEqual(inbound.values, { order: '10023', units: '2' });
  assert.equal(talk.connector.messages()[0]?.method, 'PUT');
});

test('a press without a verb is refused, as a message as well', async (t) => {
  const talk = await openTalk(t);

  const invoke = await talk.send({ ...pressed('x', {}), value: { action: { data: {} } } });
  const message = await talk.send({ value: { order: '10023' } });

  assert.deepEqual(invoke.body, {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'The button has no verb.' },
  });
  assert.equal(message.status, 200);
  assert.equal(talk.heard.length, 0);
});

test('an invoke that is no button of ours is not implemented', async (t) => {
  const talk = await openTalk(t);

  assert.equal(
    (await talk.send({ type: 'invoke', name: 'composeExtension/setting', value: {} })).status,
    501,
  );
});
