import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needed, optional } from '../../../src/edges/slack/scopes.ts';
import { installation, openMany, tokenOf } from './installations.ts';
import { type Answers, refusal } from './rig.ts';
import { openSocketServer } from './socket.ts';

/** Slack says what each token may do. */
const scopes =
  (given: Readonly<Record<string, readonly string[]>>): Answers =>
  (call) => {
    const found = given[tokenOf(call)];
    if (call.method !== 'auth.test' || found === undefined) return undefined;
    const body = { ok: true, user: 'quartermaster', team: 'Somewhere', user_id: 'UBOT', team_id: 'T1' };
    return { headers: { 'x-oauth-scopes': found.join(',') }, body };
  };
const all = [...needed, ...optional];

test('where all is as it should be, all workspaces are one line', async () => {
  const { at, installations } = await openMany(scopes({ 'xoxb-T1': all, 'xoxb-T2': all }));
  await installations.save(installation('T1'));
  await installations.save(installation('T2'));
  assert.deepEqual(await at.slack.edge.check?.(), [
    { what: 'Workspaces', state: 'good', says: '2 of 2 are as they should be: Team T1, Team T2.' },
    { what: 'Clock', state: 'good', says: 'Ours and that of Slack agree.' },
  ]);
});

test('what is wrong is said of the workspace in which it is', async () => {
  const { at, installations } = await openMany((call) =>
    tokenOf(call) === 'xoxb-E1'
      ? refusal('account_inactive')
      : scopes({ 'xoxb-T1': all, 'xoxb-T2': ['commands'] })(call),
  );
  for (const workspace of ['T1', 'T2', 'E1', 'T666']) await installations.save(installation(workspace));
  const lost = { ...installation('T1'), version: 'x', access: undefined };
  installations.rows.set('T1x', { ...lost, workspace: 'T1x', name: 'Team T1x', enterprise: 'E1' });
  const found = (await at.slack.edge.check?.()) ?? [];
  const said = Object.fromEntries(found.map(({ what, ...rest }) => [what, rest]));
  assert.deepEqual(said.Workspaces, { state: 'note', says: '1 of 5 are as they should be: Team T1.' });
  assert.match(said['Permissions in Team T2']?.says ?? '', /^Not given: app_mentions:read/);
  assert.deepEqual(said['Token in Team E1'], {
    state: 'attention',
    says: 'Slack did not let the bot in (account_inactive).',
    remedy: 'Have the bot installed there again: https://bot.example.com/slack/install',
  });
  assert.deepEqual(said['Workspace in Team T666'], {
    state: 'attention',
    says: 'SLACK_WORKSPACES does not name T666: nobody there is answered.',
    remedy: 'Name it there, or have the app taken out of it.',
  });
  assert.equal(said['Token in Team T1x']?.says, 'No key of SECRET_KEY opens its token.');
  assert.equal(said['Token in Team T1'], undefined);
});

const hour = 3_600_000;
const expired = () =>
  installation('T2', {
    access: { token: 'xoxb-T2', renewal: { token: 'xoxe-1', expiresAt: new Date(Date.now() - hour) } },
  });
const network = 'Ask again in a minute; else see whether this machine reaches slack.com.';

for (const [what, answer, remedy] of [
  ['that Slack can’t renew just now', { status: 503, body: '' }, network],
  [
    'that Slack does not renew for this app',
    refusal('bad_client_secret'),
    'See whether SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are those of the app.',
  ],
  [
    'that Slack does not renew any more',
    refusal('invalid_refresh_token'),
    'Have the bot installed there again: https://bot.example.com/slack/install',
  ],
] as const) {
  test(`a token ${what} has a remedy of its own`, async () => {
    const { at, installations } = await openMany(({ method }) =>
      method === 'oauth.v2.access' ? answer : undefined,
    );
    await installations.save(expired());
    const found = (await at.slack.edge.check?.()) ?? [];
    assert.equal(found.find((check) => check.what === 'Token in Team T2')?.remedy, remedy);
  });
}

test('neither another copy that is slow, nor Slack out of order, nor a missing key has anybody install the bot again', async () => {
  const after = (milliseconds: number, act: () => void) => {
    if (milliseconds < 1_000) setImmediate(act);
    return () => {};
  };
  const timers = { after };
  const { at, installations } = await openMany(
    ({ method }) => (method === 'auth.test' ? refusal('service_unavailable') : undefined),
    {
      timers,
    },
  );
  await installations.save(expired());
  const known = installations.rows.get('T2');
  assert.ok(known && (await installations.beginRenewal(known)));
  await installations.save(installation('T1'));
  const { access: _, ...sealed } = installation('E1');
  installations.rows.set('E1', { ...sealed, version: 'x', access: undefined });
  const found = (await at.slack.edge.check?.()) ?? [];
  const remedies = Object.fromEntries(found.map(({ what, remedy }) => [what, remedy]));
  assert.equal(remedies['Token in Team T2'], 'Ask again in a minute; else see the logs of the other copies.');
  assert.equal(remedies['Token in Team T1'], network);
  assert.equal(
    remedies['Token in Team E1'],
    'Put the key that sealed it into SECRET_KEY, after the others. If that key is lost: Have the bot installed there again: https://bot.example.com/slack/install',
  );
});

