/** What a message has no place for is whole in a file beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { type Answers, openBoth, ops, refusal, reply } from './rig.ts';

const words = (text: string) => ({ type: 'TextBlock', text, wrap: true }) as const;
const rows = Array.from({ length: 137 }, (_, index) => [
  `1${index}`,
  `Customer ${index} of Northwind Partners`,
]);
const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [
    { ...words('Orders'), style: 'heading' },
    {
      type: 'Table',
      columns: [{ width: 1 }, { width: 1 }],
      rows: rows.map((row) => ({
        type: 'TableRow',
        cells: row.map((text) => ({ type: 'TableCell', items: [words(text)] })),
      })),
      firstRowAsHeader: true,
      showGridLines: true,
      gridStyle: 'default',
    },
  ],
};
const csv = `\uFEFF${rows.map(([number, name]) => `"${number}","${name}"\r\n`).join('')}`;
const list = reply('137 orders', { card });

/** A Slack that takes files, and what is uploaded to it. */
async function open(more: Answers = () => undefined) {
  const uploaded: string[] = [];
  const { api, at } = await openBoth((url) => (call) => {
    const answer = more(call);
    if (answer !== undefined) return answer;
    if (call.method === 'files.getUploadURLExternal')
      return { body: { ok: true, upload_url: `${url}/upload/F1`, file_id: 'F1' } };
    if (call.method === '/upload/F1') return { body: 'OK' };
    if (call.method === 'files.list') return { body: { ok: true, files: [] } };
    return undefined;
  });
  return { api, at, uploaded };
}

const completed = ({ api }: Awaited<ReturnType<typeof open>>) =>
  api.of('files.completeUploadExternal').map(({ files, channel_id, thread_ts }) => ({
    titles: (files as { title: string }[]).map(({ title }) => title),
    channel_id,
    thread_ts,
  }));

test('a table too long for a message hangs under it as a CSV', async () => {
  const opened = await open();

  const sent = await opened.at.slack.edge.post(ops, list, 'k');

  assert.deepEqual(completed(opened), [
    { titles: ['orders.csv'], channel_id: 'C1', thread_ts: '1700000000.000100' },
  ]);
  const [asked] = opened.api.of('files.getUploadURLExternal');
  assert.deepEqual([asked?.filename, Number(asked?.length)], ['orders.csv', Buffer.byteLength(csv)]);
  const [message] = opened.api.of('chat.postMessage');
  assert.match(
    JSON.stringify(message?.blocks),
    /… and 36 more rows: all 136 are in orders\.csv, in the thread\./,
  );
  assert.equal(sent.messages, 2);
});

test('of an answer to one person in a channel it is in the direct messages, and the answer says so', async () => {
  const opened = await open();
  opened.at.answer({ ...list, audience: 'asker' });

  await opened.at.command({
    team_id: 'T1',
    channel_id: 'C1',
    channel_name: 'ops',
    user_id: 'U1',
    text: 'orders',
    trigger_id: '1.2.a',
    response_url: `${opened.api.url}/respond`,
  });
  await opened.at.message();
  await opened.at.settled();

  const [answer] = opened.api.of('/respond');
  assert.match(JSON.stringify(answer?.blocks), /orders\.csv, in your direct messages with me\./);
  assert.deepEqual(completed(opened), [{ titles: ['orders.csv'], channel_id: 'D1', thread_ts: undefined }]);
});

test('where Slack takes no files, what would be in them is posted', async () => {
  const { api, at } = await open(({ method }) =>
    method === 'files.getUploadURLExternal' ? refusal('file_uploads_disabled') : undefined,
  );

  await at.slack.edge.post(ops, list, 'k');

  const [, ...parts] = api.of('chat.postMessage');
  assert.ok(parts.length > 1);
  assert.deepEqual(
    parts.map(({ text, thread_ts }) => [text, thread_ts]),
    parts.map((_, index) => [`orders.csv, part ${index + 1} of ${parts.length}`, '1700000000.000100']),
  );
  const posted = JSON.stringify(parts.map(({ blocks }) => blocks));
  for (const [number, name] of rows) assert.ok(posted.includes(`\\"${number}\\",\\"${name}\\"`), name);
});

test('a message that is drawn again shares the file once', async () => {
  const opened = await open(({ method }) =>
    method === 'files.list'
      ? { body: { ok: true, files: [{ name: 'orders.csv', size: Buffer.byteLength(csv) }] } }
      : undefined,
  );

  await opened.at.slack.edge.update({ place: ops, message: '9.9' }, list);

  assert.equal(opened.api.of('chat.update').length, 1);
  assert.deepEqual(completed(opened), []);
});

test('a long text that Slack shows without blocks is whole in a file, and the text says so', async () => {
  const opened = await open(({ method, body }) =>
    method === 'chat.update' && (body.blocks as unknown[]).length > 0 ? refusal('invalid_blocks') : undefined,
  );
  const said = Array.from({ length: 900 }, (_, index) => `word & ${index}`).join(' ');

  await opened.at.slack.edge.update({ place: ops, message: '9.9' }, reply(said));

  const text = String(opened.api.of('chat.update').at(-1)?.text);
  assert.ok(text.length <= 4_000);
  assert.match(text, /^word &amp; 0 word .*…\n… All of it is in answer\.txt, in the thread\.$/s);
  assert.deepEqual(
    completed(opened).map(({ titles }) => titles),
    [['answer.txt']],
  );
});

test('where more is left out than people can scroll through, the last part that is shown says so', async () => {
  const { api, at } = await openBoth(
    () =>
      ({ method }) =>
        method === 'files.getUploadURLExternal' ? refusal('file_uploads_disabled') : undefined,
  );
  const [heading, table] = card.body;
  if (heading === undefined || table?.type !== 'Table') throw new Error('There is no table');
  const long = { ...table, rows: Array.from({ length: 4 }, () => table.rows).flat() };
  const two = { ...card, body: [heading, long, { ...words('Drafts'), style: 'heading' } as const, long] };

  await at.slack.edge.post(ops, reply('Orders', { card: two }), 'k');

  const parts = api.of('chat.postMessage').slice(1);
  const more = /and there is more: an admin of this workspace/;
  const texts = parts.map(({ text }) => String(text)).filter((text) => /, part \d+ of/.test(text));
  assert.equal(texts.length, 10);
  assert.match(texts.at(-1) ?? '', more);
  assert.equal(texts.filter((text) => more.test(text)).length, 1);
});
