import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { SlackOptions } from '../../../src/edges/slack/index.ts';
import { needed, optional } from '../../../src/edges/slack/scopes.ts';
import { type Answers, openRig, openScripted, refusal } from './rig.ts';

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

async function check(answers: Answers, options: Partial<SlackOptions> = {}) {
  let isStarted = false;
  const api = await openScripted((call) => (isStarted ? answers(call) : undefined));
  const at = await openRig({ apiUrl: api.url, ...options });
  isStarted = true;
  closing.push(async () => {
    await at.close();
    await api.close();
  });
  const found = (await at.slack.edge.check?.()) ?? [];
  return Object.fromEntries(found.map(({ what, ...rest }) => [what, rest]));
}

const scopes =
  (given: readonly string[] | undefined): Answers =>
  ({ method }) =>
    method === 'auth.test'
      ? {
          ...(given && { headers: { 'x-oauth-scopes': given.join(',') } }),
          body: { ok: true, user: 'quartermaster', team: 'HamaraCloud', user_id: 'UBOT', team_id: 'T1' },
        }
      : undefined;

test('all is as it should be where all was given', async () => {
  assert.deepEqual(await check(scopes([...needed, ...optional])), {
    Token: { state: 'good', says: 'The bot is @quartermaster in HamaraCloud.' },
    Permissions: { state: 'good', says: `All ${needed.length} that the bot needs are given.` },
    'Posts after a crash': { state: 'good', says: 'The bot can look whether one is there already.' },
    'Order numbers': { state: 'good', says: 'The bot notices them where it is in the channel.' },
    Links: { state: 'good', says: 'The bot shows what its own links lead to.' },
    Clock: { state: 'good', says: 'Ours and that of Slack agree.' },
  });
});

test('permissions that were not given are named', async () => {
  const { Permissions: found } = await check(scopes(['commands', 'chat:write', 'files:read']));
  assert.equal(found?.state, 'attention');
  assert.match(found?.says ?? '', /^Not given: app_mentions:read, .*files:write/);
  assert.doesNotMatch(found?.says ?? '', /commands|files:read|channels:history/);
  assert.match(found?.remedy ?? '', /install it again/);
});

test('what an admin may leave out is nothing to mend', async () => {
  const found = await check(scopes([...needed, 'channels:history']));
  assert.equal(found.Permissions?.state, 'good');
  assert.deepEqual(found['Posts after a crash'], {
    state: 'note',
    says: 'Without groups:history, mpim:history the bot can’t look in every conversation whether one is there already: it may be there twice.',
  });
  assert.deepEqual(found['Order numbers'], {
    state: 'note',
    says: 'Without groups:history the bot doesn’t notice them in every channel.',
  });
  assert.deepEqual(found.Links, {
    state: 'note',
    says: 'Without links:read, links:write the bot doesn’t show what its own links lead to.',
  });
});

test('permissions that Slack does not tell can’t be known', async () => {
  const found = await check(scopes(undefined));
  assert.deepEqual(found.Permissions, { state: 'note', says: 'Slack did not say which are given.' });
  assert.equal(found['Posts after a crash'], undefined);
});

test('a clock that is off is found by the date of Slack’s answer', async () => {
  for (const off of [-90_000, 90_000]) {
    const { Clock: found } = await check(scopes(needed), { now: () => Date.now() + off });
    assert.equal(found?.state, 'attention');
    assert.match(found?.says ?? '', /^Ours and that of Slack are (88|89|90) seconds apart\.$/);
    assert.match(found?.remedy ?? '', /time server/);
  }
});

test('a token that is no longer good says what is to be done', async () => {
  const { Token: found, ...others } = await check(({ method }) =>
    method === 'auth.test' ? refusal('token_revoked') : undefined,
  );
  assert.equal(found?.says, 'Slack did not let the bot in (token_revoked).');
  assert.match(found?.remedy ?? '', /SLACK_BOT_TOKEN/);
  assert.deepEqual(Object.keys(others), ['Clock']);
});
