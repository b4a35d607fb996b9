import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { inChannel, openTalk, reply } from './talk.ts';

type Talk = Awaited<ReturnType<typeof openTalk>>;

/** A place as the bot keeps it: heard of once, then stored as JSON. */
async function storedPlace(talk: Talk, activity: object = {}): Promise<Place> {
  await talk.send({ text: 'notify here jobs', ...activity });
  const place = JSON.parse(JSON.stringify(talk.heard.at(-1)?.place)) as Place;
  talk.connector.calls.length = 0;
  return place;
}

const rejectsWith = (post: Promise<unknown>, expected: Partial<PostFailed>) =>
  assert.rejects(post, (error) => {
    assert.ok(error instanceof PostFailed);
    const { reason, retryAfterSeconds } = error;
    assert.deepEqual({ reason, retryAfterSeconds }, { retryAfterSeconds: undefined, ...expected });
    return true;
  });

test('a notice goes to a stored personal chat, and can be changed later', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);

  const sent = await talk.teams.edge.post(place, reply(), 'key-1');
  const stored = JSON.parse(JSON.stringify(sent)) as typeof sent;
  const updated = await talk.teams.edge.update(stored, reply({ text: 'Four orders.' }));

  const [post, put] = talk.connector.messages();
  assert.equal(post?.path, '/v3/conversations/a:alice-and-bot/activities');
  assert.deepEqual(post?.body.from, { id: '28:quartermaster', name: 'Quartermaster' });
  assert.equal(put?.method, 'PUT');
  assert.equal(put?.path, `/v3/conversations/a:alice-and-bot/activities/${sent.message}`);
  assert.equal(put?.body.text, 'Four orders.');
  assert.deepEqual(updated, sent);
});

test('a notice to a channel starts a thread, and stays the message that is changed', async (t) => {
  const talk = await openTalk(t);
  const { thread: _, ...channel } = await storedPlace(talk, inChannel);

  const sent = await talk.teams.edge.post(channel, reply(), 'key-1');
  await talk.teams.edge.update(sent, reply({ text: 'Four orders.' }));

  const [start, put] = talk.connector.calls;
  assert.equal(start?.path, '/v3/conversations');
  assert.deepEqual(start?.body.channelData, {
    channel: { id: '19:orders@thread.tacv2' },
    tenant: { id: 'tenant-1' },
  });
  assert.match(JSON.stringify(start?.body.activity), /Three orders\./);
  assert.equal(
    put?.path,
    `/v3/conversations/19:orders@thread.tacv2;messageid=${sent.message}/activities/${sent.message}`,
  );
  assert.equal(sent.place.thread, sent.message);
});

test('a notice to a stored thread stays in it', async (t) => {
  const talk = await openTalk(t);
  const thread = await storedPlace(talk, inChannel);

  await talk.teams.edge.post(thread, reply(), 'key-1');

  assert.equal(
    talk.connector.messages()[0]?.path,
    '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities',
  );
});

const failures = [
  [403, { error: { code: 'Forbidden', innerHttpError: { statusCode: 403 } } }, { reason: 'gone' }],
  [403, { error: { code: 'Forbidden', subCode: 'MessageWritesBlocked' } }, { reason: 'gone' }],
  [404, { error: { code: 'ConversationNotFound' } }, { reason: 'gone' }],
  [429, { error: { code: 'Throttled' } }, { reason: 'later', retryAfterSeconds: 17 }],
  [412, {}, { reason: 'later' }],
  [502, {}, { reason: 'later' }],
  [504, {}, { reason: 'later' }],
  [401, {}, { reason: 'later' }],
  [413, { error: { code: 'MessageSizeTooBig' } }, { reason: 'refused' }],
  [400, { error: { code: 'BadSyntax' } }, { reason: 'refused' }],
  [302, {}, { reason: 'refused' }],
] as const;

