import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { signIn, tokenFor } from '../../../src/edges/teams/identity/authentication.ts';
import { listen } from './listen.ts';
import { openAssertion, openMicrosoft } from './microsoft.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';
const THUMBPRINT = '0123456789ABCDEF0123456789ABCDEF01234567';

test('a secret is what a single tenant app proves itself by, to its own tenant', async (t) => {
  const { grants } = await openMicrosoft(t);

  await signIn({ appId: 'app-secret', password: 'hush', tenantId: TENANT, type: 'SingleTenant' });

  const [{ path, form } = assert.fail()] = grants;
  assert.equal(path, `/${TENANT}/oauth2/v2.0/token`);
  assert.equal(form.get('grant_type'), 'client_credentials');
  assert.equal(form.get('client_id'), 'app-secret');
  assert.equal(form.get('client_secret'), 'hush');
});

test('an app of many tenants asks the tenant of the Bot Framework', async (t) => {
  const { grants } = await openMicrosoft(t);

  await signIn({ appId: 'app-many', password: 'hush', type: 'MultiTenant' });

  assert.equal(grants[0]?.path, '/botframework.com/oauth2/v2.0/token');
});

test('a certificate signs an assertion, and its key goes nowhere', async (t) => {
  const { grants } = await openMicrosoft(t);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  await signIn({
    appId: 'app-certificate',
    certificate: { thumbprint: THUMBPRINT, privateKey: pem },
    tenantId: TENANT,
    type: 'SingleTenant',
  });

  const [{ form } = assert.fail()] = grants;
  assert.equal(form.get('client_secret'), null);
  assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  const { header, claims } = openAssertion(form.get('client_assertion') ?? '', publicKey);
  assert.equal(header.x5t, Buffer.from(THUMBPRINT, 'hex').toString('base64url'));
  assert.equal(claims.iss, 'app-certificate');
  assert.equal(claims.aud, `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`);
});

test('a managed identity asks the machine that it runs on', async (t) => {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://machine'));
    const until = Math.floor(Date.now() / 1000) + 3600;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        access_token: 'of the machine',
        expires_on: until,
        resource: 'x',
        token_type: 'Bearer',
      }),
    );
  });
  const { port, close } = await listen(server);
  t.after(close);
  // Source: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
  process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
  process.env.IDENTITY_HEADER = 'the header';
  t.after(() => {
    delete process.env.IDENTITY_ENDPOINT;
    delete process.env.IDENTITY_HEADER;
  });
  const { grants } = await openMicrosoft(t);

  const token = await signIn({ appId: 'app-identity', tenantId: TENANT, type: 'UserAssignedMSI' });

  assert.equal(token, 'of the machine');
  assert.equal(asked[0]?.searchParams.get('client_id'), 'app-identity');
  assert.equal(asked[0]?.searchParams.get('resource'), 'https://api.botframework.com');
  assert.equal(grants.length, 0);
});

test('a token of another service is another token, and kept while it is good', async (t) => {
  const { grants } = await openMicrosoft(t);
  const credentials = { appId: 'app-two', password: 'hush', tenantId: TENANT, type: 'SingleTenant' } as const;

  const bot = await signIn(credentials);
  const graph = await tokenFor(credentials, 'https://graph.microsoft.com');

  assert.notEqual(graph, bot);
  assert.equal(await tokenFor(credentials, 'https://graph.microsoft.com'), graph);
  assert.deepEqual(
    grants.map(({ form }) => form.get('scope')),
    ['https://api.botframework.com/.default', 'https://graph.microsoft.com/.default'],
  );
});

test('what one tenant gave a token for is worth nothing in another', async (t) => {
  const { grants } = await openMicrosoft(t);
  const other = '66666666-7777-8888-9999-000000000000';
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const proofs = {
    secret: { password: 'hush' },
    certificate: { certificate: { thumbprint: THUMBPRINT, privateKey: pem } },
  };

  for (const [name, proof] of Object.entries(proofs)) {
    const app = { appId: `app-tenants-${name}`, ...proof, type: 'SingleTenant' } as const;
    const ask = (tenantId: string) => tokenFor({ ...app, tenantId }, 'https://graph.microsoft.com');
    const [here, there, again] = [await ask(TENANT), await ask(other), await ask(TENANT)];

    assert.notEqual(here, there);
    assert.equal(again, here);
    assert.deepEqual(
      grants.splice(0).map(({ path }) => path),
      [TENANT, other].map((tenant) => `/${tenant}/oauth2/v2.0/token`),
    );
  }
});

test('a refusal says why', async (t) => {
  const microsoft = await openMicrosoft(t);
  microsoft.refuse('invalid_client', 'AADSTS7000222: The provided client secret keys are expired.');

  await assert.rejects(
    signIn({ appId: 'app-old', password: 'old', tenantId: TENANT, type: 'SingleTenant' }),
    /AADSTS7000222/,
  );
});
