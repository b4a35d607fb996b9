import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isLocalProgram } from '../../../src/edges/teams/identity/hosts.ts';
import type { TeamsOptions } from '../../../src/edges/teams/index.ts';
import { encode, ISSUER, openMicrosoft, SERVICE_URL, token } from './microsoft.ts';
import { inChannel, inPersonalChat, openTalk, reply, TENANT } from './talk.ts';

const credentials = { appId: 'app-1', password: 'secret', tenantId: TENANT, type: 'SingleTenant' } as const;

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const goodClaims = () => ({
  iss: ISSUER,
  aud: 'app-1',
  serviceurl: SERVICE_URL,
  nbf: inSeconds(-60),
  exp: inSeconds(600),
});

/** The bot with credentials, and Microsoft on this machine. */
async function openPublic(t: TestContext, options: Partial<TeamsOptions> = {}) {
  // Botbuilder tells the console of each bad signature.
  const quiet = mock.method(console, 'error', () => undefined);
  t.after(() => quiet.mock.restore());
  const talk = await openTalk(t, { credentials, ...options });
  const microsoft = await openMicrosoft(t, {
    'smba.trafficmanager.net': Number(new URL(talk.connector.serviceUrl).port),
  });
  return { ...talk, microsoft };
}

/** An activity that concerns nobody: it is let in or not, and no call goes out for it. */
const activity = (more: object = {}) => ({
  ...inPersonalChat(SERVICE_URL),
  type: 'messageReaction',
  ...more,
});

test('what Teams signed is let in, and the answer goes out with a token of the bot', async (t) => {
  const talk = await openPublic(t);
  const said = { ...inPersonalChat(SERVICE_URL), text: 'orders' };

  const answer = await talk.post(JSON.stringify(said), { authorization: token(goodClaims()) });

  assert.equal(answer.status, 200);
  assert.equal(talk.heard.length, 1);
  const [message] = talk.connector.messages();
  assert.match(message?.authorization ?? '', /^Bearer token-\d+$/);
  const [grant] = talk.microsoft.grants;
  assert.equal(grant?.path, `/${TENANT}/oauth2/v2.0/token`);
  assert.equal(grant?.form.get('scope'), 'https://api.botframework.com/.default');
  assert.deepEqual(new Set(talk.microsoft.connected), new Set(HOSTS));
});

const HOSTS = ['login.botframework.com', 'login.microsoftonline.com', 'smba.trafficmanager.net'];

type Forged = readonly [what: string, authorization: () => string | undefined, change?: object];
const forged: readonly Forged[] = [
  ['no token', () => undefined],
  ['a token that is none', () => 'Bearer x'],
  ['three parts that are no JSON', () => 'Bearer a.b.c'],
  ['parts that are JSON but no objects', () => `Bearer ${encode([])}.bnVsbA.c`],
  ['a basic login', () => 'Basic dXNlcjpwYXNz'],
  ['the algorithm none', () => token(goodClaims(), { alg: 'none' }).replace(/\.[^.]+$/, '.')],
  ['the algorithm none with a signature', () => token(goodClaims(), { alg: 'none' })],
  ['a shared secret', () => token(goodClaims(), { alg: 'HS256' })],
  ['another issuer', () => token({ ...goodClaims(), iss: 'https://sts.windows.net/tenant-1/' })],
  ['no issuer', () => token({ ...goodClaims(), iss: undefined })],
  ['a tenant, as the emulator has it', () => token({ ...goodClaims(), tid: 'tenant-1' })],
  ['a header of more than 4 KB', () => token({ ...goodClaims(), padding: 'x'.repeat(4096) })],
  ['another audience', () => token({ ...goodClaims(), aud: 'app-2' })],
  ['no audience', () => token({ ...goodClaims(), aud: undefined })],
  ['a token of ten minutes ago', () => token({ ...goodClaims(), exp: inSeconds(-600) })],
  ['a token that is good from tomorrow on', () => token({ ...goodClaims(), nbf: inSeconds(86_400) })],
  [
    'the key of somebody else under the name of the right one',
    () => token(goodClaims(), { kid: 'key-1' }, 'key-unknown'),
  ],
  ['a key that is not published', () => token(goodClaims(), {}, 'key-unknown')],
  ['a key that is not endorsed for Teams', () => token(goodClaims(), {}, 'key-web')],
  ['no key id', () => token(goodClaims(), { kid: undefined })],
  [
    'a changed body',
    () => token(goodClaims()).replace(/\.[^.]+\./, `.${encode({ ...goodClaims(), x: 1 })}.`),
  ],
  ['another service URL', () => token({ ...goodClaims(), serviceurl: `${SERVICE_URL}emea/` })],
  ['no service URL in the token', () => token({ ...goodClaims(), serviceurl: undefined })],
  ['no service URL in the body', () => token(goodClaims()), { serviceUrl: undefined }],
  ['an empty service URL in the body', () => token(goodClaims()), { serviceUrl: '' }],
  ['no channel', () => token(goodClaims()), { channelId: undefined }],
  ['another channel', () => token(goodClaims()), { channelId: 'directline' }],
  ['another tenant', () => token(goodClaims()), { channelData: { tenant: { id: 'tenant-2' } } }],
  [
    'no tenant',
    () => token(goodClaims()),
    { channelData: {}, conversation: { id: 'a:1', conversationType: 'personal' } },
  ],
];

