import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTeams } from '../../../src/edges/teams/check.ts';

const understands = () => true;

test('a token that is given, and a menu that is known, are as they should be', async () => {
  const checks = await checkTeams({ signIn: async () => 'token', understands });
  assert.deepEqual(
    checks.map(({ what, state }) => [what, state]),
    [
      ['Token', 'good'],
      ['Manifest', 'good'],
    ],
  );
});

test('a token that is refused names what to look at', async () => {
  const signIn = async () => {
    throw new Error('AADSTS7000222: The provided client secret keys are expired.\nTrace ID: 1');
  };
  const [token] = await checkTeams({ signIn, understands });
  assert.equal(
    token?.says,
    'Microsoft gave the bot no token (AADSTS7000222: The provided client secret keys are expired.).',
  );
  assert.match(token?.remedy ?? '', /client secret has expired, and MicrosoftAppId/);
});

test('in local mode there is no token to ask for', async () => {
  assert.deepEqual(await checkTeams({ signIn: undefined, understands: undefined }), []);
});
