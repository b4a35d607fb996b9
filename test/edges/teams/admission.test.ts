import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mock, type TestContext, test } from 'node:test';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { isLocalProgram } from '../../../src/edges/teams/identity/hosts.ts';
import type { TeamsOptions } from '../../../src/edges/teams/index.ts';
import { listen } from './listen.ts';
import { inChannel, inPersonalChat, openTalk, TENANT } from './talk.ts';

const { OpenIdMetadata } = createRequire(import.meta.url)(
  'botframework-connector/lib/auth/openIdMetadata.js',
);
const ISSUER = 'https://api.botframework.com';
const SERVICE_URL = 'https://smba.trafficmanager.net/amer/';
const credentials = { appId: 'app-1', password: 'secret', tenantId: TENANT, type: 'SingleTenant' } as const;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Claims = Readonly<Record<string, unknown>>;
const goodClaims = (): Claims => ({
  iss: ISSUER,
  aud: 'app-1',
  serviceurl: SERVICE_URL,
  exp: Math.floor(Date.now() / 1000) + 600,
});

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function token(claims: Claims, header: object = { alg: 'RS256', kid: 'key-1' }): string {
  const content = `${encode(header)}.${encode(claims)}`;
  return `Bearer ${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`;
}

const METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** Where botbuilder keeps the signing keys that Microsoft publishes: tests need no network. */
function keepKeys(t: TestContext, metadata: object) {
  const { openIdMetadataCache } = JwtTokenExtractor as unknown as {
    openIdMetadataCache: Map<string, object>;
  };
  openIdMetadataCache.set(METADATA, metadata);
  // It tells the console of each bad signature.
  const quiet = mock.method(console, 'error', () => undefined);
  t.after(() => {
    openIdMetadataCache.delete(METADATA);
    quiet.mock.restore();
  });
}

function publishKey(t: TestContext, endorsements: string[] = ['msteams']) {
  const { n, e } = publicKey.export({ format: 'jwk' });
  const keys = [{ kid: 'key-1', n, e, endorsements }];
  keepKeys(t, Object.assign(new OpenIdMetadata(METADATA), { keys, lastUpdated: Date.now() }));
}

const openPublic = (t: TestContext, options: Partial<TeamsOptions> = {}) =>
  openTalk(t, { credentials, ...options });

/** An activity that concerns nobody: it is let in or not, and no call goes out for it. */
const activity = (more: object = {}) => ({
  ...inPersonalChat(SERVICE_URL),
  type: 'messageReaction',
  ...more,
});

test('what Teams signed is let in', async (t) => {
  publishKey(t);
  const talk = await openPublic(t);

  const answer = await talk.post(JSON.stringify(activity()), { authorization: token(goodClaims()) });

  assert.equal(answer.status, 200);
});

const forged: readonly (readonly [string, () => string | undefined, object?])[] = [
  ['no token', () => undefined],
  ['a token that is none', () => 'Bearer x'],
  ['three parts that are no JSON', () => 'Bearer a.b.c'],
  ['parts that are JSON but no objects', () => `Bearer ${encode([])}.bnVsbA.c`],
  ['a basic login', () => 'Basic dXNlcjpwYXNz'],
  ['the algorithm none', () => token(goodClaims(), { alg: 'none' }).replace(/\.[^.]+$/, '.')],
  ['the algorithm none with a signature', () => token(goodClaims(), { alg: 'none' })],
  ['a shared secret', () => token(goodClaims(), { alg: 'HS256', kid: 'key-1' })],
  ['another issuer', () => token({ ...goodClaims(), iss: 'https://sts.windows.net/tenant-1/' })],
  ['no issuer', () => token({ ...goodClaims(), iss: undefined })],
  ['a tenant, as the emulator has it', () => token({ ...goodClaims(), tid: 'tenant-1' })],
  ['a header of more than 4 KB', () => token({ ...goodClaims(), padding: 'x'.repeat(4096) })],
  ['another audience', () => token({ ...goodClaims(), aud: 'app-2' })],
  ['no audience', () => token({ ...goodClaims(), aud: undefined })],
  ['a token of yesterday', () => token({ ...goodClaims(), exp: Math.floor(Date.now() / 1000) - 86_400 })],
  ['an unknown key', () => token(goodClaims(), { alg: 'RS256', kid: 'key-2' })],
  ['no key id', () => token(goodClaims(), { alg: 'RS256' })],
  [
    'a changed body',
    () => token(goodClaims()).replace(/\.[^.]+\./, `.${encode({ ...goodClaims(), x: 1 })}.`),
  ],
  [
    'another service URL',
    () => token({ ...goodClaims(), serviceurl: 'https://smba.trafficmanager.net/emea/' }),
  ],
  ['no service URL in the token', () => token({ ...goodClaims(), serviceurl: undefined })],
  ['no service URL in the body', () => token(goodClaims()), { serviceUrl: undefined }],
  ['an empty service URL in the body', () => token(goodClaims()), { serviceUrl: '' }],
  ['no channel', () => token(goodClaims()), { channelId: undefined }],
  ['another channel', () => token(goodClaims()), { channelId: 'directline' }],
];

