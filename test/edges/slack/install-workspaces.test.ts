import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { installation, openMany, tokenOf } from './installations.ts';
import { type Answers, openBoth, refusal, reply } from './rig.ts';

const user =
  (profile: object): Answers =>
  ({ method }) =>
    method === 'users.info' ? { body: { ok: true, user: { id: 'U1', ...profile } } } : undefined;

const mention = { type: 'app_mention', user: 'U1', channel: 'C1', text: 'orders', ts: '1.1' };
const place = (conversation: string, more: object = {}): Place => ({
  platform: 'slack',
  conversation,
  kind: 'channel',
  name: '#ops',
  address: { team: conversation.split(':')[0] ?? '', channel: conversation.split(':')[1] ?? '', ...more },
});
const command = (team_id: string, more: Record<string, string> = {}) => ({
  team_id,
  user_id: 'U1',
  channel_id: 'C1',
  trigger_id: `${team_id}.1`,
  text: 'orders',
  ...more,
});

test('each workspace is answered with its own token, and its people and places are its own', async () => {
  const { api, at, installations } = await openMany();
  await installations.save(installation('T1'));
  await installations.save(installation('T2'));
  at.answer(reply('Three orders'));
  for (const team of ['T1', 'T2']) {
    await at.event(
      { ...mention, text: `<@UBOT${team}> orders` },
      {
        event_id: `Ev${team}`,
        authorizations: [{ team_id: team, enterprise_id: null, is_enterprise_install: false }],
      },
    );
    const { person, place: where, text } = await at.message();
    assert.deepEqual([person.id, where.conversation, text], [`${team}:U1`, `${team}:C1`, 'orders']);
  }
  await at.settled();
  assert.deepEqual(
    api.calls
      .filter(({ method }) => method === 'chat.postMessage')
      .map(tokenOf)
      .sort(),
    ['xoxb-T1', 'xoxb-T2'],
  );
  assert.equal(api.of('auth.test').length, 0, 'who the bot is there is known since it was installed');
});

test('a post goes out with the token of the workspace of its place', async () => {
  const { api, at, installations } = await openMany();
  await installations.save(installation('T1'));
  await installations.save(installation('T2'));
  await at.slack.edge.post(place('T2:C9'), reply('Low units'), 'k1');
  const sent = await at.slack.edge.post(place('T1:C1'), reply('Low units'), 'k2');
  await at.slack.edge.update(sent, reply('More units'));
  const tokens = (method: string) => api.calls.filter((call) => call.method === method).map(tokenOf);
  assert.deepEqual(tokens('chat.postMessage'), ['xoxb-T2', 'xoxb-T1']);
  assert.deepEqual(tokens('chat.update'), ['xoxb-T1']);
});

for (const [what, email, trusted] of [
  ['of its own domain', 'carla@Contoso.example', 'carla@contoso.example'],
  ['of the provider', 'ada@hamaracloud.example', undefined],
  ['that only ends like its own', 'eve@evil-contoso.example', undefined],
  ['below its own domain', 'eve@mail.contoso.example', undefined],
  ['with its own domain before another', 'eve@contoso.example@evil.example', undefined],
] as const) {
  test(`a customer’s workspace ${trusted ? 'vouches' : 'does not vouch'} for an address ${what}`, async () => {
    const { at, installations } = await openMany(user({ team_id: 'T2', profile: { email } }));
    await installations.save(installation('T2'));
    await at.command(command('T2'));
    assert.equal((await at.message()).person.email, trusted);
  });
}

test('the provider’s own workspace vouches for all of its people, and for no strangers', async () => {
  for (const [team, trusted] of [
    ['T1', 'carla@contoso.example'],
    ['T9', undefined],
  ] as const) {
    const { at, installations } = await openMany(
      user({ team_id: team, profile: { email: 'carla@contoso.example' } }),
    );
    await installations.save(installation('T1'));
    await at.command(command('T1'));
    assert.equal((await at.message()).person.email, trusted);
  }
});

for (const [what, workspace] of [
  ['without the bot', undefined],
  ['that has the bot and may not have it any more', 'T3'],
] as const) {
  test(`a workspace ${what} is told so where Slack gave a way to, and nothing else happens`, async () => {
    const { api, at, installations } = await openMany();
    if (workspace) await installations.save(installation(workspace));
    await at.event(mention, { team_id: 'T3', authorizations: [{ team_id: 'T3' }] });
    await at.command(command('T3', { response_url: `${api.url}/answer` }));
    await at.action({
      team: { id: 'T3' },
      user: { id: 'U1' },
      trigger_id: '1.2',
      response_url: `${api.url}/answer`,
      channel: { id: 'C1' },
      container: { channel_id: 'C1', message_ts: '1.1' },
      actions: [{ type: 'button', value: '{}' }],
    });
    await at.settled();
    assert.deepEqual(
      api.calls.map(({ method }) => method),
      ['/answer', '/answer'],
    );
    const { text, response_type } = api.of('/answer')[0] ?? {};
    assert.equal(response_type, 'ephemeral');
    assert.match(String(text), /^I am not set up in this Slack workspace\./);
  });
}

