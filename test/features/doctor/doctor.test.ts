import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Check } from '../../../src/chat/edge.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';

onBothEngines('doctor', (engine) => {
  let talk: Talk;
  const platform: Check[] = [];
  before(async () => {
    talk = await openTalk(engine, undefined, undefined, undefined, async () => [
      { platform: 'elsewhere', checks: platform },
    ]);
  });
  after(() => talk.close());

  const ask = async () => shown(await talk.as('priya').say('doctor'));

  test('finds nothing wrong where nothing is, and says what it looked at', async () => {
    platform.splice(0, 1, { what: 'Token', state: 'good', says: 'The bot is let in.' });
    const report = await talk.as('priya').say('doctor');
    assert.match(report.text, /^HamaraCloud: nothing is wrong in \d+ things that I looked at\.$/);
    const text = shown(report);
    const name = engine === 'PGlite' ? 'The embedded PostgreSQL' : 'PostgreSQL';
    assert.match(
      text,
      new RegExp(`Database: ${name} \\d+[\\d.]* answers in .* and takes \\d+ MB; all \\d+ migrations`),
    );
    assert.match(text, /Clock: Ours and that of the database are less than a second apart/);
    assert.match(text, /The next reconciliation is due 25 \w+ \d+, 06:00 UTC \(0 6 25 \* \*, UTC\)/);
    assert.match(text, /Elsewhere: Token: The bot is let in\./);
    assert.match(
      text,
      /Nothing waits, and nothing failed in the last day|wait for their turn, and nothing failed/,
    );
    assert.match(text, /Letters: None are sent: SMTP_URL is not set\./);
    assert.match(text, /Quartermaster \d+\.\d+\.\d+ on Node \d+/);
    assert.deepEqual(buttons(report), ['Look again']);
  });

  test('tells what a platform finds, and what to do', async () => {
    platform.splice(0, 1, {
      what: 'Permissions',
      state: 'attention',
      says: 'Not given: files:write.',
      remedy: 'Install it again.',
    });
    const report = await talk.as('priya').say('doctor');
    assert.match(
      report.text,
      /1 of \d+ things .*\nElsewhere: Permissions: Not given: files:write\. Install it again\./,
    );
    platform.splice(0, 1);
  });

  test('tells of places out of reach, of what waits too long and of what was given up', async () => {
    const at = new Date();
    const old = new Date(at.getTime() - 3_600_000);
    const place = JSON.stringify({ platform: 'test', conversation: 'x', kind: 'channel', name: '#licences' });
    const reply = JSON.stringify({ text: 'x', audience: 'everyone', position: 'below' });
    const post = (key: string, conversation: string, state: 'waiting' | 'dead', created_at: Date) => ({
      ...{ key, platform: 'test', conversation, kind: 'jobs', place, reply, state, created_at },
      ...{ error: null, sent_at: null },
    });
    await talk.db
      .insertInto('destinations')
      .values({ platform: 'test', conversation: 'x', dead_since: at, dead_why: 'gone', place })
      .execute();
    await talk.db
      .insertInto('deliveries')
      .values([post('1', 'x', 'waiting', old), post('2', 'y', 'waiting', old), post('3', 'z', 'dead', at)])
      .execute();
    const report = await talk.as('priya').say('doctor');
    const text = shown(report);
    assert.match(text, /Nothing gets through to #licences \(Test\)\. 1 post is kept for it\./);
    assert.match(text, /1 post could be sent and is not, the oldest for 1 h/);
    assert.match(text, /1 post of the last day was given up\./);
    assert.deepEqual(buttons(report), ['Look again', 'Deliveries', 'Not delivered']);
    await talk.db.deleteFrom('deliveries').execute();
    await talk.db.deleteFrom('destinations').execute();
  });

  test('tells of throttling and of work that failed', async () => {
    const { sql } = await import('kysely');
    await talk.db
      .insertInto('destinations')
      .values({ platform: 'test', conversation: 'x', throttled_at: sql<Date>`now()` })
      .execute();
    await sql`
      insert into pgboss.job (name, state, completed_on, policy) values ('bulk.run', 'failed', now(), 'standard')`.execute(
      talk.db,
    );
    const text = await ask();
    assert.match(text, /Test asked to be slower in 1 place, last /);
    assert.match(text, /1 piece of bulk\.run failed for good in the last day\./);
    await talk.db.deleteFrom('destinations').execute();
    await sql`delete from pgboss.job where state = 'failed'`.execute(talk.db);
  });

  test('tells of clocks that differ', async () => {
    talk.setTime(new Date(Date.now() + 90_000).toISOString());
    assert.match(await ask(), /Ours and that of the database are 1 min \d+ s apart\..*time server/s);
    talk.setTime(new Date().toISOString());
  });

  test('is for the provider’s admin', async () => {
    for (const who of ['arjun', 'nora', 'carla', 'chris'] as const) {
      assert.match((await talk.as(who).say('doctor')).text, /may not do that/, who);
    }
  });
});
