import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { PostFailed } from '../../../src/chat/edge.ts';
import { deliverWaiting } from '../../../src/features/notices/deliver.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { hold, idle } from '../bulk/support.ts';
import { openPostOffice, type PostOffice, statesOf } from './support.ts';

const fails = () => new PostFailed('later', 'The network is down.');
const busy = () => new PostFailed('later', 'Too many requests.', { retryAfterSeconds: 1 });

onBothEngines('a stored notice', (engine) => {
  let office: PostOffice;
  before(async () => {
    office = await openPostOffice(engine);
  });
  after(() => office.close());
  beforeEach(() => office.follow(() => undefined));

  const takenBy = (name: string) =>
    office.taken.filter((one) => one.startsWith(`#${name} `)).map((one) => one.slice(name.length + 2));
  const until = (name: string, count: number) => office.until(() => takenBy(name).length >= count);

  test('is posted, in order, and once', async () => {
    await office.tell('order', 'a1', 'a2', 'a3');
    await office.tell('order', 'a4');
    await office.tell('order', 'a2', 'a5');
    await until('order', 5);
    assert.deepEqual(takenBy('order'), ['a1', 'a2', 'a3', 'a4', 'a5']);
  });

  test('of a change that is rolled back is not posted', async () => {
    await assert.rejects(
      office.db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        await office.tellIn(trx, 'rolled', 'b1');
        throw new Error('The change failed.');
      }),
      /The change failed/,
    );
    await office.tell('rolled', 'b2');
    await until('rolled', 1);
    assert.deepEqual(takenBy('rolled'), ['b2']);
  });

  test('that the platform takes later is posted later, and those after it wait for it', async () => {
    office.follow((text, attempt) => (text === 'c1' && attempt < 3 ? busy() : undefined));
    await office.tell('later', 'c1', 'c2');
    await office.tell('later', 'c3');
    await until('later', 3);
    assert.deepEqual(takenBy('later'), ['c1', 'c2', 'c3']);
    assert.equal(office.offered.filter((one) => one === '#later c1').length, 3);
  });

  test('waits for its own conversation only', async () => {
    office.follow((text) => (text === 'd1' && takenBy('free').length === 0 ? fails() : undefined));
    await office.tell('stuck', 'd1');
    await office.tell('free', 'd2');
    await until('free', 1);
    await until('stuck', 1);
    assert.deepEqual(takenBy('stuck'), ['d1']);
  });

  test('that is refused is given up, and the next one goes on', async () => {
    office.follow((text) => (text === 'e1' ? new PostFailed('refused', 'Too long.') : undefined));
    await office.tell('refused', 'e1', 'e2');
    await until('refused', 1);
    await settled(office, 'refused');
    assert.deepEqual(takenBy('refused'), ['e2']);
    assert.deepEqual(await statesOf(office.db, 'refused'), ['dead', 'sent']);
  });

  test('to a place that is gone waits there with all that follows, and is not offered again', async () => {
    office.follow((text) => (text.startsWith('f') ? new PostFailed('gone', 'No such channel.') : undefined));
    await office.tell('gone', 'f1', 'f2');
    await office.until(() => office.offered.includes('#gone f1'));
    await closed(office, 'gone');
    await office.tell('gone', 'f3');
    await idle(office.db, 'notices.deliver');
    assert.deepEqual(await statesOf(office.db, 'gone'), ['waiting', 'waiting', 'waiting']);
    assert.deepEqual(
      office.offered.filter((one) => one.startsWith('#gone')),
      ['#gone f1'],
    );
  });

  test('that an edge stumbles over is tried again, and the fault is reported', async () => {
    const fault = new TypeError('undefined is not a function');
    office.follow((text, attempt) => (text === 'h1' && attempt === 1 ? fault : undefined));
    await office.tell('fault', 'h1', 'h2');
    await until('fault', 2);
    assert.deepEqual(takenBy('fault'), ['h1', 'h2']);
    assert.ok(office.faults.includes(fault));
  });

  test('that a killed copy of the bot had taken is posted once its time is over', async () => {
    const { platform, conversation } = channel('killed');
    await office.db.transaction().execute(async (trx) => {
      await office.tellIn(trx, 'killed', 'i1', 'i2');
      await sql`
        insert into destinations (platform, conversation, claimed_by, claimed_until)
        values (${platform}, ${conversation}, 'who was killed', now() + interval '3 seconds')`.execute(trx);
    });
    await deliverWaiting(office.ctx());
    await until('killed', 2);
    assert.deepEqual(takenBy('killed'), ['i1', 'i2']);
  });

  // On the embedded database nothing is posted while a transaction is open.
  if (engine === 'Postgres') {
    test('is posted also where the work for an earlier one ended before its transaction', async () => {
      const { stop, release } = await hold(office.db, 'notices.deliver');
      await office.tell('race', 'j1');
      await stop();
      await office.db.transaction().execute(async (trx) => {
        await office.tellIn(trx, 'race', 'j2');
        await release();
        await until('race', 1);
        await idle(office.db, 'notices.deliver');
      });
      await until('race', 2);
      assert.deepEqual(takenBy('race'), ['j1', 'j2']);
    });
  }
});

/** It is known that nothing gets through to this place. */
async function closed({ db }: PostOffice, name: string): Promise<void> {
  const { conversation } = channel(name);
  for (;;) {
    const row = await db
      .selectFrom('destinations')
      .select('dead_since')
      .where('conversation', '=', conversation)
      .executeTakeFirst();
    if (row?.dead_since) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Nothing waits for this place any more. */
async function settled({ db }: PostOffice, name: string): Promise<void> {
  while ((await statesOf(db, name)).includes('waiting'))
    await new Promise((resolve) => setImmediate(resolve));
}
