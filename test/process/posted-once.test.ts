/** Posts to Slack by a bot that is killed between Slack taking the first of them and the answer being noted. */
import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { optional } from '../../src/edges/slack/scopes.ts';
import { botToken, signingSecret } from '../edges/slack/rig.ts';
import { openWorkspace } from '../edges/slack/workspace.ts';
import { type Home, newHome } from '../support/database.ts';
import { killAll, launch, type Settings, startBot } from './bot.ts';
import { inDatabase } from './ledger.ts';
import { afterTheCardIsPosted } from './moments.ts';
import { chance, mortal } from './mortal.ts';

/** A conversation is free again fifteen seconds after whoever posted there was killed; the rest is for a slow machine. */
const LONGEST_MS = 35_000;

after(killAll);

const JOBS = ['Job 7 is done', 'Job 8 is done'];

test('with the optional scopes each is there once, in order', async (t) => {
  const posted = await killedAndTakenUp(t, optional);
  assert.deepEqual(
    posted.map(({ text }) => text),
    JOBS,
  );
});

/** The emulator keeps no two messages apart by their `client_msg_id`: the worst that Slack could do. */
test('without them the one in doubt may be there twice, under one name, and no other', async (t) => {
  const posted = await killedAndTakenUp(t, []);
  assert.deepEqual(
    posted.map(({ text }) => text),
    ['Job 7 is done', ...JOBS],
  );
  const [first, again, next] = posted.map(({ client_msg_id }) => client_msg_id);
  assert.ok(first);
  assert.equal(again, first);
  assert.notEqual(next, first);
});

/** Gives what stands in the channel in the end, oldest first. */
async function killedAndTakenUp(t: TestContext, scopes: readonly string[]) {
  const home = await newHome('Postgres');
  t.after(() => home.remove());
  const slack = await openWorkspace(scopes);
  t.after(() => slack.close());
  const channel = slack.channel('ops');
  await storePosts(home, channel);
  const settings: Settings = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${slack.emulator.url}/api/`,
  };
  const states = () =>
    inDatabase(home, async (db) =>
      (await db.selectFrom('deliveries').select('state').orderBy('id').execute()).map(({ state }) => state),
    );

  const doomed = await launch(home, { ...settings, ...mortal(afterTheCardIsPosted(chance(1))) });
  const { code } = 'url' in doomed ? await doomed.ended : doomed;
  assert.equal(code, null, 'it was killed');
  assert.deepEqual(
    (await slack.history(channel)).map(({ text }) => text),
    ['Job 7 is done'],
  );
  assert.deepEqual(await states(), ['waiting', 'waiting'], 'and nobody knows');

  const heir = await startBot(home, settings);
  const until = Date.now() + LONGEST_MS;
  while ((await states()).includes('waiting') && Date.now() < until) await setTimeout(200);
  await heir.end('SIGTERM');
  assert.deepEqual(await states(), ['sent', 'sent']);
  return (await slack.history(channel)).toReversed();
}

async function storePosts(home: Home, channel: string): Promise<void> {
  const conversation = `T000000001:${channel}`;
  const place = { platform: 'slack', conversation, kind: 'channel', name: '#ops', address: { channel } };
  await inDatabase(home, async (db) => {
    for (const text of JOBS) {
      await db
        .insertInto('deliveries')
        .values({
          key: text,
          platform: 'slack',
          conversation,
          kind: 'jobs',
          place: JSON.stringify(place),
          reply: JSON.stringify({ text, audience: 'everyone', position: 'below' }),
          state: 'waiting',
          error: null,
          created_at: new Date(),
          sent_at: null,
        })
        .execute();
    }
  });
}
