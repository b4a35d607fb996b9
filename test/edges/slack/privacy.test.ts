import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answers, LOST, openBoth, refusal, reply } from './rig.ts';

async function open(answers?: Answers) {
  const { api, at } = await openBoth(answers && (() => answers));
  const ask = {
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: 't1',
    response_url: `${api.url}/response`,
    text: 'orders',
  };
  return { api, at, ask };
}

const only = reply('Customer data', { audience: 'asker' });
const mention = { type: 'app_mention', user: 'U1', channel: 'C1', text: 'orders', ts: '1.1' };
const press = (url: string, more: object = {}) => ({
  trigger_id: 't2',
  user: { id: 'U1' },
  channel: { id: 'C1' },
  response_url: `${url}/response`,
  container: { type: 'message', message_ts: '5.5', channel_id: 'C1', is_ephemeral: true },
  actions: [{ type: 'button', action_id: 'execute-0', value: '{"v":"say","d":{"text":"free"}}' }],
  ...more,
});

test('a command is answered to the asker alone by its response_url', async () => {
  const { api, at, ask } = await open();
  at.answer(only);

  await at.command(ask);
  await at.message();
  await at.settled();

  const [answer] = api.of('/response');
  assert.deepEqual(
    [answer?.text, answer?.response_type, answer?.replace_original],
    ['Customer data', 'ephemeral', false],
  );
  assert.deepEqual(api.of('chat.postMessage'), []);
});

test('a mention is answered to the asker alone, in its thread only where that is alive', async () => {
  const { api, at } = await open();
  at.answer(only);

  await at.event(mention);
  await at.event({ ...mention, ts: '1.2', thread_ts: '1.0' });
  await at.message();
  await at.message();
  await at.settled();

  const shown = api.of('chat.postEphemeral').map(({ user, text, thread_ts }) => [user, text, thread_ts]);
  assert.deepEqual(
    shown.sort(),
    [
      ['U1', 'Customer data', undefined],
      ['U1', 'Customer data', '1.0'],
    ].sort(),
  );
});

for (const error of ['user_not_in_channel', 'channel_not_found', 'not_in_channel']) {
  test(`where the asker can not be shown it (${error}), it comes as a direct message that says where it was asked`, async () => {
    const { api, at } = await open(({ method }) =>
      method === 'chat.postEphemeral' ? refusal(error) : undefined,
    );
    at.answer(only);

    await at.event(mention);
    await at.message();
    await at.settled();

    assert.deepEqual(
      api.of('conversations.open').map(({ users }) => users),
      ['U1'],
    );
    assert.deepEqual(
      api.of('chat.postMessage').map(({ channel, text }) => [channel, text]),
      [['D1', 'You asked in #ops:\nCustomer data']],
    );
  });
}

test('where a response_url is used up, the answer comes as a direct message', async () => {
  const { api, at, ask } = await open(({ method }) =>
    method === '/response' ? { status: 404, body: 'used_url' } : undefined,
  );
  at.answer(only);

  await at.command(ask);
  await at.message();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ channel }) => channel),
    ['D1'],
  );
});

test('where a response_url can not be reached, the answer comes as a direct message', async () => {
  const { api, at, ask } = await open(({ method }) => (method === '/response' ? LOST : undefined));
  at.answer(only);

  await at.command(ask);
  await at.message();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ channel, text }) => [channel, text]),
    [['D1', 'You asked in #ops:\nCustomer data']],
  );
});

for (const [fault, answer] of [
  ['is used up', { status: 404, body: 'used_url' }],
  ['has expired', { status: 404, body: 'expired_url' }],
  ['can not be reached', LOST],
] as const) {
  test(`an open answer where the bot is no member and the response_url ${fault} comes as a direct message`, async () => {
    const { api, at, ask } = await open(({ method, body }) => {
      if (method === '/response') return answer;
      return method === 'chat.postMessage' && body.channel === 'C1' ? refusal('not_in_channel') : undefined;
    });
    at.answer(reply('Three orders'));

    await at.command(ask);
    await at.message();
    await at.settled();

    assert.deepEqual(
      api.of('chat.postMessage').map(({ channel, text }) => [channel, text]),
      [
        ['C1', 'Three orders'],
        ['D1', 'You asked in #ops:\nThree orders'],
      ],
    );
  });
}

test('a card in a channel without the bot, whose response_url is used up, is answered directly', async () => {
  const { api, at } = await open(({ method }) => {
    if (method === '/response') return { status: 404, body: 'used_url' };
    return method === 'chat.update' ? refusal('channel_not_found') : undefined;
  });
  at.answer(reply('Done', { position: 'instead' }));

  await at.action(
    press(api.url, { container: { message_ts: '5.5', channel_id: 'C1' }, message: { ts: '5.5' } }),
  );
  await at.submit();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ channel }) => channel),
    ['D1'],
  );
});

