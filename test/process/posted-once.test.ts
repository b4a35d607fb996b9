/** A post to Slack by a bot that is killed between Slack taking it and the answer being noted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { botToken, signingSecret } from '../edges/slack/rig.ts';
import { openWorkspace, type Workspace } from '../edges/slack/workspace.ts';
import { type Home, newHome } from '../support/database.ts';
import { killAll, launch, type Settings, startBot } from './bot.ts';
import { inDatabase } from './ledger.ts';
import { afterTheCardIsPosted } from './moments.ts';
import { chance, mortal } from './mortal.ts';

/** A conversation is free again fifteen seconds after whoever posted there was killed; the rest is for a slow machine. */
const LONGEST_MS = 35_000;

let home: Home;
let slack: Workspace;
before(async () => {
  home = await newHome('Postgres');
  slack = await openWorkspace(['channels:history']);
});
after(async () => {
  killAll();
  await slack.close();
  await home.remove();
});

test('is there once, and what follows it after it', async () => {
  const channel = slack.channel('ops');
  const conversation = `T000000001:${channel}`;
  await inDatabase(home, async (db) => {
    for (const text of ['Job 7 is done', 'Job 8 is done']) {
      const place = { platform: 'slack', conversation, kind: 'channel', name: '#ops', address: { channel } };
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
  const settings: Settings = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${slack.emulator.url}/api/`,
  };
  const texts = async () => (await slack.history(channel)).map(({ text }) => text);
  const states = () =>
    inDatabase(home, async (db) =>
      (await db.selectFrom('deliveries').select('state').orderBy('id').execute()).map(({ state }) => state),
    );

  const doomed = await launch(home, { ...settings, ...mortal(afterTheCardIsPosted(chance(1))) });
  const { code } = 'url' in doomed ? await doomed.ended : doomed;
  assert.equal(code, null, 'it was killed');
  assert.deepEqual(await texts(), ['Job 7 is done']);
  assert.deepEqual(await states(), ['waiting', 'waiting'], 'and nobody knows');

  const heir = await startBot(home, settings);
  const until = Date.now() + LONGEST_MS;
  while ((await states()).includes('waiting') && Date.now() < until) await setTimeout(200);
  await heir.end('SIGTERM');

  assert.deepEqual(await states(), ['sent', 'sent']);
  assert.deepEqual((await texts()).toReversed(), ['Job 7 is done', 'Job 8 is done']);
});
