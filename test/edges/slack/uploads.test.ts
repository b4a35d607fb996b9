import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { OutFile } from '../../../src/chat/reply.ts';
import type { SlackOptions } from '../../../src/edges/slack/index.ts';
import { type Answers, type Call, LOST, openBoth, ops, refusal, refusing, reply } from './rig.ts';

const result: OutFile = { id: 'f1', name: 'result.xlsx' };
const retry: OutFile = { id: 'f2', name: 'a|b <retry>.xlsx' };
const link = (id: string, name: string) =>
  `https://bot.example/files/${id}/${encodeURIComponent(name)}?a=1&b=2`;
const resultLink = '<https://bot.example/files/f1/result.xlsx?a=1&amp;b=2|result.xlsx>';
const PARENT = '1700000000.000100';

/** A Slack that takes uploads; what a test says comes first. */
async function open(answers: Answers = () => undefined, options: Partial<SlackOptions> = {}) {
  const { api, at } = await openBoth((url) => (call) => answers(call) ?? uploads(call, url), {
    fileUrl: link,
    ...options,
  });
  for (const { id, name } of [result, retry]) {
    at.files.set(id, { name, contentType: 'application/x', bytes: new Uint8Array(3) });
  }
  return { api, at, said: () => api.of('chat.postMessage').map(({ text }) => text) };
}

/** Source: https://docs.slack.dev/messaging/working-with-files#uploading_files */
const uploads = ({ method, body }: Call, url: string) =>
  method === 'files.getUploadURLExternal'
    ? { body: { ok: true, upload_url: `${url}/upload/${body.filename}`, file_id: `F-${body.filename}` } }
    : undefined;

const done = (...files: OutFile[]) => reply('Job 7 is done', { files });

test('files go up without the token, and into the thread of the message', async () => {
  const { api, at } = await open();

  await at.slack.edge.post(ops, done(result), 'k');

  const upload = api.calls.find(({ method }) => method === '/upload/result.xlsx');
  assert.equal(upload?.headers.authorization, undefined);
  assert.deepEqual(api.of('files.completeUploadExternal'), [
    { files: [{ id: 'F-result.xlsx', title: 'result.xlsx' }], channel_id: 'C1', thread_ts: PARENT },
  ]);
});

test('files of a post in a thread stay in that thread', async () => {
  const { api, at } = await open();

  await at.slack.edge.post({ ...ops, thread: '1.1' }, done(result), 'k');

  assert.equal(api.of('files.completeUploadExternal')[0]?.thread_ts, '1.1');
});

for (const [method, word, because] of [
  ['files.getUploadURLExternal', 'missing_scope', ': an admin has yet to grant me files:write'],
  ['files.getUploadURLExternal', 'file_uploads_disabled', ': this workspace takes no files'],
  [
    'files.getUploadURLExternal',
    'file_uploads_except_images_disabled',
    ': this workspace takes no files but pictures',
  ],
  ['files.getUploadURLExternal', 'file_type_not_allowed', ': this workspace takes no such files'],
  ['files.getUploadURLExternal', 'file_upload_size_restricted', ': it is too large for this workspace'],
  ['files.completeUploadExternal', 'storage_limit_reached', ': this workspace has no room left for files'],
  ['files.completeUploadExternal', 'posting_to_channel_denied', ''],
  ['files.completeUploadExternal', 'not_in_channel', ': I am not in that channel'],
  [
    'files.completeUploadExternal',
    'slack_connect_file_upload_sharing_blocked',
    ': an admin keeps files out of channels shared with other organizations',
  ],
] as const) {
  test(`a file that ${method} refuses as ${word} is linked to in the thread`, async () => {
    const { api, at } = await open(refusing(method, word));

    await at.slack.edge.post(ops, done(result), 'k');

    const [, remark, ...more] = api.of('chat.postMessage');
    assert.deepEqual(
      [remark?.text, remark?.thread_ts, more],
      [`I could not attach result.xlsx here${because}. ${resultLink} opens it for a while.`, PARENT, []],
    );
  });
}

test('a file that the server for uploads finds too large is linked to', async () => {
  const { at, said } = await open(({ method }) =>
    method.startsWith('/upload') ? { status: 413, body: 'too large' } : undefined,
  );

  await at.slack.edge.post(ops, done(result), 'k');

  assert.match(String(said()[1]), /too large for this workspace\. <https:/);
});

test('where the bot does not know its own address, it says so', async () => {
  const refused = refusing('files.getUploadURLExternal', 'file_uploads_disabled');
  const { at, said } = await open(refused, { fileUrl: () => undefined });

  await at.slack.edge.post(ops, done(result), 'k');

  assert.equal(
    said()[1],
    'I could not attach result.xlsx here: this workspace takes no files. Nor can I link to it: nobody told me my own address (PUBLIC_URL).',
  );
});

test('one file that is refused and one that is gone keep no other back', async () => {
  const { api, at, said } = await open(({ method, body }) =>
    method === 'files.getUploadURLExternal' && body.filename === retry.name
      ? refusal('file_type_not_allowed')
      : undefined,
  );

  await at.slack.edge.post(ops, done(result, { id: 'f3', name: 'old.xlsx' }, retry), 'k');

  assert.deepEqual(api.of('files.completeUploadExternal')[0]?.files, [
    { id: 'F-result.xlsx', title: 'result.xlsx' },
  ]);
  assert.deepEqual(String(said()[1]).split('\n'), [
    'No longer kept: old.xlsx.',
    'I could not attach a|b &lt;retry&gt;.xlsx here: this workspace takes no such files. ' +
      '<https://bot.example/files/f2/a%7Cb%20%3Cretry%3E.xlsx?a=1&amp;b=2|a|b &lt;retry&gt;.xlsx> opens it for a while.',
  ]);
});