for (const [what, authorization, change] of forged) {
  test(`with credentials: ${what} is refused, and nothing goes out`, async (t) => {
    const talk = await openPublic(t);
    const header = authorization();

    const answer = await talk.post(
      JSON.stringify(activity({ type: 'message', text: 'orders', ...change })),
      header === undefined ? {} : { authorization: header },
    );

    assert.deepEqual(answer, { status: 401, body: undefined });
    assert.equal(talk.heard.length, 0);
    assert.equal(talk.connector.calls.length, 0);
    assert.equal(talk.microsoft.grants.length, 0);
  });
}

const tenants: readonly (readonly [readonly string[] | 'all', string, number])[] = [
  [['tenant-1', 'tenant-2'], 'tenant-2', 200],
  [['tenant-1', 'tenant-2'], 'TENANT-2', 200],
  [['tenant-1', 'tenant-2'], 'tenant-3', 401],
  ['all', 'tenant-3', 200],
];

for (const [allowed, tenant, status] of tenants) {
  test(`where ${allowed} may talk, ${tenant} gets ${status}`, async (t) => {
    const talk = await openPublic(t, { credentials: { ...credentials, tenants: allowed } });
    const said = activity({
      channelData: { tenant: { id: tenant } },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant },
    });

    const answer = await talk.post(JSON.stringify(said), { authorization: token(goodClaims()) });

    assert.equal(answer.status, status);
  });
}

test('a token for a service that is not of Teams is refused, also where it is signed', async (t) => {
  const talk = await openPublic(t);
  const { serviceUrl } = talk.connector;

  const answer = await talk.post(JSON.stringify(activity({ serviceUrl, type: 'message', text: 'orders' })), {
    authorization: token({ ...goodClaims(), serviceurl: serviceUrl }),
  });

  assert.equal(answer.status, 403);
  assert.equal(talk.connector.calls.length, 0);
});

test('a place that was stored with another service is posted to by nobody, and given no token', async (t) => {
  const talk = await openPublic(t);
  const { serviceUrl } = talk.connector;
  const address = { serviceUrl, channelId: 'msteams', bot: { id: '28:app-1', name: 'Quartermaster' } };
  const place = { platform: 'teams', conversation: 'a:1', kind: 'personal', name: '', address } as const;

  await assert.rejects(talk.teams.edge.post(place, reply(), 'key'), { reason: 'refused' });

  assert.deepEqual(talk.microsoft.connected, []);
  assert.equal(talk.connector.calls.length, 0);
});

test('10,000 forged tokens leave nothing behind', async (t) => {
  const nothing = () => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const talk = await openPublic(t, { log });
  const body = JSON.stringify(activity());
  const [, , signature] = token(goodClaims()).split('.');
  let count = 0;

  /** Half of them claim to be the Connector's: those are looked at closely. */
  const knock = async () => {
    const iss = count++ % 2 === 0 ? ISSUER : 'https://sts.windows.net/x/';
    const tid = count % 3 === 0 ? {} : { tid: `tenant-${count}` };
    const claims = encode({ ...goodClaims(), iss, ...tid, jti: count });
    const authorization = `Bearer ${encode({ alg: 'RS256', kid: `key-${count}` })}.${claims}.${signature}`;
    const { status } = await talk.post(body, { authorization });
    assert.equal(status, 401);
  };
  const knockOften = async (times: number) => {
    for (let round = 0; round < times / 100; round++) await Promise.all(Array.from({ length: 100 }, knock));
  };
  await knockOften(1_000);
  const before = heapUsed();
  await knockOften(10_000);

  assert.ok(heapUsed() - before < 5 * 1024 * 1024);
});

