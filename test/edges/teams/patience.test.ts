import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Call } from './connector.ts';
import { openHurry } from './hurry.ts';
import { inChannel, openTalk, pressed, reply } from './talk.ts';

const isPost = ({ method, body }: Call) => method === 'POST' && body.type === 'message';
const isLookUp = ({ path }: Call) => path.includes('/members/');
const NOBODY = 'Teams could not tell me just now who you are. Please try again in a moment.';

/** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
for (const status of [412, 429, 502, 504]) {
  test(`an answer that Teams refuses with ${status} is sent again`, async (t) => {
    const talk = await openTalk(t);
    talk.connector.fail(isPost, { status });
    talk.connector.fail(isPost, { status });

    await talk.send({ text: 'orders' });

    assert.equal(talk.connector.messages().length, 3);
    assert.ok(talk.sent[0]?.message);
  });
}

test('a change of a card is sent again, and so is the way into the personal chat', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(reply({ position: 'instead' })));
  talk.connector.fail(({ method }) => method === 'PUT', { status: 429 });
  await talk.send(pressed('associate', {}));
  assert.deepEqual(
    talk.connector.messages().map(({ method }) => method),
    ['PUT', 'PUT'],
  );

  talk.bot((_, respond) => respond(reply({ audience: 'asker' })));
  talk.connector.fail(({ path }) => path === '/v3/conversations', { status: 412 });
  await talk.send({ ...inChannel, text: 'orders' });
  assert.equal(talk.connector.calls.filter(({ path }) => path === '/v3/conversations').length, 2);
  assert.equal(talk.sent.at(-1)?.place.kind, 'personal');
});

test('in the end it is given up, and what never works is not tried again', async (t) => {
  const talk = await openTalk(t);
  for (let count = 0; count < 10; count += 1) talk.connector.fail(isPost, { status: 502 });
  await talk.send({ text: 'orders' });
  assert.equal(talk.connector.messages().length, 4);

  for (const status of [400, 401, 403, 500]) {
    const other = await openTalk(t);
    other.connector.fail(isPost, { status });
    await other.send({ text: 'orders' });
    assert.equal(other.connector.messages().length, 1, `${status}`);
  }
});

test('pauses double, and last a little longer than they must', async (t) => {
  const { pauses, timing } = openHurry({ againAfterMs: 500, chance: () => 0.5 });
  const talk = await openTalk(t, { timing });
  for (let count = 0; count < 4; count += 1) talk.connector.fail(isPost, { status: 502 });

  await talk.send({ text: 'orders' });

  assert.deepEqual(pauses, [550, 1_100, 2_200]);
});

test('the longer one counts of what Teams asks for and what is due', async (t) => {
  const { pauses, timing } = openHurry({ againAfterMs: 500 });
  const talk = await openTalk(t, { timing });
  for (const seconds of ['4', '0', '9']) {
    talk.connector.fail(isPost, { status: 429, headers: { 'retry-after': seconds } });
  }

  await talk.send({ text: 'orders' });

  assert.deepEqual(pauses, [4_000, 1_000, 9_000]);
  assert.ok(talk.sent[0]?.message);
});

test('Teams is left alone as long as it asks; for longer than anybody waits nothing is tried', async (t) => {
  const talk = await openTalk(t, { timing: { againWithinMs: 50 } });
  talk.connector.fail(isPost, { status: 429, headers: { 'retry-after': '0.01' } });
  await talk.send({ text: 'orders' });
  assert.equal(talk.connector.messages().length, 2);

  talk.connector.fail(isPost, { status: 429, headers: { 'retry-after': '0.06' } });
  await talk.send({ text: 'orders', id: '1700000000002' });
  assert.equal(talk.connector.messages().length, 3);
});

test('what is posted by itself is tried again by the queue, not here', async (t) => {
  const talk = await openTalk(t);
  await talk.send({ text: 'help' });
  const place = talk.heard[0]?.place ?? assert.fail('nothing was heard');
  talk.connector.calls.length = 0;
  talk.connector.fail(isPost, { status: 429, headers: { 'retry-after': '17' } });

  await assert.rejects(
    talk.teams.edge.post(place, reply(), 'k'),
    (error) => error instanceof PostFailed && error.reason === 'later' && error.retryAfterSeconds === 17,
  );

  assert.equal(talk.connector.calls.length, 1);
});

test('who somebody is, is asked again as well', async (t) => {
  const talk = await openTalk(t);
  talk.connector.fail(isLookUp, { status: 429 });

  await talk.send({ text: 'orders' });

  assert.equal(talk.heard[0]?.person.email, 'alice@contoso.example');
});

test('somebody of whom Teams can say nothing just now is no stranger: they are told so', async (t) => {
  const talk = await openTalk(t);
  talk.connector.fail(isLookUp, { status: 500 });
  const said = await talk.send({ text: 'orders' });
  talk.connector.fail(isLookUp, { status: 500 });
  const press = await talk.send(pressed('associate', {}));

  assert.equal(said.status, 200);
  assert.deepEqual(
    talk.connector.messages().map(({ body }) => body.text),
    [NOBODY],
  );
  assert.deepEqual(press.body, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: NOBODY,
  });
  assert.equal(talk.heard.length, 0);
});

test('somebody whom Teams does not know is a stranger', async (t) => {
  const talk = await openTalk(t);

  await talk.send({ from: { id: '29:nobody', name: 'Nobody' }, text: 'orders' });

  assert.equal(talk.heard[0]?.person.email, undefined);
  assert.equal(talk.heard.length, 1);
});
