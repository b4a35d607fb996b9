import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { PostFailed } from '../../../src/chat/edge.ts';
import { type Db, noteSending, type Opened, secondsToWait } from '../../../src/db/index.ts';
import { type Engine, onBothEngines, openTestDatabase } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { idle } from '../bulk/support.ts';
import { openPostOffice, type PostOffice } from './support.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const TEAMS = [
  { most: 7, seconds: 1 },
  { most: 8, seconds: 2 },
  { most: 60, seconds: 30 },
  { most: 1_800, seconds: 3_600 },
];

onBothEngines('a conversation may be posted to', (engine) => {
  let opened: Opened;
  before(async () => {
    opened = await openTestDatabase(engine);
  });
  after(() => opened.close());

  /** So many posts, so long ago; gives how long it is until the next. */
  async function waitAfter(
    posts: readonly (readonly [count: number, secondsAgo: number])[],
  ): Promise<number> {
    const { db } = opened;
    await db.deleteFrom('sendings').execute();
    for (const [count, ago] of posts) await sendings(db, count, ago);
    return secondsToWait(db, channel('a'), TEAMS);
  }
  const sendings = (db: Db, count: number, ago: number) =>
    sql`
    insert into sendings (platform, conversation, at)
    select 'test', 'channel:a', clock_timestamp() - make_interval(secs => ${ago}) from generate_series(1, ${count}::int)`.execute(
      db,
    );
  const isAbout = (found: number, expected: number) =>
    assert.ok(found <= expected && found > expected - 1, `${found} is not just below ${expected}`);

  test('at once while there is room in every window', async () => {
    assert.equal(await waitAfter([]), 0);
    assert.equal(await waitAfter([[6, 0]]), 0);
    assert.equal(await waitAfter([[7, 1.5]]), 0);
    assert.equal(await waitAfter([[59, 3]]), 0);
    assert.equal(await waitAfter([[1_799, 40]]), 0);
  });

  test('once there is room in the fullest window', async () => {
    isAbout(await waitAfter([[7, 0]]), 1);
    isAbout(await waitAfter([[8, 0.5]]), 1.5);
    isAbout(await waitAfter([[60, 3]]), 27);
    isAbout(await waitAfter([[1_800, 40]]), 3_560);
    isAbout(
      await waitAfter([
        [1_740, 600],
        [60, 20],
      ]),
      3_000,
    );
  });

  test('whatever is posted elsewhere; and what no window looks at is forgotten', async () => {
    await waitAfter([[1_800, 3_700]]);
    await noteSending(opened.db, channel('b'), TEAMS);
    assert.equal(await secondsToWait(opened.db, channel('b'), [{ most: 2, seconds: 60 }]), 0);
    await noteSending(opened.db, channel('a'), TEAMS);
    assert.equal((await opened.db.selectFrom('sendings').selectAll().execute()).length, 2);
  });
});

/** Fifty notices for a channel that takes one in so many milliseconds. */
const PACE_MS = 60;
const BURST = 50;

async function burst(office: PostOffice): Promise<void> {
  await office.tell('busy', ...range(BURST).map((index) => `notice ${10 + index}`));
  await office.tell('free', 'alone');
  const isBusy = (one: string) => one.startsWith('#busy ');
  await office.until(() => office.taken.filter(isBusy).length === BURST);

  const busy = office.tries.filter(({ place }) => place.name === '#busy');
  assert.deepEqual(
    busy.map(({ reply }) => reply.text),
    range(BURST).map((index) => `notice ${10 + index}`),
  );
  const gaps = busy.slice(1).map(({ began }, index) => began - (busy[index]?.began ?? 0));
  assert.ok(Math.min(...gaps) >= PACE_MS - 1, `two were ${Math.min(...gaps)} ms apart`);
  const ahead = office.taken.slice(0, office.taken.indexOf('#free alone')).filter(isBusy);
  assert.ok(ahead.length < BURST / 2, `the other channel waited for ${ahead.length}`);
  assert.deepEqual(office.faults, []);
}

describe('a burst of notices', () => {
  const pace = [{ most: 1, seconds: PACE_MS / 1000 }];

  const bursts = (engine: Engine, copies: number) =>
    test(`is posted in order and no faster than allowed by ${copies} on ${engine}, and nobody else waits for it`, async (t) => {
      const office = await openPostOffice(engine, { pace, copies });
      t.after(() => office.close());
      await burst(office);
    });
  bursts('PGlite', 1);
  bursts('Postgres', 1);
  bursts('Postgres', 3);
});

test('however often a platform asks for patience, nothing is given up for it', async (t) => {
  const office = await openPostOffice('Postgres');
  t.after(() => office.close());
  const { conversation } = channel('slow');
  // As after a day of asking.
  office.follow((_, attempt) =>
    attempt === 1 ? new PostFailed('later', 'Slower, please.', { retryAfterSeconds: 1 }) : undefined,
  );
  await office.db.transaction().execute(async (trx) => {
    await office.tellIn(trx, 'slow', 'x');
    await trx
      .updateTable('deliveries')
      .set({ attempts: 19 })
      .where('conversation', '=', conversation)
      .execute();
  });
  await office.until(() => office.taken.includes('#slow x'));
  const row = await office.db
    .selectFrom('destinations')
    .select(['throttled', 'throttled_at'])
    .where('conversation', '=', conversation)
    .executeTakeFirstOrThrow();
  assert.equal(row.throttled, 1);
  await idle(office.db, 'notices.deliver');
  const { attempts } = await office.db
    .selectFrom('deliveries')
    .select('attempts')
    .where('conversation', '=', conversation)
    .executeTakeFirstOrThrow();
  assert.equal(attempts, 20, 'what was asked for later is no failed try');
  assert.ok(row.throttled_at);
  const [first, second] = office.tries;
  assert.ok((second?.began ?? 0) - (first?.began ?? 0) >= 990);
});

test('a post that was only asked to wait was not tried; one that may stand there already is looked for', async (t) => {
  const office = await openPostOffice('Postgres');
  t.after(() => office.close());
  const slower = () => new PostFailed('later', 'Slower, please.', { retryAfterSeconds: 1 });
  office.follow((text, attempt) => {
    if (text === 'asked to wait') return attempt === 1 ? slower() : undefined;
    if (attempt === 1) return new PostFailed('later', 'No answer.');
    return attempt === 2 ? slower() : undefined;
  });
  await office.tell('new', 'asked to wait');
  await office.tell('in doubt', 'unanswered');
  await office.until(() => office.taken.length === 2);
  const since = (text: string) =>
    office.tries.filter(({ reply }) => reply.text === text).map(({ triedSince }) => triedSince !== undefined);
  assert.deepEqual(since('asked to wait'), [false, false]);
  assert.deepEqual(since('unanswered'), [false, true, true]);
});