/** What is alive, in bytes: what is not is taken away first. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test('without credentials only this machine is talked to', async (t) => {
  const talk = await openTalk(t);
  const foreign = [
    'https://smba.trafficmanager.net/amer/',
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'not a URL',
  ];

  for (const serviceUrl of foreign) {
    const answer = await talk.send({ serviceUrl, text: 'orders' });
    assert.equal(answer.status, 403, serviceUrl);
  }
  assert.equal((await talk.send({ text: 'orders' })).status, 200);

  assert.equal(talk.heard.length, 1);
});

test('without credentials no page in a browser is talked to', async (t) => {
  const talk = await openTalk(t);
  const body = JSON.stringify({ ...inPersonalChat(talk.connector.serviceUrl), text: 'orders' });

  for (const headers of [{ 'content-type': 'text/plain' }, { origin: 'https://evil.example' }]) {
    assert.equal((await talk.post(body, headers)).status, 403);
  }
  const rebound = { host: 'evil.example', 'content-type': 'application/json' };
  assert.equal(isLocalProgram(rebound), false);
  assert.equal(isLocalProgram({ ...rebound, host: 'localhost:3978' }), true);

  assert.equal(talk.heard.length, 0);
});

test('what is no activity is refused', async (t) => {
  const talk = await openTalk(t);
  const whole = inPersonalChat(talk.connector.serviceUrl);
  const bodies: readonly (readonly [string, number])[] = [
    ['', 400],
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    ['{}', 400],
    [JSON.stringify({ ...whole, from: {} }), 400],
    [JSON.stringify({ ...whole, serviceUrl: '' }), 400],
    [JSON.stringify({ ...whole, conversation: 'a:1' }), 400],
    [JSON.stringify({ ...whole, text: { markdown: 'orders' } }), 400],
    [JSON.stringify({ ...whole, text: 'x'.repeat(1024 * 1024) }), 413],
  ];

  for (const [body, status] of bodies) {
    const answer = await talk.post(body);
    assert.equal(answer.status, status, body.slice(0, 80));
  }
  assert.equal(talk.heard.length, 0);
});

test('the mail field counts in the own tenant, the user name everywhere, a guest by neither elsewhere', async (t) => {
  const members = [
    {
      id: '29:own',
      email: 'Own@Contoso.example',
      userPrincipalName: 'own@contoso.onmicrosoft.com',
      tenantId: TENANT,
    },
    {
      id: '29:far',
      email: 'admin@contoso.example',
      userPrincipalName: 'far@fabrikam.example',
      tenantId: 'tenant-2',
    },
    {
      id: '29:guest',
      email: 'admin@contoso.example',
      userPrincipalName: 'x_y.z#EXT#@fabrikam.example',
      tenantId: 'tenant-2',
    },
  ];
  const { openRoster } = await import('../../../src/edges/teams/requests/roster.ts');
  const { TeamsInfo, TurnContext } = await import('botbuilder');
  const find = t.mock.method(TeamsInfo, 'getMember', async (_: unknown, id: string) => ({
    ...members.find((member) => member.id === id),
    name: 'Somebody',
  }));
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const roster = openRoster({ home: TENANT, local: false, log });

  const emails = await Promise.all(
    members.map(async ({ id }) => {
      const said = { ...inPersonalChat(SERVICE_URL), ...inChannel, from: { id, name: 'Somebody' } };
      const context = { activity: said } as unknown as InstanceType<typeof TurnContext>;
      return (await roster.person(context)).email;
    }),
  );

  assert.deepEqual(emails, ['own@contoso.example', 'far@fabrikam.example', undefined]);
  assert.equal(find.mock.callCount(), 3);
});
