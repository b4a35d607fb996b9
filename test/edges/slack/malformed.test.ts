import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBoth, reply } from './rig.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const payload = (value: unknown) => new URLSearchParams({ payload: JSON.stringify(value) }).toString();

/** Signed as Slack would, and none of it a request: nothing may wait three seconds, or bring the process down. */
for (const [body, type] of [
  ['null', json],
  ['"x"', json],
  ['[]', json],
  ['7', json],
  ['{}', json],
  ['{"type":"event_callback"}', json],
  ['{"type":"event_callback","event":null}', json],
  ['{"type":"event_callback","event":{"type":"app_mention"}}', json],
  ['{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention","user":"U1","ts":"1.1"}}', json],
  [
    '{"type":"event_callback","event_id":7,"event":{"type":"app_mention","user":{},"channel":[],"ts":1}}',
    json,
  ],
  ['{"type":"event_callback","event":{"type":7}}', json],
  ['{"type":"something_new"}', json],
  [payload(null), form],
  [payload([]), form],
  [payload({}), form],
  [payload({ type: 'block_actions' }), form],
  [payload({ type: 'block_actions', actions: [] }), form],
  [payload({ type: 'block_actions', actions: [null] }), form],
  [payload({ type: 'block_actions', actions: [{ type: 'button' }] }), form],
  [
    payload({
      type: 'block_actions',
      actions: [{ type: 'button', value: '{"v":"say"}' }],
      channel: 'C1',
      container: null,
    }),
    form,
  ],
  [payload({ type: 'view_submission' }), form],
  [payload({ type: 'view_submission', view: { private_metadata: 7 } }), form],
  [payload({ type: 'view_closed' }), form],
  [payload({ type: 'block_suggestion' }), form],
  [payload({ type: 'shortcut' }), form],
  [payload({ type: 'toString', user: { id: 'U1' } }), form],
  [payload({ type: '__proto__', user: { id: 'U1' } }), form],
  [payload({ type: 'message_action' }), form],
  ['', form],
  ['command=%2Fqm', form],
  ['command=%2Fqm&user_id=U1&user_id=U2&channel_id=C1', form],
  ['command=%2Fother&user_id=U1&channel_id=C1', form],
] as const) {
  test(`a request that is none is let go: ${type} ${decodeURIComponent(body)}`, async () => {
    const { at } = await openBoth();
    const response = await at.raw(body, type);

    assert.ok([200, 400].includes(response.status), `answered with ${response.status}`);
    await at.settled();
  });
}

for (const response_url of ['https://evil.example/x', 'http://hooks.slack.com/x', 'not an address', 7]) {
  test(`an answer goes to Slack alone, and not to ${response_url}`, async () => {
    const { at } = await openBoth();
    at.answer(reply('Customer data', { audience: 'asker' }));
    const asked = { type: 'block_actions', user: { id: 'U1' }, channel: { id: 'C1' }, container: {} };
    const actions = [{ type: 'button', value: '{"v":"say","d":{"text":"free"}}' }];

    const response = await at.raw(payload({ ...asked, actions, response_url }), form);

    assert.equal(response.status, 400);
  });
}

test('Slack is heard where it holds events back', async () => {
  const { at } = await openBoth();

  const response = await at.raw(
    JSON.stringify({ type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_700_000_000 }),
    json,
  );

  assert.equal(response.status, 200);
  const [warned] = at.logged.filter(({ level }) => level === 'warn');
  assert.deepEqual(warned?.details, { team_id: 'T1', minute_rate_limited: 1_700_000_000 });
});