test('of more workspaces than there is time for, what is known is told, and the next look begins with the others', async () => {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  const { timers, late } = untilLate();
  const asked: string[] = [];
  const { at, installations } = await openMany(
    (call) => {
      asked.push(tokenOf(call));
      const answer = scopes({ [tokenOf(call)]: all })(call);
      return answer && asked.length > 12 ? { ...answer, after: held } : answer;
    },
    { timers, install: { allowed: workspaces(30).map((id) => ({ id, domains: 'all' as const })) } },
  );
  for (const id of workspaces(30)) await installations.save(installation(id));
  const looking = at.slack.edge.check?.();
  while (asked.length < 22) await new Promise(setImmediate);
  late();
  const [summary] = (await looking) ?? [];
  assert.equal(summary?.state, 'note');
  assert.match(
    summary?.says ?? '',
    /^12 of 30 were looked at within 8 seconds\. 12 of 12 are as they should be: /,
  );
  assert.equal(summary?.remedy, 'Ask again: the next look begins with the others.');
  release();
  await new Promise((done) => setTimeout(done, 50));
  asked.length = 0;
  const again = await at.slack.edge.check?.();
  assert.equal(again?.[0]?.state, 'good');
  assert.deepEqual(asked[0], 'xoxb-W13');
});

/** It is late when a test says so. */
function untilLate() {
  const waiting: (() => void)[] = [];
  const after = (_: number, act: () => void) => {
    waiting.push(act);
    return () => {};
  };
  const late = () => {
    for (const act of waiting.splice(0)) act();
  };
  return { timers: { after }, late };
}

const workspaces = (count: number) => Array.from({ length: count }, (_, at) => `W${at + 1}`);

test('where Slack does not answer at all, that is said', async () => {
  const { timers, late } = untilLate();
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  let asked = 0;
  const { at, installations } = await openMany(
    () => {
      asked += 1;
      return { body: { ok: true }, after: held };
    },
    { timers },
  );
  await installations.save(installation('T1'));
  const looking = at.slack.edge.check?.();
  while (asked === 0) await new Promise(setImmediate);
  late();
  assert.deepEqual(await looking, [
    {
      what: 'Workspaces',
      state: 'attention',
      says: '0 of 1 were looked at within 8 seconds.',
      remedy: network,
    },
  ]);
  release();
});

test('of very many workspaces that are not as they should be, twenty are named', async () => {
  const { at, installations } = await openMany(() => refusal('account_inactive'), {
    install: { allowed: workspaces(35).map((id) => ({ id, domains: 'all' as const })) },
  });
  for (const id of workspaces(35)) await installations.save(installation(id));
  const found = (await at.slack.edge.check?.()) ?? [];
  assert.equal(found.filter(({ what }) => what.startsWith('Token in ')).length, 20);
  assert.deepEqual(
    found.find(({ what }) => what === 'More workspaces'),
    {
      what: 'More workspaces',
      state: 'attention',
      says: '15 more are not as they should be.',
      remedy: 'See to those that are named, then ask again.',
    },
  );
});

test('tokens that are sealed with an older key are counted, so that the key is not taken away too soon', async () => {
  const { at, installations } = await openMany(scopes({ 'xoxb-T1': all }));
  installations.rows.set('T1', { ...installation('T1'), version: 'x', hasOlderKey: true });
  const found = (await at.slack.edge.check?.()) ?? [];
  assert.deepEqual(
    found.find(({ what }) => what === 'Keys'),
    {
      what: 'Keys',
      state: 'note',
      says: 'The token of one workspace is sealed with an older key: leave it in SECRET_KEY until this line is gone, within a day.',
    },
  );
});

test('a bot that is not installed anywhere says where to begin', async () => {
  const { at } = await openMany();
  assert.deepEqual(await at.slack.edge.check?.(), [
    {
      what: 'Workspaces',
      state: 'note',
      says: 'The bot is not installed anywhere yet. An admin of a workspace begins here: https://bot.example.com/slack/install',
    },
  ]);
});

test('one socket brings the requests of several workspaces, and the end of one', async () => {
  const socket = await openSocketServer();
  void socket.connected.then(() => socket.send({ type: 'hello' }));
  const { api, at, installations } = await openManyOn(socket.url);
  await installations.save(installation('T1'));
  await installations.save(installation('T2'));
  const heard: string[] = [];
  at.play(async (inbound) => void heard.push(inbound.person.id));
  const send = async (envelope_id: string, team_id: string, event: object) => {
    const acknowledged = socket.next();
    const authorizations = [{ team_id, enterprise_id: null, is_enterprise_install: false }];
    const payload = { type: 'event_callback', event_id: envelope_id, team_id, event };
    const body = 'user' in event ? { ...payload, authorizations } : payload;
    socket.send({ type: 'events_api', envelope_id, accepts_response_payload: false, payload: body });
    assert.equal((await acknowledged).envelope_id, envelope_id);
  };
  const mention = { type: 'app_mention', user: 'U1', channel: 'C1', text: 'orders', ts: '1.1' };
  await send('e1', 'T1', mention);
  await send('e2', 'T2', mention);
  await send('e3', 'T2', { type: 'app_uninstalled' });
  await at.settled();
  assert.deepEqual(heard.sort(), ['T1:U1', 'T2:U1']);
  assert.deepEqual([...installations.rows.keys()], ['T1']);
  const asked = api.calls.filter(({ method }) => method === 'users.info').map(tokenOf);
  assert.deepEqual(asked.sort(), ['xoxb-T1', 'xoxb-T2']);
  await socket.close();
});

/** In Socket Mode; T2 takes the bot out once it is asked for its token. */
async function openManyOn(url: string) {
  return openMany(
    (call) => {
      if (call.method === 'apps.connections.open') return { body: { ok: true, url } };
      return call.method === 'auth.test' && tokenOf(call) === 'xoxb-T2'
        ? refusal('token_revoked')
        : undefined;
    },
    { appToken: 'xapp-1', signingSecret: '' },
  );
}
