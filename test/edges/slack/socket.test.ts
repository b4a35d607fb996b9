import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inbound } from '../../../src/chat/inbound.ts';
import { openSlack } from '../../../src/edges/slack/index.ts';
import { formsInMemory } from './forms-store.ts';
import { openScripted, reply } from './rig.ts';
import { openSocketServer } from './socket.ts';

test('in Socket Mode requests come in through the socket and none over HTTP', async () => {
  const socket = await openSocketServer();
  const api = await openScripted(({ method }) =>
    method === 'apps.connections.open' ? { body: { ok: true, url: socket.url } } : undefined,
  );
  const inbounds: Inbound[] = [];
  const log = { info() {}, warn() {}, error() {} };
  const slack = await openSlack({
    botToken: 'xoxb-1',
    signingSecret: '',
    appToken: 'xapp-1',
    apiUrl: api.url,
    log,
    search: async () => [],
    openFile: async () => undefined,
    forms: formsInMemory(),
    receive: async (inbound, respond) => {
      inbounds.push(inbound);
      await respond(reply('Three orders'));
    },
  });
  assert.equal(slack.handle, undefined);
  const stateOfSocket = async () =>
    (await slack.edge.check?.())?.find(({ what }) => what === 'Socket')?.state;
  assert.equal(await stateOfSocket(), 'attention');
  void socket.connected.then(() => socket.send({ type: 'hello' }));
  await slack.start();
  assert.equal(await stateOfSocket(), 'good');

  const acknowledged = socket.next();
  socket.send({
    type: 'events_api',
    envelope_id: 'e1',
    accepts_response_payload: false,
    payload: {
      type: 'event_callback',
      event_id: 'Ev1',
      event: { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> orders', ts: '1.1' },
    },
  });

  assert.equal((await acknowledged).envelope_id, 'e1');
  await slack.stop();
  assert.deepEqual(
    inbounds.map((inbound) => inbound.kind === 'message' && inbound.text),
    ['orders'],
  );
  assert.deepEqual(
    api.of('chat.postMessage').map(({ text }) => text),
    ['Three orders'],
  );
  await socket.close();
  await api.close();
});
