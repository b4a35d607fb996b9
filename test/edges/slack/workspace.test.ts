import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { PostFailed } from '../../../src/chat/edge.ts';
import { Unreadable } from '../../../src/chat/inbound.ts';
import type { Place } from '../../../src/chat/place.ts';
import { reply } from './rig.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let at: Workspace;
before(async () => {
  at = await openWorkspace();
});
after(() => at.close());
afterEach(() => at.play(async () => {}));

const team = 'T000000001';
const ops = () => at.channel('ops');
const alice = () => at.user('alice');

const form: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'Input.Text', id: 'units', label: 'Units' }],
  actions: [{ type: 'Action.Execute', title: 'Associate', verb: 'associate', data: { service: '10023/1' } }],
};

test('a slash command is a message, answered in the channel', async () => {
  at.answer(reply('7 of 10 free'));

  const response = await at.command({
    user_id: alice(),
    user_name: 'alice',
    channel_id: ops(),
    channel_name: 'ops',
    trigger_id: 'trigger-1',
    response_url: 'https://hooks.slack.com/commands/1',
    text: `free &lt;10023&gt; <@${at.user('bob')}|bob> “now”`,
  });

  assert.deepEqual([response.status, await response.text()], [200, '']);
  const inbound = await at.message();
  await at.settled();
  assert.equal(inbound.id, 'trigger-1');
  assert.equal(inbound.text, 'free <10023> bob@contoso.example "now"');
  assert.deepEqual(inbound.person, {
    platform: 'slack',
    id: `${team}:${alice()}`,
    name: 'Alice Adams',
    email: 'alice@contoso.example',
  });
  assert.deepEqual(inbound.place, {
    platform: 'slack',
    conversation: `${team}:${ops()}`,
    kind: 'channel',
    name: '#ops',
    address: { team, channel: ops() },
  });
  const [last] = await at.history(ops());
  assert.equal(last?.text, '7 of 10 free');
});

test('a mention in a channel is answered in its thread', async () => {
  at.answer(reply('Three orders'));
  const { ts = '' } = await at.alice.chat.postMessage({ channel: ops(), text: '<@U0QM> orders' });

  await at.event({ type: 'app_mention', user: alice(), channel: ops(), text: '<@U0QM> orders', ts });

  const inbound = await at.message();
  await at.settled();
  assert.equal(inbound.id, 'Ev1');
  assert.equal(inbound.text, 'orders');
  assert.equal(inbound.place.thread, ts);
  const thread = await at.thread(ops(), ts);
  assert.deepEqual(
    thread.map(({ text }) => text),
    ['<@U0QM> orders', 'Three orders'],
  );
});

test('a mention in a thread is answered in that thread', async () => {
  at.answer(reply('Two services'));
  const { ts: thread_ts = '' } = await at.alice.chat.postMessage({ channel: ops(), text: 'Hello' });

  await at.event({
    type: 'app_mention',
    user: alice(),
    channel: ops(),
    text: '<@U0QM>',
    ts: '1.2',
    thread_ts,
  });

  const inbound = await at.message();
  await at.settled();
  assert.equal(inbound.place.thread, thread_ts);
  assert.equal((await at.thread(ops(), thread_ts)).at(-1)?.text, 'Two services');
});

test('a direct message is answered below it', async () => {
  at.answer(reply('Hello Alice'));
  const direct = await directChannel();

  await at.event({
    type: 'message',
    channel_type: 'im',
    user: alice(),
    channel: direct,
    text: 'hello',
    ts: '1.3',
  });

  const inbound = await at.message();
  await at.settled();
  assert.equal(inbound.place.kind, 'personal');
  assert.equal(inbound.place.thread, undefined);
  assert.equal((await at.history(direct))[0]?.text, 'Hello Alice');
});

async function directChannel(): Promise<string> {
  const { channel } = await at.bot.conversations.open({ users: alice() });
  return channel?.id ?? '';
}

test('what is not for the bot is left alone', async () => {
  const said = { type: 'message', channel: ops(), user: alice(), text: 'no', ts: '1.4' };
  await at.event({ ...said, channel_type: 'channel' });
  await at.event({ ...said, channel_type: 'im', bot_id: 'B1' });
  await at.event({ ...said, channel_type: 'im', subtype: 'message_changed' });
  await at.event({ ...said, channel_type: 'im', user: 'U0QM' });
  await at.event({ type: 'reaction_added', user: alice(), item: { channel: ops() } });

  await at.event({ ...said, type: 'app_mention', text: '<@U0QM> yes' });

  assert.equal((await at.message()).text, 'yes');
});

