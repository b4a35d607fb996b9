import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PostFailed } from '../../../src/chat/edge.ts';
import { installation, openMany, tokenOf } from './installations.ts';
import { type Answers, ops, refusal, reply } from './rig.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const hour = 3_600_000;

const expiring = (at: number) =>
  installation('T1', {
    access: { token: 'xoxb-1', renewal: { token: 'xoxe-1', expiresAt: new Date(at) } },
  });

/** Gives the tokens xoxb-2, xoxb-3 …; a refresh token is good once. */
function renewing(): Answers {
  let given = 1;
  return ({ method, body }) => {
    if (method !== 'oauth.v2.access') return undefined;
    if (body.refresh_token !== `xoxe-${given}`) return refusal('invalid_refresh_token');
    given += 1;
    return {
      body: { ok: true, access_token: `xoxb-${given}`, refresh_token: `xoxe-${given}`, expires_in: 43_200 },
    };
  };
}

async function open(answers: Answers, { timers = {} }: { timers?: object } = {}) {
  const clock = { now: start };
  const many = await openMany(answers, { now: () => clock.now, ...timers });
  const post = (key: string) => many.at.slack.edge.post(ops, reply('Low units'), key);
  const tokens = () => many.api.calls.filter(({ method }) => method === 'chat.postMessage').map(tokenOf);
  return { ...many, clock, post, tokens };
}

const orders = (response_url: string) => ({
  team_id: 'T1',
  user_id: 'U1',
  channel_id: 'C1',
  trigger_id: '1.1',
  text: 'orders',
  response_url,
});

const stateOf = (err: unknown) => (err instanceof PostFailed ? [err.reason, err.message] : err);

test('a token is renewed before it expires, and what comes after goes out with the new one', async () => {
  const { api, clock, installations, post, tokens } = await open(renewing());
  await installations.save(expiring(start + 12 * hour));
  await post('k1');
  clock.now = start + 10 * hour + 1;
  await post('k2');
  await post('k3');
  clock.now = start + 21 * hour;
  await post('k4');
  assert.deepEqual(tokens(), ['xoxb-1', 'xoxb-2', 'xoxb-2', 'xoxb-3']);
  const [first] = api.of('oauth.v2.access');
  assert.deepEqual(first, {
    client_id: '1.2',
    client_secret: 'client-secret',
    grant_type: 'refresh_token',
    refresh_token: 'xoxe-1',
  });
  assert.deepEqual(installations.rows.get('T1')?.access, {
    token: 'xoxb-3',
    renewal: { token: 'xoxe-3', expiresAt: new Date(start + 33 * hour) },
  });
});

test('many requests at once renew it once; those who do not use the token that there is', async () => {
  const { api, clock, installations, post, tokens } = await open(renewing());
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 11 * hour;
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(post));
  assert.equal(api.of('oauth.v2.access').length, 1);
  assert.deepEqual(new Set(tokens()), new Set(['xoxb-1', 'xoxb-2']));
  assert.equal(tokens().filter((token) => token === 'xoxb-2').length, 1);
});

test('where the token has expired, the others wait until it is renewed', async () => {
  const { api, clock, installations, post, tokens } = await open(renewing(), {
    timers: { timers: { after: (_: number, act: () => void) => void setImmediate(act) } },
  });
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 13 * hour;
  // A fake timer does not wait for Slack's answer: what is renewed is there from the first look on.
  const known = installations.rows.get('T1');
  assert.ok(known && (await installations.beginRenewal(known)));
  const waiting = post('k1');
  await installations.renewed(known, {
    token: 'xoxb-2',
    renewal: { token: 'xoxe-2', expiresAt: new Date(start + 25 * hour) },
  });
  await waiting;
  assert.deepEqual([tokens(), api.of('oauth.v2.access').length], [['xoxb-2'], 0]);
});

test('an expired token that nobody renews in time is tried again later', async () => {
  let looks = 0;
  const after = (_: number, act: () => void) => {
    looks += 1;
    setImmediate(act);
  };
  const { clock, installations, post, tokens } = await open(renewing(), { timers: { timers: { after } } });
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 13 * hour;
  const known = installations.rows.get('T1');
  assert.ok(known && (await installations.beginRenewal(known)));
  const [reason, message] = (await post('k1').catch(stateOf)) as string[];
  assert.equal(reason, 'later');
  assert.match(message ?? '', /^Team T1: Its token has expired/);
  assert.deepEqual([looks, tokens()], [40, []]);
  clock.now += 61_000;
  await post('k2');
  assert.deepEqual(tokens(), ['xoxb-2'], 'whoever had begun is gone, and another one renews');
});

