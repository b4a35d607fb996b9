import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { type Answers, closed, LOST, openBoth, ops, refusal, reply } from './rig.ts';
import { openWorkspace } from './workspace.ts';

async function open(answers?: Answers) {
  const { api, at } = await openBoth(answers && (() => answers));
  return { api, edge: at.slack.edge };
}

const inThread = { ...ops, thread: '1700000000.000001' };
const failing = (method: string, error: string): Answers => {
  let times = 1;
  return (call) => (call.method === method && times-- > 0 ? refusal(error) : undefined);
};
const isReason = (reason: PostFailed['reason']) => (err: unknown) =>
  err instanceof PostFailed && err.reason === reason;

describe('a post in a thread', () => {
  test('is an answer to the message; only the last word is shown in the channel as well', async () => {
    const { api, edge } = await open();
    await edge.post(inThread, reply('x'), 'k1');
    await edge.post(inThread, reply('y', { aloud: true }), 'k2');
    await edge.post(ops, reply('z', { aloud: true }), 'k3');
    assert.deepEqual(
      api.of('chat.postMessage').map(({ thread_ts, reply_broadcast }) => [thread_ts, reply_broadcast]),
      [
        [inThread.thread, undefined],
        [inThread.thread, 'true'],
        [undefined, undefined],
      ],
    );
  });

  test('whose first message was deleted is not posted where nobody would see it', async () => {
    const { api, edge } = await open(failing('chat.getPermalink', 'message_not_found'));
    await assert.rejects(edge.post(inThread, reply('x'), 'k'), isReason('thread gone'));
    assert.deepEqual(api.of('chat.postMessage'), []);
  });

  test('is posted where Slack does not say whether the first message is there', async () => {
    const { api, edge } = await open(failing('chat.getPermalink', 'internal_error'));
    await edge.post(inThread, reply('x'), 'k');
    assert.equal(api.of('chat.postMessage').length, 1);
  });

  for (const error of ['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked']) {
    test(`that Slack answers with ${error} is for the channel`, async () => {
      const { edge } = await open(failing('chat.postMessage', error));
      await assert.rejects(edge.post(inThread, reply('x'), 'k'), isReason('thread gone'));
    });
  }
});