test('an event sent again is the same request', async () => {
  const event = { type: 'app_mention', user: alice(), channel: ops(), text: 'orders', ts: '1.5' };

  await at.event(event, { event_id: 'Ev7' });
  await at.event(event, { event_id: 'Ev7' });

  assert.deepEqual([(await at.message()).id, (await at.message()).id], ['Ev7', 'Ev7']);
});

test('a filled form is a submit, and its answer takes the place of the card', async () => {
  at.answer(reply('Associated', { position: 'instead' }));
  const posted = await at.slack.edge.post(opsPlace(), reply('Associate', { card: form }), 'form-1');

  const response = await at.action({
    trigger_id: 'trigger-2',
    user: { id: alice(), name: 'alice' },
    channel: { id: ops() },
    container: { type: 'message', message_ts: posted.message, channel_id: ops() },
    message: { ts: posted.message },
    state: { values: { '0-abc': { units: { type: 'plain_text_input', value: 'two' } } } },
    actions: [await buttonOf(posted.message)],
  });

  assert.equal(response.status, 200);
  const inbound = await at.submit();
  await at.settled();
  assert.deepEqual(
    [inbound.id, inbound.verb, inbound.values, inbound.message],
    ['trigger-2', 'associate', { units: 'two', service: '10023/1' }, posted.message],
  );
  const changed = (await at.history(ops())).find(({ ts }) => ts === posted.message);
  assert.equal(changed?.text, 'Associated');
  assert.deepEqual(
    changed?.blocks?.map(({ type }) => type),
    ['section'],
  );
});

const opsPlace = (): Place => ({
  platform: 'slack',
  conversation: `${team}:${ops()}`,
  kind: 'channel',
  name: '#ops',
  address: { team, channel: ops() },
});

async function buttonOf(ts: string): Promise<object> {
  const message = (await at.history(ops())).find((found) => found.ts === ts);
  const block = message?.blocks?.find(({ type }) => type === 'actions') as { elements: object[] } | undefined;
  return block?.elements[0] ?? {};
}

test('a choice made and a link opened are acknowledged and nothing more', async () => {
  const pressed = { trigger_id: 't', user: { id: alice() }, channel: { id: ops() }, container: {} };
  const choice = await at.action({ ...pressed, actions: [{ type: 'static_select', action_id: 'service' }] });
  const link = await at.action({ ...pressed, actions: [{ type: 'button', action_id: 'open-0' }] });
  assert.deepEqual([choice.status, link.status], [200, 200]);

  await at.event({ type: 'app_mention', user: alice(), channel: ops(), text: 'next', ts: '1.6' });

  assert.equal((await at.message()).text, 'next');
});

test('an answer for the asker of a mention is shown to nobody else', async () => {
  const before = await at.history(ops());
  at.answer(reply('Customer data', { audience: 'asker' }));

  await at.event({ type: 'app_mention', user: alice(), channel: ops(), text: 'orders', ts: '1.7' });
  await at.message();
  await at.settled();

  assert.deepEqual(await at.history(ops()), before);
  assert.deepEqual(
    at.logged.filter(({ level }) => level === 'error'),
    [],
  );
});

test('a file shared with the bot is read with its token', async () => {
  const direct = await directChannel();
  const file = await shareFile(direct, 'users.csv', 'alice@contoso.example,2');

  await at.event({
    type: 'message',
    subtype: 'file_share',
    channel_type: 'im',
    user: alice(),
    channel: direct,
    text: 'bulk',
    ts: '1.8',
    files: [file],
  });

  const { attachments } = await at.message();
  const [attachment] = attachments;
  assert.equal(attachment?.name, 'users.csv');
  assert.equal(Buffer.from((await attachment?.read(1_000)) ?? []).toString(), 'alice@contoso.example,2');
  await assert.rejects(
    async () => attachment?.read(10),
    new Unreadable('users.csv is larger than the 10 bytes I can read.'),
  );
});

test('a file of Slack Connect is looked up first', async () => {
  const direct = await directChannel();
  const file = (await shareFile(direct, 'plan.csv', 'a,b')) as { id: string };
  const bare = { id: file.id, file_access: 'check_file_info' };

  await at.event({
    type: 'message',
    subtype: 'file_share',
    channel_type: 'im',
    user: alice(),
    channel: direct,
    text: '',
    ts: '1.9',
    files: [bare],
  });

  const { attachments } = await at.message();
  assert.equal(Buffer.from((await attachments[0]?.read(1_000)) ?? []).toString(), 'a,b');
});

