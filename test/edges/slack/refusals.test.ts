import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../src/chat/card.ts';
import { PostFailed } from '../../../src/chat/edge.ts';
import { type Answers, openBoth, ops, type Rig, refusal, refusing, reply } from './rig.ts';

const open = (answers?: Answers) => openBoth(answers && (() => answers));

const mention = { type: 'app_mention', user: 'U1', channel: 'C1', text: 'orders', ts: '1.1' };
const table: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [
    {
      type: 'Table',
      columns: [{ width: 1 }],
      rows: [
        {
          type: 'TableRow',
          cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: 'a', wrap: true }] }],
        },
      ],
      firstRowAsHeader: true,
      showGridLines: true,
      gridStyle: 'default',
    },
  ],
};

for (const [error, reason] of [
  ['channel_not_found', 'gone'],
  ['is_archived', 'gone'],
  ['not_in_channel', 'gone'],
  ['account_inactive', 'later'],
  ['token_revoked', 'later'],
  ['restricted_action', 'gone'],
  ['internal_error', 'later'],
  ['missing_scope', 'later'],
  ['team_access_not_granted', 'later'],
  ['team_added_to_org', 'later'],
  ['no_text', 'refused'],
  ['too_many_attachments', 'refused'],
] as const) {
  test(`a post that Slack answers with ${error} is ${reason}`, async () => {
    const { at } = await open(refusing('chat.postMessage', error));

    await assert.rejects(post(at), (err) => err instanceof PostFailed && err.reason === reason);
  });
}

const post = ({ slack }: Rig) => slack.edge.post(ops, reply('x'), 'k');

test('a post that comes too soon is told when to come again', async () => {
  const { at } = await open(({ method }) =>
    method === 'chat.postMessage' ? { status: 429, headers: { 'retry-after': '17' }, body: '' } : undefined,
  );

  await assert.rejects(
    post(at),
    (err) => err instanceof PostFailed && err.reason === 'later' && err.retryAfterSeconds === 17,
  );
});

test('a post to a Slack that is out of order is for later', async () => {
  const { at } = await open(({ method }) =>
    method === 'chat.postMessage' ? { status: 503, body: 'down' } : undefined,
  );

  await assert.rejects(post(at), (err) => err instanceof PostFailed && err.reason === 'later');
});

test('an answer that comes too soon is given again', async () => {
  let tries = 0;
  const { api, at } = await open(({ method }) => {
    if (method !== 'chat.postMessage') return undefined;
    tries += 1;
    return tries < 3 ? { status: 429, headers: { 'retry-after': '0' }, body: '' } : undefined;
  });
  at.answer(reply('Three orders'));

  await at.event(mention);
  await at.message();
  await at.settled();

  assert.deepEqual(
    api.of('chat.postMessage').map(({ text }) => text),
    ['Three orders', 'Three orders', 'Three orders'],
  );
  assert.deepEqual(
    at.logged.filter(({ level }) => level === 'error'),
    [],
  );
});

test('a message whose blocks are refused is sent ever barer', async () => {
  const { api, at } = await open(({ method, body }) =>
    method === 'chat.postMessage' && (body.blocks as unknown[]).length > 0
      ? refusal('invalid_blocks')
      : undefined,
  );

  await at.slack.edge.post(ops, reply('One row: a', { card: table }), 'k');

  assert.deepEqual(
    api.of('chat.postMessage').map(({ blocks }) => (blocks as { type: string }[]).map(({ type }) => type)),
    [['table'], ['rich_text'], ['rich_text'], []],
  );
});

test('a card that no message can carry is told by its text', async () => {
  const { api, at } = await open();
  const heavy: Card = {
    ...table,
    actions: [{ type: 'Action.Execute', title: 'Run', verb: 'run', data: { list: 'x'.repeat(3_000) } }],
  };

  await at.slack.edge.post(ops, reply('Run all 3,000 rows?', { card: heavy }), 'k');

  assert.deepEqual(
    api.of('chat.postMessage').map(({ text, blocks }) => [text, blocks]),
    [['Run all 3,000 rows?', []]],
  );
});

for (const error of ['edit_window_closed', 'cant_update_message', 'message_not_found', 'block_mismatch']) {
  test(`an edit that Slack refuses with ${error} is told in the thread`, async () => {
    const { api, at } = await open(refusing('chat.update', error));

    const sent = await at.slack.edge.update({ place: ops, message: '9.9' }, reply('Done'));

    assert.deepEqual(
      api.of('chat.postMessage').map(({ text, thread_ts }) => [text, thread_ts]),
      [['Done', '9.9']],
    );
    assert.deepEqual(sent, { place: { ...ops, thread: '9.9' }, message: '1700000000.000100' });
  });
}

test('an edit in a place that is gone is gone', async () => {
  const { at } = await open(refusing('chat.update', 'is_inactive'));

  await assert.rejects(
    at.slack.edge.update({ place: ops, message: '9.9' }, reply('Done')),
    (err) => err instanceof PostFailed && err.reason === 'gone',
  );
});