test('a refusal leaves the token that there is while it is good, and Slack is asked again a minute later', async () => {
  let isOut = true;
  const renew = renewing();
  const { clock, installations, post, tokens, at } = await open((call) =>
    isOut && call.method === 'oauth.v2.access' ? { status: 503, body: '' } : renew(call),
  );
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 11 * hour;
  await post('k1');
  isOut = false;
  await post('k2');
  clock.now += 61_000;
  await post('k3');
  assert.deepEqual(tokens(), ['xoxb-1', 'xoxb-1', 'xoxb-2']);
  const logged = at.logged.filter(({ level }) => level === 'error');
  assert.deepEqual(
    logged.map(({ message }) => message),
    ['Slack did not renew the token of a workspace'],
  );
  assert.doesNotMatch(JSON.stringify(logged), /xox|client-secret/);
});

test('a lost answer is not asked for again at once: the token to renew with may be spent', async () => {
  let asked = 0;
  const { clock, installations, post } = await open(({ method }) => {
    if (method !== 'oauth.v2.access') return undefined;
    asked += 1;
    return { status: 500, body: '' };
  });
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 13 * hour;
  assert.equal(((await post('k1').catch(stateOf)) as string[])[0], 'later');
  assert.equal(asked, 1);
});

test('whoever asks in a workspace that Slack does not let the bot into hears of it', async () => {
  const { api, at, installations } = await openMany(({ method }) =>
    method === 'oauth.v2.access' ? refusal('invalid_refresh_token') : undefined,
  );
  await installations.save(expiring(Date.now() - hour));
  await at.command(orders(`${api.url}/answer`));
  await at.settled();
  assert.match(String(api.of('/answer')[0]?.text), /^Slack does not let me into this workspace any more\./);
  assert.equal(installations.rows.size, 1, 'an admin can have it installed again');
});

test('a workspace that is installed anew meanwhile keeps its new token', async () => {
  const { clock, installations, post, tokens } = await open(({ method }) => {
    if (method !== 'oauth.v2.access') return undefined;
    void installations.save(installation('T1', { access: { token: 'xoxb-anew' } }));
    return { body: { ok: true, access_token: 'xoxb-2', refresh_token: 'xoxe-2', expires_in: 43_200 } };
  });
  await installations.save(expiring(start + 12 * hour));
  clock.now = start + 11 * hour;
  await post('k1');
  assert.deepEqual(tokens(), ['xoxb-anew']);
  assert.deepEqual(installations.rows.get('T1')?.access, { token: 'xoxb-anew' });
});

/** Timers that a test winds. */
function wound() {
  const waiting: (() => void)[] = [];
  const after = (_: number, act: () => void) => {
    waiting.push(act);
    return () => void waiting.splice(0, waiting.length, ...waiting.filter((one) => one !== act));
  };
  const wind = async () => {
    for (const act of waiting.splice(0)) act();
    await new Promise(setImmediate);
  };
  return { timers: { timers: { after } }, wind, waiting };
}

/** The database writes no token until it is mended. */
function brokenWrites({ installations }: Pick<Awaited<ReturnType<typeof openMany>>, 'installations'>) {
  const { renewed } = installations;
  installations.renewed = () => Promise.reject(new Error('no space left on device'));
  return () => {
    installations.renewed = renewed;
  };
}