async function shareFile(channel: string, filename: string, content: string): Promise<object> {
  const { upload_url = '', file_id = '' } = await at.alice.files.getUploadURLExternal({
    filename,
    length: content.length,
  });
  await fetch(upload_url, { method: 'POST', body: content });
  const shared = await at.alice.files.completeUploadExternal({
    files: [{ id: file_id }],
    channel_id: channel,
  });
  return shared.files?.[0] ?? {};
}

test('a post carries its key, and its files in its thread', async () => {
  at.files.set('f1', {
    name: 'result.xlsx',
    contentType: 'application/x',
    bytes: new TextEncoder().encode('rows'),
  });

  const sent = await at.slack.edge.post(
    opsPlace(),
    reply('Job 7 is done', {
      files: [
        { id: 'f1', name: 'result.xlsx' },
        { id: 'f2', name: 'retry.xlsx' },
      ],
    }),
    'notice-9',
  );

  const thread = await at.thread(ops(), sent.message);
  assert.deepEqual(thread[0]?.metadata, {
    event_type: 'quartermaster_post',
    event_payload: { key: 'notice-9' },
  });
  assert.deepEqual(
    thread[1]?.files?.map(({ name, size }) => [name, size]),
    [['result.xlsx', 4]],
  );
  assert.equal(thread[2]?.text, 'No longer kept: retry.xlsx.');
  assert.equal(sent.messages, 3, 'the message, the file, the remark');
});

const sharedFiles = async (thread: string) =>
  (await at.thread(ops(), thread)).flatMap(({ files = [] }) => files.map(({ name }) => name));

test('a post that is tried again shares no file once more, but says where it is', async () => {
  const file = { id: 'f7', name: 'job-7-result.xlsx' };
  at.files.set('f7', { ...file, contentType: 'application/x', bytes: new Uint8Array(70) });
  const again = { id: 'f8', name: 'job-7-retry.xlsx' };
  const first = await at.slack.edge.post(opsPlace(), reply('Job 7 is done', { files: [file] }), 'notice-7');
  at.files.set('f8', { ...again, contentType: 'application/x', bytes: new Uint8Array(71) });

  const second = await at.slack.edge.post(
    opsPlace(),
    reply('Job 7 is done', { files: [file, again] }),
    'notice-7',
  );

  assert.deepEqual(await sharedFiles(first.message), ['job-7-result.xlsx']);
  assert.deepEqual(await sharedFiles(second.message), ['job-7-retry.xlsx']);
  const said = (await at.thread(ops(), second.message)).map(({ text = '' }) => text);
  assert.ok(
    said.some((text) => /^Attached before: <http[^|]+\|job-7-result\.xlsx>$/.test(text)),
    said.join(),
  );
});

test('a message that is drawn anew shares its files once', async () => {
  const file = { id: 'f9', name: 'job-9-result.xlsx' };
  at.files.set('f9', { ...file, contentType: 'application/x', bytes: new Uint8Array(90) });
  const sent = await at.slack.edge.post(opsPlace(), reply('9 of 10 rows'), 'job-9');

  for (const text of ['10 of 10 rows', 'Done'])
    await at.slack.edge.update(sent, reply(text, { files: [file] }));

  assert.deepEqual(await sharedFiles(sent.message), ['job-9-result.xlsx']);
});

test('a message is changed in place', async () => {
  const sent = await at.slack.edge.post(opsPlace(), reply('0 of 10 rows'), 'job-7');

  const changed = await at.slack.edge.update(sent, reply('5 of 10 rows'));

  assert.deepEqual(changed, sent);
  assert.equal((await at.history(ops())).find(({ ts }) => ts === sent.message)?.text, '5 of 10 rows');
});

test('a message that is no more is answered in its thread', async () => {
  const changed = await at.slack.edge.update(
    { place: opsPlace(), message: '1.000001' },
    reply('5 of 10 rows'),
  );

  assert.equal(changed.place.thread, '1.000001');
  assert.notEqual(changed.message, '1.000001');
});

test('a place where the bot may not write is gone', async () => {
  const closed = { ...opsPlace(), address: { team, channel: at.channel('closed') } };

  await assert.rejects(
    at.slack.edge.post(closed, reply('x'), 'k'),
    (err) => err instanceof PostFailed && err.reason === 'gone',
  );
});

test('a reply for one person is not posted in a channel', async () => {
  await assert.rejects(
    at.slack.edge.post(opsPlace(), reply('x', { audience: 'asker' }), 'k'),
    (err) => err instanceof PostFailed && err.reason === 'refused',
  );
});
