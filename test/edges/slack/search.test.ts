import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Card, Choice, InputChoiceSet } from '../../../src/chat/card.ts';
import type { Query } from '../../../src/chat/edge.ts';
import type { Timers } from '../../../src/edges/slack/forms/timers.ts';
import { formsInMemory } from './forms-store.ts';
import { openBoth, reply } from './rig.ts';

const input = (more: Partial<InputChoiceSet> = {}): InputChoiceSet => ({
  type: 'Input.ChoiceSet',
  id: 'user',
  label: 'User name',
  choices: [],
  'choices.data': { type: 'Data.Query', dataset: 'users' },
  placeholder: 'alice@contoso.example',
  ...more,
});

const listWith = (one: InputChoiceSet): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [one],
  actions: [{ type: 'Action.Execute', title: 'Show', verb: 'users.show', data: {} }],
});

type Element = Record<string, unknown> & { action_id: string };
type Shown = { type: string; block_id: string; element: Element };

/** The field as it stands in the message. */
async function posted(one: InputChoiceSet): Promise<Shown> {
  const { api, at } = await openBoth();
  at.answer(reply('Look up', { card: listWith(one) }));
  await at.event({ type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'user', ts: '1.1' });
  await at.settled();
  const blocks = api.of('chat.postMessage')[0]?.blocks as Shown[];
  const field = blocks.find(({ type }) => type === 'input');
  assert.ok(field);
  return field;
}

const typing = (more: object) =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_suggestion',
      team: { id: 'T1', domain: 'ours' },
      user: { id: 'U1', name: 'alice' },
      api_app_id: 'A1',
      token: 't',
      block_id: 'b',
      action_id: 'user@users',
      value: 'al',
      container: { type: 'message', message_ts: '1.2', channel_id: 'C1', is_ephemeral: true },
      channel: { id: 'C1', name: 'ops' },
      ...more,
    }),
  }).toString();

async function openSearch(
  search: (query: Query) => Promise<readonly Choice[]> = async () => [],
  more: { timers?: Timers; forms?: ReturnType<typeof formsInMemory> } = {},
) {
  const asked: Query[] = [];
  const { at } = await openBoth(undefined, {
    ...more,
    search: (query) => {
      asked.push(query);
      return search(query);
    },
  });
  return {
    asked,
    at,
    async type(request: object = {}, signing: Parameters<typeof at.raw>[2] = {}) {
      const answer = await at.raw(typing(request), 'application/x-www-form-urlencoded', signing);
      const text = await answer.text();
      return { status: answer.status, options: text.startsWith('{') ? JSON.parse(text).options : text };
    },
  };
}

describe('a field whose choices are searched', () => {
  test('is a select that asks the bot, with what was typed chosen already', async () => {
    const { element } = await posted(input({ value: 'dave@contoso.example' }));
    assert.deepEqual(element, {
      type: 'external_select',
      action_id: 'user@users',
      min_query_length: 0,
      initial_option: {
        text: { type: 'plain_text', text: 'dave@contoso.example', emoji: false },
        value: 'dave@contoso.example',
      },
      placeholder: { type: 'plain_text', text: 'alice@contoso.example', emoji: false },
    });
  });

  test('shows a choice at hand by its name', async () => {
    const choices = [{ title: '10023/3 · Webex Suite · 7 free', value: '10023/3' }];
    const { element } = await posted(input({ choices, value: '10023/3' }));
    assert.deepEqual(Reflect.get(element.initial_option as object, 'text').text, choices[0]?.title);
  });

  test('keeps what was typed and is too long for a choice, as text', async () => {
    const { element } = await posted(input({ value: `${'long'.repeat(30)}@contoso.example` }));
    assert.equal(element.type, 'plain_text_input');
    assert.equal(element.action_id, 'user');
    assert.match(String(element.initial_value), /^longlong.*@contoso\.example$/);
  });

  test('is handed in under its own name', async () => {
    const { at } = await openBoth();
    const { block_id, element } = await posted(input());
    const chosen = { type: 'external_select', selected_option: { value: 'bob@contoso.example' } };
    await at.action({
      trigger_id: 'tr1',
      user: { id: 'U1' },
      channel: { id: 'C1' },
      container: { type: 'message', message_ts: '1.2', channel_id: 'C1' },
      actions: [{ type: 'button', value: JSON.stringify({ v: 'users.show', d: {} }) }],
      state: { values: { [block_id]: { [element.action_id]: chosen } } },
    });
    assert.deepEqual((await at.submit()).values, { user: 'bob@contoso.example' });
  });
});