describe('a post that is tried again', () => {
  test('names itself as before, and every other one otherwise', async () => {
    const { api, edge } = await open();
    for (const key of ['k1', 'k1', 'k2']) await edge.post(ops, reply('x'), key);
    const [first, again, other] = api.of('chat.postMessage').map(({ client_msg_id }) => client_msg_id);
    assert.match(String(first), /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    assert.equal(again, first);
    assert.notEqual(other, first);
  });

  test('is posted once more where somebody has deleted what was posted before', async () => {
    const { api, edge } = await open(failing('chat.postMessage', 'duplicate_message_not_found'));
    await edge.post(ops, reply('x'), 'k1');
    const [first, second] = api.of('chat.postMessage');
    assert.ok(first?.client_msg_id);
    assert.equal(second?.client_msg_id, undefined);
  });

  for (const [fault, answer] of [
    ['is lost', LOST],
    ['is that Slack is out of order', { status: 503, body: 'down' }],
  ] as const) {
    test(`goes out once at each try where the answer ${fault}`, async () => {
      const { api, edge } = await open(({ method }) => (method === 'chat.postMessage' ? answer : undefined));
      await assert.rejects(edge.post(ops, reply('x'), 'k1'), isReason('later'));
      assert.equal(api.of('chat.postMessage').length, 1);
    });
  }

  test('is looked for page by page, among what the bot itself has said', async () => {
    const metadata = { event_type: 'quartermaster_post', event_payload: { key: 'k1' } };
    const pages: Record<string, object> = {
      first: { messages: [{ ts: '9.1' }], response_metadata: { next_cursor: 'second' } },
      second: { messages: [{ ts: '8.1' }], response_metadata: { next_cursor: 'third' } },
      third: {
        messages: [
          { ts: '7.2', metadata, bot_id: 'B2', user: 'U2' },
          { ts: '7.1', metadata, bot_id: 'B1', user: 'UBOT' },
        ],
        response_metadata: { next_cursor: '' },
      },
    };
    const { api, edge } = await open(({ method, body }) =>
      method === 'conversations.history'
        ? { body: { ok: true, ...pages[String(body.cursor ?? 'first')] } }
        : undefined,
    );
    const since = new Date(1_700_000_000_000);
    assert.equal((await edge.post(ops, reply('x'), 'k1', since)).message, '7.1');
    assert.deepEqual(api.of('chat.postMessage'), []);
    const asked = api.of('conversations.history').map(({ oldest, cursor }) => [oldest, cursor]);
    const oldest = '1699999880';
    assert.deepEqual(asked, [
      [oldest, undefined],
      [oldest, 'second'],
      [oldest, 'third'],
    ]);
  });

  for (const [fault, answer] of [
    ['is asked for patience', { status: 429, headers: { 'retry-after': '60' }, body: '' }],
    ['finds Slack out of order', refusal('internal_error')],
  ] as const) {
    test(`waits where the look ${fault}`, async () => {
      const { api, edge } = await open(({ method }) =>
        method === 'conversations.history' ? answer : undefined,
      );
      await assert.rejects(edge.post(ops, reply('x'), 'k1', new Date()), isReason('later'));
      assert.deepEqual(api.of('chat.postMessage'), []);
    });
  }

  test('is posted where Slack does not let the bot look', async () => {
    const { api, edge } = await open(failing('conversations.history', 'missing_scope'));
    await edge.post(ops, reply('x'), 'k1', new Date());
    assert.equal(api.of('chat.postMessage').length, 1);
  });
});

/** The emulator keeps what a message carries, and keeps no two apart by their `client_msg_id`. */
describe('in a workspace, a post whose outcome nobody has noted', () => {
  async function openAt() {
    const at = await openWorkspace(['channels:history', 'groups:history']);
    closed(() => at.close());
    const channel = at.channel('ops');
    const place: Place = { ...ops, conversation: `T1:${channel}`, address: { team: 'T1', channel } };
    return { at, channel, place };
  }

  test('is found in its channel, and not posted twice', async () => {
    const { at, channel, place } = await openAt();
    const began = new Date();
    const first = await at.slack.edge.post(place, reply('Job 7 is done'), 'k7');
    await at.slack.edge.post(place, reply('Job 8 is done'), 'k8');

    const again = await at.slack.edge.post(place, reply('Job 7 is done'), 'k7', began);

    assert.deepEqual(again, { ...first, messages: 0 });
    const texts = (await at.history(channel)).map(({ text }) => text);
    assert.deepEqual(texts.toSorted(), ['Job 7 is done', 'Job 8 is done']);
  });

  test('is found in its thread', async () => {
    const { at, channel, place } = await openAt();
    const parent = await at.slack.edge.post(place, reply('Order 7 waits'), 'k1');
    const thread = { ...place, thread: parent.message };
    const first = await at.slack.edge.post(thread, reply('Order 7 is done'), 'k2');

    const again = await at.slack.edge.post(thread, reply('Order 7 is done'), 'k2', new Date());

    assert.deepEqual(again, { ...first, messages: 0 });
    assert.equal((await at.thread(channel, parent.message)).length, 2);
  });

  test('is posted where another one only looks like it', async () => {
    const { at, channel, place } = await openAt();
    await at.slack.edge.post(place, reply('Job 7 is done'), 'k7');
    await at.slack.edge.post(place, reply('Job 7 is done'), 'k7 again', new Date());
    assert.equal((await at.history(channel)).length, 2);
  });

  test('in a thread whose first message was deleted is for the channel', async () => {
    const { at, channel, place } = await openAt();
    const parent = await at.slack.edge.post(place, reply('Order 7 waits'), 'k1');
    await at.bot.chat.delete({ channel, ts: parent.message });
    const thread = { ...place, thread: parent.message };
    await assert.rejects(at.slack.edge.post(thread, reply('x'), 'k2'), isReason('thread gone'));
  });
});
