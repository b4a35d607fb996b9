import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ISSUER, openMicrosoft, SERVICE_URL, token } from './microsoft.ts';
import { inPersonalChat, openTalk, TENANT } from './talk.ts';

test('where the keys of Microsoft are out of reach nobody is let in', async (t) => {
  const talk = await openTalk(t, { credentials: { appId: 'app-1', password: 'secret', tenantId: TENANT } });
  const { connected } = await openMicrosoft(t, { 'login.botframework.com': 1 });
  const exp = Math.floor(Date.now() / 1000) + 600;
  const authorization = token({ iss: ISSUER, aud: 'app-1', serviceurl: SERVICE_URL, exp });

  const answer = await talk.post(JSON.stringify({ ...inPersonalChat(SERVICE_URL), text: 'orders' }), {
    authorization,
  });

  assert.equal(answer.status, 401);
  assert.deepEqual(new Set(connected), new Set(['login.botframework.com']));
});