describe('somebody types', () => {
  test('and is shown what the bot finds for them in this conversation', async () => {
    const long = `10023/1 · ${'Unified Messaging '.repeat(6)}· 7 free`;
    const here = await openSearch(async () => [
      { title: 'alice@contoso.example · Alice', value: 'alice@contoso.example' },
      { title: long, value: '10023/1' },
      { title: 'The same again', value: '10023/1' },
      { title: 'Too long to be chosen', value: 'x'.repeat(300) },
    ]);
    const { status, options } = await here.type();

    assert.equal(status, 200);
    assert.deepEqual(here.asked, [
      {
        person: { platform: 'slack', id: 'T1:U1', name: 'alice', email: 'a@b.example' },
        place: {
          platform: 'slack',
          conversation: 'T1:C1',
          kind: 'channel',
          name: '#ops',
          address: { team: 'T1', channel: 'C1' },
        },
        dataset: 'users',
        words: 'al',
        most: 100,
      },
    ]);
    assert.deepEqual(
      options.map(({ value }: { value: string }) => value),
      ['alice@contoso.example', '10023/1'],
    );
    assert.equal(options[0].text.text, 'alice@contoso.example · Alice');
    assert.ok(options[1].text.text.length <= 75 && options[1].description.text.endsWith('7 free'));
  });

  test('and can choose also what is too long for a choice, by its key', async () => {
    const value = `${'long'.repeat(30)}@contoso.example`;
    const here = await openSearch(async () => [
      { title: value, value, key: 'user:7' },
      { title: 'bob@contoso.example', value: 'bob@contoso.example', key: 'user:8' },
    ]);

    const { options } = await here.type();

    assert.deepEqual(
      options.map(({ value }: { value: string }) => value),
      ['user:7', 'bob@contoso.example'],
    );
  });

  test('in a window, which belongs to a conversation that only the bot knows', async () => {
    const forms = formsInMemory();
    const place = { platform: 'slack', conversation: 'T1:C7', kind: 'channel', name: '#contoso' };
    const id = 'abcdefghijklmnopqrstuv';
    await forms.keep(id, { user: 'U1', asked: { place } }, 60);
    const here = await openSearch(undefined, { forms });
    const view = { type: 'modal', private_metadata: id };
    const inWindow = { channel: undefined, container: { type: 'view', view_id: 'V1' }, view };

    await here.type(inWindow);
    await here.type({ ...inWindow, user: { id: 'U2', name: 'eve' } });
    await here.type({ ...inWindow, view: { ...view, private_metadata: 'zzzzzzzzzzzzzzzzzzzzzz' } });

    assert.deepEqual(
      here.asked.map((query) => query.place),
      [place],
      'whose window it is not, is asked for nothing',
    );
  });

  test('into a field that another one narrows, which a window tells of', async () => {
    const { element } = await posted(
      input({
        id: 'service',
        'choices.data': { type: 'Data.Query', dataset: 'used-services', within: { user: 'user' } },
      }),
    );
    const forms = formsInMemory();
    const id = 'abcdefghijklmnopqrstuv';
    const place = { platform: 'slack', conversation: 'T1:C7', kind: 'channel', name: '#contoso' };
    await forms.keep(id, { user: 'U1', asked: { place } }, 60);
    const here = await openSearch(undefined, { forms });
    const chosen = { type: 'external_select', selected_option: { value: 'bob@contoso.example' } };
    const window = (values: object) => ({
      action_id: element.action_id,
      channel: undefined,
      container: { type: 'view', view_id: 'V1' },
      view: { type: 'modal', private_metadata: id, state: { values } },
    });

    await here.type(window({ a: { 'user@known-users': chosen } }));
    await here.type(
      window({ a: { 'user@known-users': { type: 'external_select', selected_option: null } } }),
    );
    await here.type({ action_id: element.action_id });

    assert.deepEqual(
      here.asked.map(({ dataset, within }) => [dataset, within]),
      [
        ['used-services', { user: 'bob@contoso.example' }],
        ['used-services', undefined],
        ['used-services', undefined],
      ],
    );
  });

  test('and gets nothing where the search takes too long or breaks down', async () => {
    const timers: Timers = {
      after(milliseconds, act) {
        if (milliseconds === 2_500) setImmediate(act);
        return () => undefined;
      },
    };
    const slow = await openSearch(() => new Promise(() => undefined), { timers });
    assert.deepEqual(await slow.type(), { status: 200, options: [] });
    const broken = await openSearch(() => Promise.reject(new Error('no database')));
    assert.deepEqual(await broken.type(), { status: 200, options: [] });
    assert.ok(broken.at.logged.some(({ level }) => level === 'warn'));
  });

  test('into a field that nobody asked for, or as nobody: nothing is searched', async () => {
    const here = await openSearch();
    for (const action_id of ['user', 'user@passwords', '@', 7]) await here.type({ action_id });
    const forged = await here.type({}, { secret: 'another' });
    assert.equal(forged.status, 401);
    assert.deepEqual(here.asked, []);
  });
});

test('a button that destroys asks first', async () => {
  const { api, at } = await openBoth();
  const confirm = { title: 'Stop job 7?', text: 'What is done stays done.', yes: 'Stop it' };
  const card: Card = {
    ...listWith(input()),
    actions: [
      {
        type: 'Action.Execute',
        title: 'Cancel',
        verb: 'bulk.cancel',
        data: { job: 7 },
        style: 'destructive',
        confirm,
      },
    ],
  };
  at.answer(reply('Job 7', { card }));
  await at.event({
    type: 'message',
    channel_type: 'im',
    channel: 'D1',
    user: 'U1',
    text: 'job 7',
    ts: '1.1',
  });
  await at.settled();
  const blocks = api.of('chat.postMessage')[0]?.blocks as { type: string; elements: object[] }[];
  const [button] = blocks.find(({ type }) => type === 'actions')?.elements ?? [];
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  assert.deepEqual(Reflect.get(button ?? {}, 'confirm'), {
    title: plain('Stop job 7?'),
    text: plain('What is done stays done.'),
    confirm: plain('Stop it'),
    deny: plain('No'),
    style: 'danger',
  });
});