for (const [status, body, expected] of failures) {
  test(`a post that Teams answers with ${status} ${JSON.stringify(body)} is ${expected.reason}, and sent once`, async (t) => {
    const talk = await openTalk(t);
    const place = await storedPlace(talk);
    talk.connector.fail(() => true, {
      status,
      body,
      headers: {
        ...(status === 429 && { 'retry-after': '17' }),
        ...(status === 302 && { location: `${talk.connector.serviceUrl}/elsewhere` }),
      },
    });

    await rejectsWith(talk.teams.edge.post(place, reply(), 'key-1'), expected);

    assert.equal(talk.connector.calls.length, 1);
  });
}

test('what Teams says of a blocked conversation is told', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);
  const error = { code: 'Forbidden', subCode: 'MessageWritesBlocked', message: 'The user blocked the bot.' };
  talk.connector.fail(() => true, { status: 403, body: { error } });

  await assert.rejects(talk.teams.edge.post(place, reply(), 'key-1'), {
    message: '403 Forbidden MessageWritesBlocked The user blocked the bot.',
  });
});

test('a Connector that is out of reach is tried later', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);
  await talk.connector.close();

  await rejectsWith(talk.teams.edge.post(place, reply(), 'key-1'), { reason: 'later' });
});

test('a stored place that leads elsewhere, or nowhere, gets nothing', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);
  const elsewhere = { serviceUrl: 'https://evil.example/', bot: { id: '28:quartermaster', name: 'Q' } };

  for (const address of [elsewhere, { serviceUrl: 7 }, {}, null]) {
    await rejectsWith(talk.teams.edge.post({ ...place, address }, reply(), 'key-1'), { reason: 'refused' });
    const sent = { place: { ...place, address }, message: '1650' };
    await rejectsWith(talk.teams.edge.update(sent, reply()), { reason: 'refused' });
  }
});

test('what is for one person is not posted where others read', async (t) => {
  const talk = await openTalk(t);
  const channel = await storedPlace(talk, inChannel);

  await rejectsWith(talk.teams.edge.post(channel, reply({ audience: 'asker' }), 'key-1'), {
    reason: 'refused',
  });

  assert.equal(talk.connector.calls.length, 0);
});

test('a notice to a thread whose first message is gone is for the channel', async (t) => {
  const talk = await openTalk(t);
  const thread = await storedPlace(talk, inChannel);
  const isPost = ({ path }: { path: string }) => path.includes(';messageid=');
  talk.connector.fail(isPost, { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } });

  await rejectsWith(talk.teams.edge.post(thread, reply(), 'key-1'), { reason: 'thread gone' });
});

test('a notice to a thread of a team that the bot was removed from is for nobody', async (t) => {
  const talk = await openTalk(t);
  const thread = await storedPlace(talk, inChannel);
  talk.connector.fail(() => true, { status: 404, body: { error: { code: 'BotNotInConversationRoster' } } });

  await rejectsWith(talk.teams.edge.post(thread, reply(), 'key-1'), { reason: 'gone' });
});

test('only channels have threads', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);

  const sent = await talk.teams.edge.post({ ...place, kind: 'group', thread: '1600' }, reply(), 'key-1');

  assert.equal(talk.connector.messages()[0]?.path, '/v3/conversations/a:alice-and-bot/activities');
  assert.equal(sent.place.thread, undefined);
});

test('a pause may be asked for with a date', async (t) => {
  const talk = await openTalk(t);
  const place = await storedPlace(talk);
  const headers = { 'retry-after': new Date(Date.now() + 60_000).toUTCString() };
  talk.connector.fail(() => true, { status: 429, body: {}, headers });

  await assert.rejects(talk.teams.edge.post(place, reply(), 'key-1'), (error) => {
    assert.ok(error instanceof PostFailed);
    const { retryAfterSeconds = 0 } = error;
    return retryAfterSeconds > 50 && retryAfterSeconds <= 60;
  });
});
