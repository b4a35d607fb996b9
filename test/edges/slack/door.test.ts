import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openRig, openScripted, type Rig } from './rig.ts';

let slack: Awaited<ReturnType<typeof openScripted>>;
let at: Rig;
before(async () => {
  slack = await openScripted();
  at = await openRig({ apiUrl: slack.url });
});
after(async () => {
  await at.close();
  await slack.close();
});

const json = 'application/json';
const mention = { type: 'app_mention', user: 'U1', channel: 'C1', text: 'orders', ts: '1.1' };
const minutes = (count: number) => Math.floor(Date.now() / 1_000) + count * 60;

test('a signed request is let in', async () => {
  const response = await at.event(mention);

  assert.equal(response.status, 200);
  assert.equal((await at.message()).text, 'orders');
});

for (const [what, signing] of [
  ['a wrong secret', { secret: 'another' }],
  ['no signature', { headers: {} }],
  ['no timestamp', { headers: { 'x-slack-signature': 'v0=00' } }],
  ['an old timestamp', { timestamp: minutes(-6) }],
  ['a timestamp from the future', { timestamp: minutes(6) }],
  ['a timestamp that is none', { timestamp: 'now' }],
] as const) {
  test(`${what} is refused with 401`, async () => {
    const response = await at.event(mention, {}, signing);

    assert.equal(response.status, 401);
  });
}

for (const timestamp of [minutes(-4), minutes(4)]) {
  test('a clock that is a little off is let in', async () => {
    const response = await at.event(mention, {}, { timestamp });

    assert.equal(response.status, 200);
    await at.message();
  });
}

test('the signature covers the body', async () => {
  const taken = await at.event(mention);
  await at.message();
  assert.equal(taken.status, 200);
  const sentAt = String(minutes(0));

  const forged = await at.raw('{"type":"event_callback"}', json, {
    headers: { 'x-slack-request-timestamp': sentAt, 'x-slack-signature': `v0=${'a'.repeat(64)}` },
  });

  assert.equal(forged.status, 401);
});

for (const body of ['', '{', 'payload=x']) {
  test(`a body that is no JSON is refused with 400: ${JSON.stringify(body)}`, async () => {
    const response = await at.raw(body, json);

    assert.equal(response.status, 400);
  });
}

test('a payload that is no JSON is refused with 400', async () => {
  const response = await at.raw('payload=%7B', 'application/x-www-form-urlencoded');

  assert.equal(response.status, 400);
});

test('a body that is too large is refused with 413', async () => {
  const response = await at.raw(JSON.stringify({ text: 'x'.repeat(2_000_000) }), json);

  assert.equal(response.status, 413);
});

test('the address is verified for Slack', async () => {
  const response = await at.raw(JSON.stringify({ type: 'url_verification', challenge: 'c1' }), json);

  assert.deepEqual(await response.json(), { challenge: 'c1' });
});

test('a token that Slack does not know stops the start', async () => {
  const strict = await openScripted(() => ({ body: { ok: false, error: 'invalid_auth' } }));

  await assert.rejects(openRig({ apiUrl: strict.url }), /invalid_auth/);
  await strict.close();
});

test('the bot is let in again where Slack was away when it was asked', async () => {
  let isAway = true;
  const flaky = await openScripted(({ method }) =>
    method === 'users.info' && isAway ? { status: 404, body: 'away' } : undefined,
  );
  const rig = await openRig({ apiUrl: flaky.url });

  await rig.event(mention);
  assert.deepEqual((await rig.message()).person, { platform: 'slack', id: 'T1:U1', name: 'U1' });
  isAway = false;
  await rig.event(mention);
  assert.equal((await rig.message()).person.email, 'a@b.example');

  await rig.close();
  await flaky.close();
});
