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
    const clock = /Clock: Ours and that of the database are less than a second apart/;
    // Embedded, it has no clock of its own.
    if (engine === 'PGlite') assert.doesNotMatch(text, /Clock/);
    else assert.match(text, clock);
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

  test('tells what can’t be known, and calls it nothing to mend', async () => {
    platform.splice(0, 1, { what: 'Permissions', state: 'note', says: 'Nobody said which are given.' });
    const report = await talk.as('priya').say('doctor');
    assert.match(report.text, /^HamaraCloud: nothing is wrong in \d+ things that I looked at\.$/);
    const text = shown(report);
    assert.match(text, /Good to know\b.*Elsewhere: Permissions: Nobody said which are given\./s);
    platform.splice(0, 1);
  });

  test('tells of places out of reach, of what waits too long and of what was given up', async () => {
    const at = new Date();
    const old = new Date(at.getTime() - 3_600_000);
    const place = JSON.stringify({ platform: 'test', conversation: 'x', kind: 'channel', name: '#licences' });
    const reply = JSON.stringify({ text: 'x', audience: 'everyone', position: 'below' });
    const post = (key: string, conversation: string, state: 'waiting' | 'dead', created_at: Date) => ({
      ...{ key, platform: 'test', conversation, kind: 'jobs', place, reply, state, created_at },
      ...{ error: null, sent_at: null, given_up_at: state === 'dead' ? at : null },
    });
    const letter = { ...post('4', 'carla@contoso.example', 'dead', at), platform: 'mail' };
    const longAgo = { ...post('5', 'z', 'dead', old), given_up_at: new Date(at.getTime() - 48 * 3_600_000) };
    const kept = new Date(at.getTime() - 5 * 24 * 3_600_000);
    await talk.db
      .insertInto('destinations')
      .values({ platform: 'test', conversation: 'x', dead_since: at, dead_why: 'gone', place })
      .execute();
    await talk.db
      .insertInto('deliveries')
      .values([
        post('1', 'x', 'waiting', old),
        post('2', 'y', 'waiting', old),
        post('3', 'z', 'dead', kept),
        letter,
        longAgo,
      ])
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

  test('tells of a platform that takes nothing for what is no fault of a post', async () => {
    const { sql } = await import('kysely');
    const place = JSON.stringify({ platform: 'test', conversation: 'x', kind: 'channel', name: '#licences' });
    const reply = JSON.stringify({ text: 'x', audience: 'everyone', position: 'below' });
    const post = { platform: 'test', kind: 'jobs', place, reply, state: 'waiting', sent_at: null } as const;
    const tried_at = sql<Date>`clock_timestamp() - interval '2 hours'`;
    const failed = { ...post, attempts: 30, created_at: new Date(), tried_at, error: 'token_revoked' };
    await talk.db
      .insertInto('deliveries')
      .values([
        { ...failed, key: '1', conversation: 'x' },
        { ...failed, key: '2', conversation: 'y' },
      ])
      .execute();
    for (const conversation of ['x', 'y']) {
      await sql`
        insert into destinations (platform, conversation, paused_until)
        values ('test', ${conversation}, clock_timestamp() + interval '5 minutes')`.execute(talk.db);
    }
    const text = await ask();
    assert.match(text, /Posts to Test have failed for 2 h in 2 places, the last one with: token_revoked/);
    assert.match(text, /Nothing is given up for that: each is tried again every five minutes\./);
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

  test('tells of orders and assignments that a vendor refused, until they are mended', async () => {
    const { db } = talk;
    const order = await db
      .selectFrom('orders')
      .select(['id', 'status'])
      .where('number', '=', 10024)
      .executeTakeFirstOrThrow();
    const failed = db.updateTable('orders').where('id', '=', order.id);
    await failed.set({ status: 'Provisioning failed' }).execute();
    const step = { order_id: order.id, kind: 'subscription', title: 'x', state: 'failed' } as const;
    const input = JSON.stringify({ round: 0, try: 0 });
    const ended = (ago: number) => ({
      started_at: null,
      finished_at: new Date(Date.now() - ago * 3_600_000),
    });
    await db
      .insertInto('order_steps')
      .values({ ...step, position: 90, input, result: null, error: 'e-mail address invalid.', ...ended(2) })
      .execute();
    const { id: service_id } = await db
      .selectFrom('services')
      .select('id')
      .where('order_id', '=', order.id)
      .executeTakeFirstOrThrow();
    const told = {
      service_id,
      due_at: null,
      claimed_until: null,
      asking: null,
      refused: null,
      told_at: null,
    };
    await db
      .insertInto('assignments_told')
      .values({ ...told, error: 'no such user' })
      .onConflict((conflict) => conflict.column('service_id').doUpdateSet({ error: 'no such user' }))
      .execute();
    const report = await talk.as('priya').say('doctor');
    assert.match(
      report.text,
      /Orders that failed: 1 order of the last day: 10024 \(e-mail address invalid\)\. Mend .* retry 10024\n/,
    );
    assert.match(
      report.text,
      /Refused assignments: 1 service: 10024\/1 \(no such user\)\. .* service 10024\/1$/,
    );
    assert.deepEqual(buttons(report), ['Look again', 'Retry 10024', 'Service 10024/1']);

    await db.updateTable('order_steps').set(ended(25)).where('position', '=', 90).execute();
    await db.updateTable('assignments_told').set({ error: null }).execute();
    assert.match(await ask(), /Refused by vendors: No order of the last day, and no assignment\./);
    await db.deleteFrom('order_steps').where('position', '=', 90).execute();
    await failed.set({ status: order.status }).execute();
  });

  test('tells of clocks that differ', async () => {
    talk.setTime(new Date(Date.now() + 90_000).toISOString());
    const found = await ask();
    const apart = /Ours and that of the database are 1 min \d+ s apart\..*time server/s;
    if (engine === 'PGlite') assert.doesNotMatch(found, /Clock/);
    else assert.match(found, apart);
    talk.setTime(new Date().toISOString());
  });

  test('is for the provider’s admin', async () => {
    for (const who of ['arjun', 'nora', 'carla', 'chris'] as const) {
      assert.match((await talk.as(who).say('doctor')).text, /may not do that/, who);
    }
  });

  test('looked at for one thing says that, and what there is where it does not know the word', async () => {
    platform.splice(0, 1, { what: 'Token', state: 'good', says: 'The bot is let in.' });
    const one = await talk.as('priya').say('doctor Schedule');
    assert.match(one.text, /^HamaraCloud: nothing is wrong in \d+ things? that I looked at\.$/);
    assert.match(shown(one), /The next reconciliation is due/);
    assert.doesNotMatch(shown(one), /The bot is let in/);
    assert.match(shown(await talk.as('priya').say('doctor elsewhere')), /The bot is let in/);
    const none = await talk.as('priya').say('doctor who');
    assert.match(none.text, /^I don’t look at “who”\. I look at: .*Database.*Elsewhere/);
    assert.deepEqual(buttons(none), ['Look at everything']);
  });
});
