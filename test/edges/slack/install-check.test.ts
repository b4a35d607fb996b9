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
