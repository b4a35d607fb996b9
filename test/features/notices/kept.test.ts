import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { deliverWaiting } from '../../../src/features/notices/deliver.ts';
import { heardFrom } from '../../../src/features/notices/deliveries/revive.ts';
import { byMail } from '../../../src/features/notices/notify.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { openPostOffice, type PostOffice, statesOf } from './support.ts';

onBothEngines('what can not be posted yet', (engine) => {
  let office: PostOffice;
  let connected = true;
  before(async () => {
    office = await openPostOffice(engine, { connected: () => connected });
  });
  after(() => office.close());
  beforeEach(async () => {
    connected = true;
    office.follow(() => undefined);
    await sql`delete from platform_pauses`.execute(office.db);
  });

  const offers = (name: string) => office.offered.filter((one) => one.startsWith(`#${name} `)).length;
  const taken = (text: string) => office.until(() => office.taken.includes(text));
  const at = (name: string) => channel(name).conversation;

  /** Stores a notice that has been tried before. */
  const tried = (name: string, text: string, before: { attempts: number; faults?: number }) =>
    office.db.transaction().execute(async (trx) => {
      await office.tellIn(trx, name, text);
      await trx.updateTable('deliveries').set(before).where('conversation', '=', at(name)).execute();
    });
  const destination = (name: string) =>
    office.db
      .selectFrom('destinations')
      .select(['dead_since', 'lost_since'])
      .select(sql<number>`extract(epoch from paused_until - clock_timestamp())::float8`.as('paused'))
      .where('conversation', '=', at(name))
      .executeTakeFirst();
  async function reached<T>(look: () => Promise<T>, fits: (found: T) => boolean): Promise<T> {
    for (;;) {
      const found = await look();
      if (fits(found)) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test('for what is not its own fault is tried every five minutes, however long that takes', async () => {
    office.follow((_, attempt) =>
      attempt === 1 ? new PostFailed('later', 'An API error occurred: token_revoked') : undefined,
    );
    await tried('outage', 'x', { attempts: 500 });
    const row = await reached(
      () => destination('outage'),
      (found) => (found?.paused ?? 0) > 0,
    );
    assert.ok((row?.paused ?? 0) > 230 && (row?.paused ?? 0) <= 300, `paused for ${row?.paused} s`);
    assert.deepEqual(await statesOf(office.db, 'outage'), ['waiting']);
    await sql`update destinations set paused_until = null where conversation = ${at('outage')}`.execute(
      office.db,
    );
    await deliverWaiting(office.ctx());
    await taken('#outage x');
  });

  test('by a fault of ours is given up in the end, and the next one goes on', async () => {
    office.follow((text) => (text === 'bad' ? new TypeError('undefined is not a function') : undefined));
    await tried('faulty', 'bad', { attempts: 19, faults: 19 });
    await office.tell('faulty', 'next');
    await taken('#faulty next');
    assert.equal((await statesOf(office.db, 'faulty'))[0], 'dead');
  });

  test('by a copy of the bot that is not connected is left to one that is', async () => {
    connected = false;
    await office.tell('elsewhere', 'x');
    await reached(
      () => sql`select from destinations where conversation = ${at('elsewhere')}`.execute(office.db),
      ({ rows }) => rows.length > 0,
    );
    assert.equal(offers('elsewhere'), 0);
    const { attempts } = await office.db
      .selectFrom('deliveries')
      .select('attempts')
      .where('conversation', '=', at('elsewhere'))
      .executeTakeFirstOrThrow();
    assert.equal(attempts, 0);
    connected = true;
    await taken('#elsewhere x');
  });

  test('since the platform wants to be left alone waits in all of its conversations', async () => {
    office.follow((text, attempt) =>
      text === 'first' && attempt === 1
        ? new PostFailed('later', 'Slower.', { retryAfterSeconds: 2 })
        : undefined,
    );
    await office.tell('slow', 'first');
    await reached(
      () => destination('slow'),
      (found) => (found?.paused ?? 0) > 0,
    );
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => office.tell(name, 'after')));
    await taken('#e after');
    const [first] = office.tries.filter(({ reply }) => reply.text === 'first');
    const [next] = office.tries.filter(({ reply }) => reply.text === 'after');
    const waited = (next?.began ?? 0) - (first?.began ?? 0);
    assert.ok(waited >= 1_950, `the next conversation was posted to after ${waited} ms`);
  });

  test('is not dropped for a place that somebody could talk from and is still out of reach', async () => {
    const place: Place = channel('lost');
    let gone = true;
    office.follow((text) =>
      gone && text.startsWith('l') ? new PostFailed('gone', 'not_in_channel') : undefined,
    );
    await office.tell('lost', 'l1', 'l2');
    await reached(
      () => destination('lost'),
      (found) => found?.dead_since != null,
    );
    await sql`update destinations set dead_since = now() - interval '3 days' where conversation = ${at('lost')}`.execute(
      office.db,
    );
    await sql`update deliveries set created_at = now() - interval '3 days' where reply->>'text' = 'l1'`.execute(
      office.db,
    );
    const since = (await destination('lost'))?.dead_since;
    const before = offers('lost');
    await heardFrom(office.ctx(), place);
    await office.until(() => offers('lost') > before);
    const still = await reached(
      () => destination('lost'),
      (found) => found?.dead_since != null,
    );
    assert.deepEqual(still?.dead_since, since);
    assert.deepEqual(await statesOf(office.db, 'lost'), ['waiting', 'waiting']);

    gone = false;
    await heardFrom(office.ctx(), place);
    await taken('#lost l2');
    await reached(
      () => statesOf(office.db, 'lost'),
      (states) => !states.includes('waiting'),
    );
    assert.deepEqual(await statesOf(office.db, 'lost'), ['dead', 'sent']);
    assert.equal((await destination('lost'))?.lost_since, null);
  });

  test('is no channel’s notice because of letters: those keep only each other waiting', async () => {
    const letters = Array.from({ length: 8 }, (_, index) => `letter ${index}`);
    await office.holdWhile(
      ({ platform }) => platform === 'mail',
      async () => {
        for (const text of letters)
          await office.tellOf('letters', byMail(`${text.replace(' ', '')}@contoso.example`), text);
        await office.until(() => office.offered.filter((one) => one.includes(' letter ')).length >= 2);
        await office.tell('quick', 'x');
        await taken('#quick x');
      },
    );
    await office.until(() => letters.every((text) => office.taken.some((one) => one.endsWith(` ${text}`))));
  });
});
