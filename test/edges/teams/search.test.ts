/** What Teams asks for while somebody types into an input. Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Choice } from '../../../src/chat/card.ts';
import type { Query } from '../../../src/chat/edge.ts';
import type { Timing } from '../../../src/edges/teams/index.ts';
import { ALICE, inChannel, openTalk, TENANT } from './talk.ts';

const typing = (value: object = {}) => ({
  type: 'invoke',
  id: 'f:search-1',
  name: 'application/search',
  value: { queryText: 'al', queryOptions: { skip: 0, top: 15 }, dataset: 'users', ...value },
});

async function openSearch(
  t: TestContext,
  search: (query: Query) => Promise<readonly Choice[]>,
  timing: Partial<Timing> = {},
) {
  const asked: Query[] = [];
  const talk = await openTalk(t, {
    timing,
    search: (query) => {
      asked.push(query);
      return search(query);
    },
  });
  return { ...talk, asked };
}

const results = (...found: readonly object[]) => ({
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: found },
  },
});

test('who types is shown what the bot finds for them, where they are', async (t) => {
  const talk = await openSearch(t, async () => [
    { title: 'alice@contoso.example · Alice', value: 'alice@contoso.example', key: 'user:7' },
    { title: 'al@contoso.example · not a user yet', value: 'al@contoso.example' },
  ]);

  const answer = await talk.send({ ...inChannel, ...typing() });

  assert.deepEqual(
    answer,
    results(
      { title: 'alice@contoso.example · Alice', value: 'alice@contoso.example' },
      { title: 'al@contoso.example · not a user yet', value: 'al@contoso.example' },
    ),
  );
  const [query] = talk.asked;
  assert.equal(query?.person.email, 'alice@contoso.example');
  assert.equal(query?.place.conversation, '19:orders@thread.tacv2');
  assert.equal(query?.place.kind, 'channel');
  const { person: _, place: __, ...wanted } = query ?? {};
  assert.deepEqual(wanted, { dataset: 'users', words: 'al', most: 15 });
  assert.deepEqual(talk.heard, [], 'nothing is said by typing');
  assert.deepEqual(talk.connector.messages(), []);
});

test('where the bot is not, who types is asked of the personal chat, however often they type', async (t) => {
  const talk = await openSearch(t, async () => []);
  const isMember = ({ path }: { path: string }) => path.includes('/members/');
  const isChat = ({ path }: { path: string }) => path === '/v3/conversations';
  const away = { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } };
  const group = { id: '19:people@thread.v2', conversationType: 'groupChat', isGroup: true };

  talk.connector.fail(isMember, away);
  await talk.send({ ...typing(), conversation: group, from: ALICE });
  assert.equal(talk.asked[0]?.person.email, 'alice@contoso.example');

  for (const conversation of ['a:with-29:alice', 'a:of-two-people']) {
    const where = { id: conversation, conversationType: 'personal', tenantId: TENANT };
    await talk.send({ ...typing(), conversation: where });
  }
  assert.deepEqual(
    talk.asked.map(({ place }) => place.kind),
    ['group', 'personal', 'group'],
  );
  assert.equal(talk.connector.calls.filter(isChat).length, 1);

  const guest = { id: '29:guest', name: 'Guest' };
  for (let time = 0; time < 3; time++) await talk.send({ ...typing(), conversation: group, from: guest });
  assert.equal(talk.asked.at(-1)?.person.email, undefined);
  assert.equal(talk.connector.calls.filter(isChat).length, 2);
  assert.equal(talk.connector.calls.filter(isMember).length, 4);
});

test('who has no chat with the bot is not asked for it at each letter', async (t) => {
  const talk = await openSearch(t, async () => []);
  const isChat = ({ path }: { path: string }) => path === '/v3/conversations';
  talk.connector.fail(isChat, { status: 403, body: { error: { code: 'ForbiddenOperationException' } } });
  const guest = { id: '29:guest', name: 'Guest' };
  for (let time = 0; time < 3; time++) await talk.send({ ...inChannel, ...typing(), from: guest });
  assert.equal(talk.connector.calls.filter(isChat).length, 1);
});

test('the inputs that narrow it are told, and no others', async (t) => {
  const talk = await openSearch(t, async () => []);
  const data = { user: 'alice@contoso.example', units: '2', other: { user: 'x' } };

  await talk.send(typing({ dataset: 'used-services?user=user', data }));
  await talk.send(typing({ dataset: 'used-services?user=user', data: { user: '  ' } }));
  await talk.send(typing({ dataset: 'used-services?user=user' }));
  await talk.send(typing({ dataset: 'used-services?user=other&units=units', data }));

  assert.deepEqual(
    talk.asked.map(({ dataset, within }) => [dataset, within]),
    [
      ['used-services', { user: 'alice@contoso.example' }],
      ['used-services', undefined],
      ['used-services', undefined],
      ['used-services', undefined],
    ],
  );
});

test('no more than Teams lists, and from where it goes on', async (t) => {
  const many = Array.from({ length: 100 }, (_, index) => ({ title: `${index}`, value: `${index}` }));
  const talk = await openSearch(t, async ({ most }) => many.slice(0, most));
  const valuesFor = async (queryOptions: unknown) => {
    const { body } = await talk.send(typing({ queryOptions }));
    return (body as { value: { results: Choice[] } }).value.results.map(({ value }) => Number(value));
  };

  assert.deepEqual(await valuesFor({ skip: 0, top: 500 }), [...Array(15).keys()]);
  assert.deepEqual(await valuesFor({ skip: 0, top: 5 }), [0, 1, 2, 3, 4]);
  assert.deepEqual(await valuesFor({ skip: 15, top: 2 }), [15, 16]);
  assert.deepEqual(await valuesFor({ skip: -1, top: 'all' }), [...Array(15).keys()]);
  assert.deepEqual(await valuesFor(undefined), [...Array(15).keys()]);
  assert.ok(talk.asked.every(({ most }) => most <= 75));
});

test('what takes too long, or breaks down, finds nothing, and in time', async (t) => {
  const slow = await openSearch(t, () => new Promise(() => undefined), { searchWithinMs: 1 });
  assert.deepEqual(await slow.send(typing()), results());

  const broken = await openSearch(t, () => Promise.reject(new Error('no database')));
  assert.deepEqual(await broken.send(typing()), results());
  assert.ok(broken.logged.some((line) => JSON.stringify(line).includes('could not be searched')));
});

test('what nobody offered is not searched', async (t) => {
  const talk = await openSearch(t, async () => [{ title: 'x', value: 'x' }]);
  for (const dataset of ['passwords', '', 7, null, ['users'], 'graph.microsoft.com/users', '__proto__'])
    assert.deepEqual(await talk.send(typing({ dataset })), results());
  assert.deepEqual(await talk.send({ ...typing(), value: 'users' }), results());
  assert.deepEqual(await talk.send(typing({ queryText: { al: 1 } })), results({ title: 'x', value: 'x' }));
  assert.deepEqual(
    talk.asked.map(({ words }) => words),
    [''],
  );
});