test('a file that can not be opened just now does not hold the message back', async () => {
  const { at, said } = await open(undefined, { openFile: () => Promise.reject(new Error('no database')) });

  await at.slack.edge.post(ops, done(result), 'k');

  assert.deepEqual(said(), [
    'Job 7 is done',
    `I could not attach result.xlsx here. ${resultLink} opens it for a while.`,
  ]);
});

for (const patient of ['files.getUploadURLExternal', '/upload/result.xlsx', 'files.completeUploadExternal']) {
  test(`an upload waits where Slack asks for patience at ${patient}`, async () => {
    let asked = 0;
    const { api, at, said } = await open(({ method }) => {
      if (method !== patient || asked++ > 0) return undefined;
      return { status: 429, headers: { 'retry-after': '0' }, body: {} };
    });

    await at.slack.edge.post(ops, done(result), 'k');

    assert.equal(api.calls.at(-1)?.method, 'files.completeUploadExternal');
    assert.equal(api.of(patient).length, 2);
    assert.deepEqual(said(), ['Job 7 is done']);
  });
}

for (const method of ['files.completeUploadExternal', 'chat.postMessage']) {
  test(`of a post with a file, ${method} goes out once where its answer is lost`, async () => {
    const { api, at } = await open((call) => {
      const isPost = call.method === method && call.body.text !== 'Job 7 is done';
      return isPost ? LOST : undefined;
    });
    at.files.delete(retry.id);

    const sent = await at.slack.edge.post(ops, done(result, retry), 'k');

    const lost = api.of(method).filter(({ text }) => text !== 'Job 7 is done');
    assert.equal(lost.length, 1);
    const texts = api.of('chat.postMessage').map(({ text }) => String(text));
    assert.deepEqual(
      texts.map((text) => /^Job 7 is done$|No longer kept: /.test(text)),
      [true, true],
      texts.join(),
    );
    assert.equal(sent.message, PARENT);
  });
}

test('no byte goes to a host that is not Slack’s', async (t) => {
  const reached: string[] = [];
  const elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  t.after(() => elsewhere.close());
  const { port } = elsewhere.address() as AddressInfo;
  const addresses = [
    `http://127.0.0.1:${port}/upload`,
    'http://files.slack.com/upload',
    'https://files.slack.com.evil.example/upload',
    'https://files.slack.com@evil.example/upload',
  ];
  for (const upload_url of addresses) {
    const { api, at, said } = await open(({ method }) =>
      method === 'files.getUploadURLExternal' ? { body: { ok: true, upload_url, file_id: 'F1' } } : undefined,
    );

    await at.slack.edge.post(ops, done(result), 'k');

    assert.equal(api.of('files.completeUploadExternal').length, 0, upload_url);
    assert.match(String(said()[1]), /^I could not attach result\.xlsx here\. </);
    assert.match(
      JSON.stringify(at.logged, (_, value) => (value instanceof Error ? value.message : value)),
      /Not a host of Slack/,
    );
  }
  assert.deepEqual(reached, []);
});

test('an upload is not redirected', async () => {
  const { api, at } = await open(({ method }) =>
    method === '/upload/result.xlsx'
      ? { status: 307, headers: { location: '/upload/elsewhere' }, body: '' }
      : undefined,
  );

  await at.slack.edge.post(ops, done(result), 'k');

  assert.deepEqual(api.of('/upload/elsewhere'), []);
  assert.equal(api.of('files.completeUploadExternal').length, 0);
});

const known =
  (files: object[]): Answers =>
  ({ method }) =>
    method === 'files.list' ? { body: { ok: true, files } } : undefined;

test('a file of another size, or of no known size, is another one', async () => {
  const { api, at, said } = await open(known([{ name: 'result.xlsx', size: 4 }, { name: 'old.xlsx' }]));

  await at.slack.edge.post(ops, done(result, { id: 'f3', name: 'old.xlsx' }), 'k');

  assert.equal(api.of('files.completeUploadExternal').length, 1);
  assert.equal(said()[1], 'No longer kept: old.xlsx.');
  const [asked] = api.of('files.list');
  assert.deepEqual([asked?.channel, asked?.user], ['C1', 'UBOT']);
  assert.ok(Math.abs(Number(asked?.ts_from) - Date.now() / 1_000 + 24 * 60 * 60) < 60);
});

test('an answer to a request always has its files', async () => {
  const { api, at } = await open(known([{ name: 'result.xlsx', size: 3 }]));
  at.answer(done(result));

  await at.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'job 7 report', ts: '1.1' });
  await at.settled();

  assert.equal(api.of('files.completeUploadExternal').length, 1);
});

test('where Slack does not say what is there, files are shared all the same', async () => {
  const { api, at, said } = await open(refusing('files.list', 'internal_error'));

  await at.slack.edge.post(ops, done(result), 'k');

  assert.equal(api.of('files.completeUploadExternal').length, 1);
  assert.deepEqual(said(), ['Job 7 is done']);
});
