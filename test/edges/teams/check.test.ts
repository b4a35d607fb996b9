import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTeams } from '../../../src/edges/teams/identity/check.ts';

test('a token that is given is all that can be known', async () => {
  assert.deepEqual(await checkTeams({ signIn: async () => 'token' }), [
    { what: 'Token', state: 'good', says: 'Microsoft gives the bot a token.' },
  ]);
});

test('a token that is refused names what to look at', async () => {
  const signIn = async () => {
    throw new Error('AADSTS7000222: The provided client secret keys are expired.\nTrace ID: 1');
  };
  const [token] = await checkTeams({ signIn });
  assert.equal(
    token?.says,
    'Microsoft gave the bot no token (AADSTS7000222: The provided client secret keys are expired.).',
  );
  assert.match(token?.remedy ?? '', /client secret or the certificate has expired, and MicrosoftAppId/);
});

test('in local mode there is no token to ask for', async () => {
  assert.deepEqual(await checkTeams({ signIn: undefined }), []);
});