for (const [what, hours] of [
  ['that is good still', 11],
  ['that has expired', 13],
] as const) {
  test(`in place of a token ${what}, a new one is used before it can be written down, and is written down later`, async () => {
    const { timers, wind, waiting } = wound();
    const many = await open(renewing(), { timers });
    const { api, at, clock, installations, post, tokens } = many;
    await installations.save(expiring(start + 12 * hour));
    const mend = brokenWrites(many);
    clock.now = start + hours * hour;
    await post('k1');
    clock.now += 61_000;
    await post('k2');
    await wind();
    await post('k3');
    assert.deepEqual(tokens(), ['xoxb-2', 'xoxb-2', 'xoxb-2']);
    assert.equal(installations.rows.get('T1')?.access?.token, 'xoxb-1');
    mend();
    await wind();
    assert.equal(installations.rows.get('T1')?.access?.token, 'xoxb-2');
    await post('k4');
    assert.deepEqual([tokens()[3], api.of('oauth.v2.access').length, waiting.length], ['xoxb-2', 1, 0]);
    assert.match(
      JSON.stringify(at.logged),
      /could not be written down yet.*no space left|no space left.*could not/,
    );
    assert.doesNotMatch(JSON.stringify(at.logged), /xox|client-secret/);
  });
}

test('a new token that is not written down yet is, at the latest, when the bot stops', async () => {
  const { timers, waiting } = wound();
  const many = await open(renewing(), { timers });
  const { at, clock, installations, post } = many;
  await installations.save(expiring(start + 12 * hour));
  const mend = brokenWrites(many);
  clock.now = start + 11 * hour;
  await post('k1');
  mend();
  await at.slack.stop();
  assert.deepEqual([installations.rows.get('T1')?.access?.token, waiting.length], ['xoxb-2', 0]);
});

test('a new token that is not written down yet gives way to that of an installation since', async () => {
  const { timers, wind } = wound();
  const many = await open(renewing(), { timers });
  const { clock, installations, post, tokens } = many;
  await installations.save(expiring(start + 12 * hour));
  const mend = brokenWrites(many);
  clock.now = start + 11 * hour;
  await post('k1');
  await installations.save(installation('T1', { access: { token: 'xoxb-anew' } }));
  await post('k2');
  mend();
  await wind();
  await post('k3');
  assert.deepEqual(tokens(), ['xoxb-2', 'xoxb-anew', 'xoxb-anew']);
});

test('Slack is not asked again about a token to renew with that it does not know, until the bot is installed anew', async () => {
  let isSpent = true;
  const { api, clock, installations, post, tokens } = await open(({ method }) =>
    method !== 'oauth.v2.access'
      ? undefined
      : isSpent
        ? refusal('invalid_refresh_token')
        : { body: { ok: true, access_token: 'xoxb-3', refresh_token: 'xoxe-3', expires_in: 43_200 } },
  );
  await installations.save(expiring(start + 12 * hour));
  const asked = () => api.of('oauth.v2.access').length;
  clock.now = start + 11 * hour;
  await post('k1');
  clock.now += 61_000;
  await post('k2');
  clock.now = start + 13 * hour;
  for (const key of ['k3', 'k4']) {
    const [reason, message] = (await post(key).catch(stateOf)) as string[];
    assert.equal(reason, 'later');
    assert.match(message ?? '', /invalid_refresh_token/);
  }
  assert.deepEqual([asked(), tokens()], [1, ['xoxb-1', 'xoxb-1']]);
  isSpent = false;
  await installations.save(expiring(clock.now + hour));
  await post('k5');
  assert.deepEqual([asked(), tokens()[2]], [2, 'xoxb-3']);
});

for (const [what, answer, says] of [
  ['Slack is out of order', { status: 503, body: '' }, /just now\. Please try again/],
  ['Slack does not know the app', refusal('bad_client_secret'), /until whoever runs me mends it/],
] as const) {
  test(`whoever asks while ${what} is not sent to install the bot again`, async () => {
    const { api, at, installations } = await openMany(({ method }) =>
      method === 'oauth.v2.access' ? answer : undefined,
    );
    await installations.save(expiring(Date.now() - hour));
    await at.command(orders(`${api.url}/answer`));
    await at.settled();
    assert.match(String(api.of('/answer')[0]?.text), says);
  });
}

test('whoever asks where only a key is missing is not sent to install the bot again, and the log names SECRET_KEY', async () => {
  const { api, at, installations } = await openMany();
  const { access: _, ...sealed } = installation('T1');
  installations.rows.set('T1', { ...sealed, version: 'x', access: undefined });
  await at.command(orders(`${api.url}/answer`));
  await at.settled();
  assert.match(String(api.of('/answer')[0]?.text), /until whoever runs me mends it\. Nothing is lost\.$/);
  assert.match(JSON.stringify(at.logged), /No key of SECRET_KEY opens its token/);
});