test('an open answer to a command where the bot is no member goes by the response_url', async () => {
  const { api, at, ask } = await open(({ method }) =>
    method === 'chat.postMessage' ? refusal('not_in_channel') : undefined,
  );
  at.answer(reply('Three orders'));

  await at.command(ask);
  await at.message();
  await at.settled();

  assert.deepEqual(
    api.of('/response').map(({ text, response_type }) => [text, response_type]),
    [['Three orders', 'in_channel']],
  );
});

test('in a direct conversation between others, the asker’s answer is theirs alone', async () => {
  const { api, at, ask } = await open(({ method }) =>
    method === 'conversations.info' ? refusal('channel_not_found') : undefined,
  );
  at.answer(only);

  await at.command({ ...ask, channel_id: 'D9' });
  const { place } = await at.message();
  await at.settled();

  assert.equal(place.kind, 'group');
  assert.deepEqual(
    api.of('/response').map(({ response_type }) => response_type),
    ['ephemeral'],
  );
  assert.deepEqual(api.of('chat.postMessage'), []);
});

test('a private card is replaced by its response_url', async () => {
  const { api, at } = await open();
  at.answer(reply('Done', { audience: 'asker', position: 'instead' }));

  await at.action(press(api.url));
  await at.submit();
  await at.settled();

  assert.deepEqual(
    api.of('/response').map(({ text, replace_original }) => [text, replace_original]),
    [['Done', true]],
  );
  assert.deepEqual(api.of('chat.update'), []);
});

test('a private card that can not be replaced any more is answered by a direct message', async () => {
  const { api, at } = await open(({ method }) =>
    method === '/response' ? { status: 404, body: 'expired_url' } : undefined,
  );
  at.answer(reply('Done', { audience: 'asker', position: 'instead' }));

  await at.action(press(api.url));
  await at.submit();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ channel }) => channel),
    ['D1'],
  );
});

test('a card that others see is never replaced by what is for one', async () => {
  const { api, at } = await open();
  at.answer(reply('Customer data', { audience: 'asker', position: 'instead' }));

  await at.action(
    press(api.url, { container: { message_ts: '5.5', channel_id: 'C1' }, message: { ts: '5.5' } }),
  );
  await at.submit();
  await at.settled();

  const [answer] = api.of('/response');
  assert.deepEqual([answer?.response_type, answer?.replace_original], ['ephemeral', false]);
  assert.deepEqual(api.of('chat.update'), []);
});

test('files of a private answer go to the direct conversation', async () => {
  const { api, at, ask } = await open(({ method, body }) =>
    method === 'files.getUploadURLExternal'
      ? { body: { ok: true, upload_url: `${api.url}/upload`, file_id: String(body.filename) } }
      : undefined,
  );
  at.files.set('f1', { name: 'users.xlsx', contentType: 'application/x', bytes: new Uint8Array(3) });
  at.answer(reply('9 users', { audience: 'asker', files: [{ id: 'f1', name: 'users.xlsx' }] }));

  await at.command(ask);
  await at.message();
  await at.settled();

  const [shared] = api.of('files.completeUploadExternal');
  assert.deepEqual(shared, {
    files: [{ id: 'users.xlsx', title: 'users.xlsx' }],
    channel_id: 'D1',
    initial_comment: 'You asked in #ops:',
  });
  assert.match(JSON.stringify(api.of('/response')[0]?.blocks), /The file is in your direct messages with me/);
});

for (const [what, user] of [
  ['another organization', { team_id: 'T2' }],
  ['a stranger', { team_id: 'T1', is_stranger: true }],
  ['an address nobody confirmed', { team_id: 'T1', is_email_confirmed: false }],
] as const) {
  test(`the e-mail address of ${what} is not vouched for`, async () => {
    const profile = { email: 'ceo@contoso.example', real_name: 'Eve' };
    const { at } = await open(({ method }) =>
      method === 'users.info' ? { body: { ok: true, user: { id: 'U1', profile, ...user } } } : undefined,
    );

    await at.event(mention);

    assert.deepEqual((await at.message()).person, { platform: 'slack', id: 'T1:U1', name: 'Eve' });
  });
}

test('an answer for everybody to a private card is posted, and the private card goes away', async () => {
  const { api, at } = await open();
  at.answer(reply('Job 7: 0 of 12 rows done', { audience: 'everyone', position: 'instead' }));

  await at.action(press(api.url));
  await at.submit();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ channel, text }) => [channel, text]),
    [['C1', 'Job 7: 0 of 12 rows done']],
  );
  assert.deepEqual(
    api.of('/response').map(({ delete_original }) => delete_original),
    [true],
  );
});
