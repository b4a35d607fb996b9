/** Long messages of which Teams takes the beginning alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import { type Call, cardIn } from './connector.ts';
import { openHurry } from './hurry.ts';
import { BOT, inChannel, openTalk, pressed, reply } from './talk.ts';
import { openTargeted, THREAD } from './targeted.ts';

type Talk = Awaited<ReturnType<typeof openTalk>>;

const MISSING = 'Teams did not take the rest of this. Ask for it again, or for a part of it.';
const LINES = Array.from({ length: 900 }, (_, index) => `Row ${index} of a very long list`);
const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: LINES.map((text) => ({ type: 'TextBlock', text, wrap: true })),
  actions: [{ type: 'Action.Execute', title: 'Next', verb: 'say', data: { text: 'orders page 2' } }],
};
const long = reply({ card });
const busy = { status: 429, headers: { 'retry-after': '30' } };

const isPost = ({ method, body }: Call) => method === 'POST' && body.type === 'message';
const isRest = (call: Call) => isPost(call) && JSON.stringify(call.body).includes('Row 899 ');
const placeOf = ({ connector }: Talk): Place => ({
  platform: 'teams',
  conversation: 'a:alice-and-bot',
  kind: 'personal',
  name: '',
  address: { serviceUrl: connector.serviceUrl, channelId: 'msteams', bot: BOT },
});
const rowsIn = (call: Call) =>
  ((cardIn(call)?.body ?? []) as { text?: string }[]).flatMap(({ text = '' }) =>
    text.startsWith('Row ') ? [text] : [],
  );
/** The rows of all messages, without those that Teams refused. */
const taken = ({ connector }: Talk, refused = 0) =>
  connector.messages().toSpliced(1, refused).flatMap(rowsIn);
const textsOf = ({ connector }: Talk) => connector.messages().flatMap(({ body }) => body.text ?? []);

test('a post whose beginning stands goes on when the queue tries it again, also after a new start', async (t) => {
  const forms = formsInMemory();
  const talk = await openTalk(t, { forms });
  const place = placeOf(talk);
  talk.connector.fail(isRest, busy);

  await assert.rejects(
    talk.teams.edge.post(place, long, 'k-1'),
    (error) => error instanceof PostFailed && error.reason === 'later' && error.retryAfterSeconds === 30,
  );
  const other = await openTalk(t, { forms });
  const sent = await other.teams.edge.post(place, long, 'k-1');

  assert.deepEqual(taken(talk, 1), LINES);
  assert.equal(sent.messages, talk.connector.messages().length - 1);
  assert.deepEqual(textsOf(talk), []);
  // It is done with: the next post of that key would be another one.
  assert.equal(forms.rows.size, 0);
});

test('where that can not be kept the post is not begun anew: it says that the rest is missing', async (t) => {
  const broken = { ...formsInMemory(), keep: () => Promise.reject(new Error('no database')) };
  const talk = await openTalk(t, { forms: broken });
  talk.connector.fail(isRest, busy);

  const sent = await talk.teams.edge.post(placeOf(talk), long, 'k-1');

  assert.deepEqual(textsOf(talk), [MISSING]);
  assert.equal(talk.connector.messages().filter((call) => rowsIn(call).includes(LINES[0] ?? '')).length, 1);
  assert.equal(sent.messages, 2);
});

test('nothing is posted as long as it is not known how much of it stands', async (t) => {
  const broken = { ...formsInMemory(), find: () => Promise.reject(new Error('no database')) };
  const talk = await openTalk(t, { forms: broken });

  await assert.rejects(
    talk.teams.edge.post(placeOf(talk), long, 'k-1'),
    (error) => error instanceof PostFailed && error.reason === 'later',
  );
  assert.equal(talk.connector.calls.length, 0);
});

