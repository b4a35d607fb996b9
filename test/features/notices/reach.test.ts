import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Ctx } from '../../../src/bot/index.ts';
import { reachAgain } from '../../../src/features/notices/deliveries/revive.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, settings } from '../../support/talk.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW - hours * 3_600_000);

onBothEngines('a place out of reach', (engine) => {
  let talk: CalmTalk;
  let count = 0;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  afterEach(async () => {
    await talk.db.deleteFrom('deliveries').execute();
    await talk.db.deleteFrom('destinations').execute();
  });

  /** A channel to which nothing gets through, with posts that were stored so many hours ago. */
  async function lose(name: string, ...stored: number[]): Promise<string[]> {
    const { platform, conversation } = channel(name);
    const place = JSON.stringify(channel(name));
    await talk.db
      .insertInto('destinations')
      .values({ platform, conversation, place, dead_since: hoursAgo(30), dead_why: 'is_archived' })
      .execute();
    const texts: string[] = [];
    for (const hours of stored) {
      count += 1;
      const text = `Notice ${count}`;
      const reply = JSON.stringify({ text, audience: 'everyone', position: 'below' });
      const post = { key: text, platform, conversation, kind: 'jobs', place, reply };
      await talk.db
        .insertInto('deliveries')
        .values({ ...post, state: 'waiting', error: null, created_at: hoursAgo(hours), sent_at: null })
        .execute();
      texts.push(text);
    }
    return texts;
  }
  const posted = (text: string) => talk.waitForPost(({ reply }) => reply.text === text);
  const isLost = async (name: string) =>
    (
      await talk.db
        .selectFrom('destinations')
        .select('dead_since')
        .where('conversation', '=', channel(name).conversation)
        .executeTakeFirst()
    )?.dead_since !== null;

  test('is listed, with since when, why, and what is kept for it', async () => {
    await lose('licences', 30, 2, 1);
    const reply = await talk.as('priya').say('deliveries');
    assert.match(reply.text, /Nothing gets through to #licences \(is_archived\); 3 wait\./);
    assert.deepEqual(rows(reply)[0], ['#licences\nTest', 'is_archived\nsince 20 Nov 2026, 06:00 UTC', '3']);
    assert.match(shown(reply), /Until the place can be reached/);
    assert.deepEqual(buttons(reply), ['Try #licences again', 'Waiting', 'Not delivered', 'Sent']);
  });

  test('is posted to again when somebody says so: what is worth telling, in order', async () => {
    const [old = '', first = '', second = ''] = await lose('revived', 30, 2, 1);
    const reply = await talk
      .as('arjun')
      .press(await talk.as('arjun').say('deliveries'), 'Try #revived again');
    assert.match(
      reply.text,
      /^Notices are posted to #revived again\. 2 notices that waited for it are sent now\./,
    );
    assert.match(reply.text, /1 notice older than 24 hours is not sent any more\./);
    await posted(second);
    const texts = talk.posts.map(({ reply: { text } }) => text);
    assert.ok(texts.indexOf(first) < texts.indexOf(second));
    assert.ok(!texts.includes(old));
    assert.equal(await isLost('revived'), false);
    assert.match((await talk.as('arjun').say('deliveries dead')).text, /1 not delivered/);
    const history = await talk.db
      .selectFrom('history')
      .select('summary')
      .where('kind', '=', 'deliveries')
      .execute();
    assert.deepEqual(
      history.map(({ summary }) => summary),
      ['Had notices posted to #revived again'],
    );
  });

  test('is posted to again when the bot is in its workspace again, and in no other', async () => {
    const [kept = ''] = await lose('returned', 1);
    const ctx: Ctx = {
      db: talk.db,
      jobs: talk.jobs,
      settings,
      now: new Date(NOW),
      actor: { kind: 'job', name: 'bot' },
    };
    await reachAgain(ctx, 'test', 'chan');
    await reachAgain(ctx, 'elsewhere', 'channel');
    assert.equal(await isLost('returned'), true);
    await reachAgain(ctx, 'test', 'channel');
    await posted(kept);
    assert.equal(await isLost('returned'), false);
  });

  test('has missed what came while it was lost, not what was held back before', async () => {
    const [held = '', old = ''] = await lose('briefly', 60, 30);
    const at = (name: string) => channel(name).conversation;
    await talk.db
      .updateTable('destinations')
      .set({ dead_since: hoursAgo(0.1) })
      .where('conversation', '=', at('briefly'))
      .execute();
    const reply = await talk.as('arjun').say('deliveries revive #briefly');
    assert.match(reply.text, /2 notices that waited for it are sent now\./);
    assert.doesNotMatch(reply.text, /not sent any more/);
    await posted(held);
    await posted(old);

    const [quiet = ''] = await lose('quiet', 40);
    await talk.db
      .updateTable('deliveries')
      .set({ not_before: hoursAgo(2) })
      .where('conversation', '=', at('quiet'))
      .execute();
    await talk.as('arjun').say('deliveries revive #quiet');
    await posted(quiet);
  });

  test('can be named, with or without its #; where several have the name one is asked', async () => {
    await lose('one');
    assert.match(
      (await talk.as('priya').say('deliveries revive One')).text,
      /^Notices are posted to #one again/,
    );
    await lose('two');
    await lose('three');
    const asked = await talk.as('priya').say('deliveries revive');
    assert.match(asked.text, /^Which of these places\?/);
    assert.deepEqual(buttons(asked).toSorted(), ['#three (Test)', '#two (Test)']);
    const none = await talk.as('priya').say('deliveries revive #four');
    assert.match(none.text, /Nothing by the name “#four” is out of reach/);
    assert.match((await talk.as('priya').press(asked, '#two (Test)')).text, /posted to #two again/);
  });

  test('can be reached again once somebody talks to the bot from there', async () => {
    const [text = ''] = await lose('heard', 1);
    await talk.as('stranger', channel('heard')).say('help');
    assert.equal(await isLost('heard'), true);
    await talk.as('carla', channel('heard')).say('help');
    assert.equal(await isLost('heard'), false);
    await posted(text);
  });

  test('is for the provider to try again', async () => {
    await lose('mine', 1);
    for (const who of ['nora', 'carla', 'chris'] as const) {
      assert.match((await talk.as(who).say('deliveries revive #mine')).text, /may not do that/, who);
      const { platform, conversation } = channel('mine');
      const pressed = await talk.as(who).submit('deliveries.revive', { platform, conversation });
      assert.match(pressed.text, /may not do that/, who);
    }
    assert.equal(await isLost('mine'), true);
  });
});