test('with one token, requests of another workspace are not answered with it', async () => {
  const { api, at } = await openBoth();
  await at.event(mention, { team_id: 'T2', authorizations: [{ team_id: 'T2' }] });
  await at.command(command('T2', { response_url: `${api.url}/answer` }));
  await at.settled();
  assert.deepEqual(
    api.calls.map(({ method }) => method).filter((method) => method !== 'auth.test'),
    ['/answer'],
  );
});

test('in an organization the one token is good for each workspace, which each call names', async () => {
  const { api, at, installations } = await openMany();
  await installations.save(installation('E1', { enterprise: 'E1' }));
  at.answer(reply('Three orders'));
  await at.event(mention, {
    team_id: 'T7',
    authorizations: [{ team_id: 'T7', enterprise_id: 'E1', is_enterprise_install: true }],
  });
  const { person, place: where } = await at.message();
  assert.deepEqual(
    [person.id, where.conversation, where.address],
    ['E1:U1', 'E1:C1', { team: 'E1', channel: 'C1', within: 'T7' }],
  );
  await at.settled();
  await at.slack.edge.post(where, reply('Low units'), 'k1');
  const calls = api.calls.filter(({ method }) => method !== 'auth.test');
  assert.ok(calls.length >= 4);
  for (const call of calls)
    assert.deepEqual([tokenOf(call), call.body.team_id], ['xoxb-E1', 'T7'], call.method);
});

test('an organization is known from every kind of request, also where there is no team', async () => {
  const { at, installations } = await openMany();
  await installations.save(installation('E1', { enterprise: 'E1' }));
  await at.command(command('T7', { enterprise_id: 'E1', is_enterprise_install: 'true' }));
  assert.equal((await at.message()).person.id, 'E1:U1');
  await at.action({
    team: null,
    enterprise: { id: 'E1' },
    is_enterprise_install: true,
    user: { id: 'U1', team_id: 'T7' },
    trigger_id: '1.2',
    channel: { id: 'C1' },
    container: { channel_id: 'C1', message_ts: '1.1' },
    actions: [{ type: 'button', value: JSON.stringify({ verb: 'orders.list', data: {} }) }],
  });
  await at.settled();
  assert.deepEqual(
    at.logged.filter(({ level }) => level !== 'info'),
    [],
  );
});

test('a workspace of an organization that installed the bot for itself has its own token', async () => {
  const { api, at, installations } = await openMany();
  await installations.save(installation('E1', { enterprise: 'E1' }));
  await installations.save(installation('T8', { enterprise: 'E1' }));
  await at.command(command('T8', { enterprise_id: 'E1', is_enterprise_install: 'false' }));
  assert.equal((await at.message()).person.id, 'T8:U1');
  assert.ok(api.calls.every((call) => tokenOf(call) === 'xoxb-T8'));
});

const ended = (event: object, more: object = {}) =>
  [event, { team_id: 'T2', event_id: 'EvEnd', ...more }] as const;
const over: Answers = (call) => (tokenOf(call) === 'xoxb-T2' ? refusal('account_inactive') : undefined);

for (const event of [
  { type: 'app_uninstalled' },
  { type: 'tokens_revoked', tokens: { oauth: [], bot: ['UBOTT2'] } },
]) {
  test(`after ${event.type} the workspace is forgotten, and its places are no more`, async () => {
    const { at, installations } = await openMany(over);
    await installations.save(installation('T1'));
    await installations.save(installation('T2'));
    await at.event(...ended(event));
    await at.settled();
    assert.deepEqual([...installations.rows.keys()], ['T1']);
    await assert.rejects(at.slack.edge.post(place('T2:C9'), reply('Low units'), 'k1'), (err) => {
      assert.ok(err instanceof PostFailed);
      assert.equal(err.reason, 'gone');
      assert.match(err.message, /not installed in the Slack workspace T2/);
      return true;
    });
  });

  test(`${event.type} that comes after the bot was installed once more does not take it away`, async () => {
    const { at, installations } = await openMany();
    await installations.save(installation('T2'));
    await at.event(...ended(event));
    await at.settled();
    assert.deepEqual([...installations.rows.keys()], ['T2']);
  });

  test(`${event.type} while Slack can’t be asked takes nothing away`, async () => {
    const { at, installations } = await openMany(({ method }) =>
      method === 'auth.test' ? { status: 503, body: '' } : undefined,
    );
    await installations.save(installation('T2'));
    await at.event(...ended(event));
    await at.settled();
    assert.deepEqual([...installations.rows.keys()], ['T2']);
  });
}

test('the end of somebody’s own token is not the end of the bot', async () => {
  const { api, at, installations } = await openMany(over);
  await installations.save(installation('T2'));
  await at.event(...ended({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }));
  await at.settled();
  assert.deepEqual([[...installations.rows.keys()], api.calls.length], [['T2'], 0]);
});

test('an end that the bot never heard of is found with the next post', async () => {
  const { at, installations } = await openMany(over);
  await installations.save(installation('T2'));
  await assert.rejects(
    at.slack.edge.post(place('T2:C9'), reply('Low units'), 'k1'),
    (err) => err instanceof PostFailed && err.reason === 'gone',
  );
  assert.equal(installations.rows.size, 0);
});