test('a post in a place that goes away meanwhile goes on once the bot is there again', async (t) => {
  const talk = await openTalk(t, { forms: formsInMemory() });
  talk.connector.fail(isRest, { status: 403 });

  await assert.rejects(
    talk.teams.edge.post(placeOf(talk), long, 'k-1'),
    (error) => error instanceof PostFailed && error.reason === 'gone',
  );
  await talk.teams.edge.post(placeOf(talk), long, 'k-1');

  assert.deepEqual(taken(talk, 1), LINES);
  assert.deepEqual(textsOf(talk), []);
});

test('what Teams never takes is said to be missing', async (t) => {
  const talk = await openTalk(t, { forms: formsInMemory() });
  talk.connector.fail(isRest, { status: 400 });

  await talk.teams.edge.post(placeOf(talk), long, 'k-1');

  assert.deepEqual(textsOf(talk), [MISSING]);
});

test('who asked waits longer for the rest of an answer than for its beginning', async (t) => {
  const { pauses, timing } = openHurry();
  const talk = await openTalk(t, { timing });
  talk.bot((_, respond) => respond(long));
  talk.connector.fail(isRest, busy);

  await talk.send({ text: 'orders' });

  assert.deepEqual(pauses, [30_000]);
  assert.deepEqual(taken(talk, 1), LINES);
  assert.deepEqual(textsOf(talk), []);
});

test('an answer that breaks off says so', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(long));
  talk.connector.fail(isRest, { status: 429, headers: { 'retry-after': '3600' } });

  await talk.send({ text: 'orders' });

  assert.deepEqual(textsOf(talk), [MISSING]);
  assert.equal(talk.sent[0]?.message, '1700000000002');
  assert.doesNotMatch(JSON.stringify(talk.logged), /the bot met a fault/);
});

for (const [where, activity] of [
  ['that everybody sees', inChannel],
  ['in a personal chat', {}],
] as const) {
  test(`a card ${where} that became the beginning of an answer stays that, whatever becomes of the rest`, async (t) => {
    const talk = await openTargeted(t);
    talk.bot((_, respond) => respond({ ...long, position: 'instead' }));
    talk.connector.fail(isRest, { status: 403 });

    await talk.send({ ...activity, ...pressed('associate', {}) });

    const messages = talk.connector.messages();
    assert.deepEqual(
      messages.map(({ method }) => method),
      ['PUT', 'POST', 'POST'],
    );
    assert.equal(messages.filter((call) => rowsIn(call).includes(LINES[0] ?? '')).length, 1);
    assert.deepEqual(textsOf(talk), [MISSING]);
  });
}

test('so does a card that one person alone sees', async (t) => {
  const talk = await openTargeted(t);
  const small = { ...card, body: card.body.slice(0, 1) };
  talk.bot((_, respond) => respond({ ...long, card: small, audience: 'asker' }));
  await talk.send({ ...inChannel, text: 'orders' });
  talk.connector.calls.length = 0;
  talk.bot((_, respond) => respond({ ...long, audience: 'asker', position: 'instead' }));
  talk.connector.fail(isRest, { status: 403 });

  await talk.send({ ...inChannel, ...pressed('associate', {}), replyToId: talk.sent[0]?.message });

  const messages = talk.connector.messages();
  assert.deepEqual(
    messages.map(({ method, targeted }) => [method, targeted]),
    [
      ['PUT', true],
      ['POST', true],
      ['POST', true],
    ],
  );
  assert.deepEqual(textsOf(talk), [MISSING]);
});

test('where the thread goes away between two messages the rest begins one', async (t) => {
  const talk = await openTalk(t);
  talk.bot((_, respond) => respond(long));
  talk.connector.fail(isRest, { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } });

  await talk.send({ ...inChannel, text: 'orders' });

  const posts = talk.connector.calls.filter(({ method }) => method === 'POST');
  assert.deepEqual(
    posts.map(({ path }) => path),
    [THREAD, THREAD, '/v3/conversations'],
  );
});
