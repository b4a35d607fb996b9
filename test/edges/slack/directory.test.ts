import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDirectory } from '../../../src/edges/slack/requests/directory.ts';
import { identityOf, webClient } from '../../../src/edges/slack/web-api.ts';
import { type Answers, openScripted, refusal } from './rig.ts';

const log = { info() {}, warn() {}, error() {} };

async function withDirectory(
  answers: Answers,
  use: (
    directory: ReturnType<typeof openDirectory>,
    api: Awaited<ReturnType<typeof openScripted>>,
    clock: { now: number },
  ) => Promise<void>,
): Promise<void> {
  const api = await openScripted(answers);
  const clock = { now: 0 };
  const client = webClient({ apiUrl: api.url, log }, 'x');
  await use(
    openDirectory(client, identityOf(client), log, () => clock.now),
    api,
    clock,
  );
  await api.close();
}

const channel =
  (found: object): Answers =>
  ({ method }) =>
    method === 'conversations.info' ? { body: { ok: true, channel: found } } : undefined;
const noChannel =
  (error: string): Answers =>
  ({ method }) =>
    method === 'conversations.info' ? refusal(error) : undefined;

for (const [what, id, type, answers, expected] of [
  ['a public channel', 'C1', undefined, channel({ name: 'ops' }), ['channel', '#ops']],
  [
    'a private channel with an old id',
    'G1',
    'group',
    channel({ name: 'closed', is_private: true }),
    ['channel', '#closed'],
  ],
  [
    'a private channel of a command',
    'G1',
    undefined,
    channel({ name: 'closed', is_private: true }),
    ['channel', '#closed'],
  ],
  ['a group with an old id', 'G1', 'mpim', channel({ name: 'mpdm-a--b-1', is_mpim: true }), ['group', '']],
  ['a group with a new id', 'C1', undefined, channel({ name: 'mpdm-a--b-1', is_mpim: true }), ['group', '']],
  ['a direct conversation', 'D1', 'im', channel({ is_im: true }), ['personal', '']],
  ['a direct conversation between others', 'D1', undefined, noChannel('channel_not_found'), ['group', '']],
  ['a direct conversation, the scope missing', 'D1', undefined, noChannel('missing_scope'), ['personal', '']],
  ['a channel, the scope missing', 'C1', undefined, noChannel('missing_scope'), ['channel', '']],
  ['an old id, the scope missing', 'G1', undefined, noChannel('missing_scope'), ['group', '']],
] as const) {
  test(`the kind and name of ${what}`, () =>
    withDirectory(answers, async (directory) => {
      const { kind, name, conversation, address } = await directory.place(id, { type });

      assert.deepEqual([kind, name], expected);
      assert.deepEqual([conversation, address], [`T1:${id}`, { team: 'T1', channel: id }]);
    }));
}

test('a person is asked for once in five minutes', () =>
  withDirectory(
    () => undefined,
    async (directory, api, clock) => {
      await Promise.all([directory.person('U1'), directory.person('U1'), directory.mention('U1')]);
      assert.equal(api.of('users.info').length, 1);

      clock.now = 300_001;
      await directory.person('U1');
      assert.equal(api.of('users.info').length, 2);
    },
  ));

test('a mention is an e-mail address, else a name', () =>
  withDirectory(
    ({ method, body }) =>
      method === 'users.info' && body.user === 'U9' ? refusal('user_not_found') : undefined,
    async (directory) => {
      assert.equal(await directory.mention('U1'), 'a@b.example');
      assert.equal(await directory.mention('U9', 'eve'), '@eve');
      assert.equal(await directory.mention('U9'), '@U9');
    },
  ));