for (const [what, authorization, change] of forged) {
  test(`with credentials: ${what} is refused, and nothing goes out`, async (t) => {
    publishKey(t);
    const talk = await openPublic(t);
    const header = authorization();

    const answer = await talk.post(
      JSON.stringify(activity({ type: 'message', text: 'orders', ...change })),
      header === undefined ? {} : { authorization: header },
    );

    assert.deepEqual(answer, { status: 401, body: undefined });
    assert.equal(talk.heard.length, 0);
    assert.equal(talk.connector.calls.length, 0);
  });
}

test('a key that is not endorsed for Teams is refused', async (t) => {
  publishKey(t, ['webchat']);
  const talk = await openPublic(t);

  const answer = await talk.post(JSON.stringify(activity()), { authorization: token(goodClaims()) });

  assert.equal(answer.status, 401);
});

test('where the keys of Microsoft are out of reach nobody is let in', async (t) => {
  const { port, close } = await listen(createServer());
  await close();
  keepKeys(t, new OpenIdMetadata(`http://127.0.0.1:${port}/`));
  const talk = await openPublic(t);

  const answer = await talk.post(JSON.stringify(activity()), { authorization: token(goodClaims()) });

  assert.equal(answer.status, 401);
});

test('a token for a service that is not of Teams is refused, also where it is signed', async (t) => {
  publishKey(t);
  const talk = await openPublic(t);
  const { serviceUrl } = talk.connector;

  const answer = await talk.post(JSON.stringify(activity({ serviceUrl, type: 'message', text: 'orders' })), {
    authorization: token({ ...goodClaims(), serviceurl: serviceUrl }),
  });

  assert.equal(answer.status, 403);
  assert.equal(talk.connector.calls.length, 0);
});

test('10,000 forged tokens leave nothing behind', async (t) => {
  publishKey(t);
  const talk = await openPublic(t);
  const { ToBotFromBotOrEmulatorTokenValidationParameters: trusted } = createRequire(import.meta.url)(
    'botframework-connector/lib/auth/tokenValidationParameters.js',
  );
  const known = trusted.issuer.length;
  const body = JSON.stringify(activity());
  const signature = token(goodClaims()).split('.')[2];

  for (let round = 0; round < 100; round++) {
    const answers = Array.from({ length: 100 }, (_, index) => {
      const iss = index % 2 === 0 ? ISSUER : 'https://sts.windows.net/x/';
      const claims = encode({ ...goodClaims(), iss, tid: `tenant-${round}-${index}` });
      const authorization = `Bearer ${encode({ alg: 'RS256', kid: 'key-1' })}.${claims}.${signature}`;
      return talk.post(body, { authorization });
    });
    for (const { status } of await Promise.all(answers)) assert.equal(status, 401);
  }

  assert.equal(trusted.issuer.length, known);
});

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
