import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Working } from '../../../src/bot/index.ts';
import { notices } from '../../../src/features/notices/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000);

onBothEngines('once a day', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    talk.setTime(NOW.toISOString());
  });
  after(() => talk.close());

  const place = JSON.stringify(channel('old'));
  const reply = JSON.stringify({ text: 'Contoso has 7 users', audience: 'everyone', position: 'below' });
  type Post = { state: 'waiting' | 'sent' | 'dead'; created_at: Date } & Partial<
    Record<'sent_at' | 'given_up_at' | 'not_before', Date>
  >;
  const store = (key: string, conversation: string, post: Post) =>
    talk.db
      .insertInto('deliveries')
      .values({
        ...{ key, platform: 'test', conversation, kind: 'jobs', place, reply, error: null, sent_at: null },
        ...post,
      })
      .execute();
  const tidy = async () => {
    const work = notices.work?.find(({ name }) => name === 'notices.forget');
    assert.ok(work);
    await work.handle({ ...talk.ctx(), post: async () => assert.fail() } as unknown as Working, {}, false);
  };

  test('what was posted long ago is forgotten, and what could not be for too long is given up', async () => {
    await store('sent long ago', 'a', { state: 'sent', created_at: daysAgo(95), sent_at: daysAgo(91) });
    await store('sent', 'a', { state: 'sent', created_at: daysAgo(95), sent_at: daysAgo(89) });
    await store('dead long ago', 'a', { state: 'dead', created_at: daysAgo(99), given_up_at: daysAgo(91) });
    await store('dead', 'a', { state: 'dead', created_at: daysAgo(99), given_up_at: daysAgo(89) });
    const dead = { platform: 'test', conversation: 'lost', dead_since: daysAgo(40), dead_why: 'gone', place };
    await talk.db.insertInto('destinations').values(dead).execute();
    await store('kept too long', 'lost', { state: 'waiting', created_at: daysAgo(31) });
    await store('kept', 'lost', { state: 'waiting', created_at: daysAgo(29) });
    await store('held back', 'lost', {
      state: 'waiting',
      created_at: daysAgo(32),
      not_before: daysAgo(29),
    });
    await tidy();
    const rows = await talk.db
      .selectFrom('deliveries')
      .select(['key', 'state', 'error'])
      .orderBy('id')
      .execute();
    assert.deepEqual(
      rows.map(({ key, state }) => `${key}: ${state}`),
      ['sent: sent', 'dead: dead', 'kept too long: dead', 'kept: waiting', 'held back: waiting'],
    );
    assert.equal(rows[2]?.error, 'It could not be sent for 30 days.');
    const again = await talk.db
      .selectFrom('deliveries')
      .select('given_up_at')
      .where('key', '=', 'kept too long')
      .executeTakeFirstOrThrow();
    assert.deepEqual(again.given_up_at, NOW);
  });

  test('threads, sendings and places of which nothing is to be known any more are forgotten', async () => {
    const thread = { platform: 'test', conversation: 'a', message: '1' };
    await talk.db
      .insertInto('notice_threads')
      .values([
        { ...thread, name: 'job:1', used_at: daysAgo(91) },
        { ...thread, name: 'job:2', used_at: daysAgo(89) },
      ])
      .execute();
    await sql`insert into sendings (platform, conversation, at)
      values ('test', 'old', now() - interval '25 hours'), ('test', 'new', now())`.execute(talk.db);
    await sql`insert into destinations (platform, conversation, wake_at, paused_until)
      values ('test', 'idle', now() - interval '2 days', null), ('test', 'never', null, null),
        ('test', 'busy', null, now() + interval '1 minute'), ('test', 'waits', now() - interval '2 days', null)`.execute(
      talk.db,
    );
    await store('waits', 'waits', { state: 'waiting', created_at: NOW });
    await tidy();
    const names = async (table: 'notice_threads' | 'sendings' | 'destinations', column: string) => {
      const { rows } = await sql<{ name: string }>`
        select ${sql.ref(column)} as name from ${sql.table(table)} where platform = 'test' order by 1`.execute(
        talk.db,
      );
      return rows.map(({ name }) => name);
    };
    assert.deepEqual(await names('notice_threads', 'name'), ['job:2']);
    assert.deepEqual(await names('sendings', 'conversation'), ['new']);
    assert.deepEqual(await names('destinations', 'conversation'), ['busy', 'lost', 'waits']);
  });

  test('who has not said a word in a place for a quarter of a year is not mentioned there any more', async () => {
    const speak = (who: 'carla' | 'nora') => talk.as(who, channel('licences')).say('help');
    for (const who of ['carla', 'nora'] as const) await speak(who);
    const spoke = (who: string, days: number) =>
      sql`update speakers set spoke_at = ${daysAgo(days)} where person ->> 'id' = ${who}`.execute(talk.db);
    await spoke('carla', 91);
    await spoke('nora', 89);
    await tidy();
    const { rows } = await sql<{ id: string }>`select person ->> 'id' as id from speakers`.execute(talk.db);
    assert.deepEqual(rows, [{ id: 'nora' }]);
  });
});
