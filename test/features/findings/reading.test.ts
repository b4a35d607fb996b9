import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { readAndCompare } from '../../../src/features/findings/reading/compare.ts';
import {
  BEGUN_TOO_OFTEN,
  NO_LIST,
  NOT_COMPARED,
  NOT_REACHED,
} from '../../../src/features/findings/reading/replies.ts';
import { ListRefused, type Provider, type SubscriptionAsItIs } from '../../../src/providers/index.ts';
import { onPostgres } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { agree, lastFound, ledgerOf, MESSAGING, readLedger, workingOn } from './support.ts';

onPostgres('reading vendors', (engine) => {
  let talk: Talk;
  let ledger: Provider;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime('2026-11-21T03:00:00Z');
    ledger = ledgerOf(talk);
  });
  afterEach(() => talk.close());

  const seen = async () =>
    (
      await talk.db.selectFrom('seen_subscriptions').select('subscription').orderBy('subscription').execute()
    ).map(({ subscription }) => subscription);
  const readings = () =>
    talk.db
      .selectFrom('readings')
      .select(['provider', 'seen', 'error', 'finished_at as at'])
      .orderBy('id')
      .execute();
  const names = (all: readonly SubscriptionAsItIs[]) => all.map(({ subscription }) => subscription);
  /** One subscription a page. */
  const slow = async (after = '') =>
    (await ledger.list()).filter(({ subscription }) => subscription > after).slice(0, 1);

  test('goes on where it broke off', async () => {
    const pages: (string | undefined)[] = [];
    const dying: Partial<Provider> = {
      list: async (after) => {
        pages.push(after);
        if (pages.length === 3) throw new Error('killed');
        return slow(after);
      },
    };
    const first = await readAndCompare(workingOn(talk, dying));
    assert.deepEqual(first.failed, [{ provider: 'ledger', reason: NO_LIST }]);
    assert.deepEqual(
      (await readings()).map((one) => [one.seen, one.error, one.at]),
      [[2, NO_LIST, null]],
    );
    const second = await readAndCompare(workingOn(talk, dying));
    const all = names(await ledger.list());
    assert.deepEqual(pages, [undefined, all[0], all[1], all[1], all[2], all[3], all[4]]);
    assert.deepEqual(second.failed, []);
    assert.deepEqual(await seen(), all);
  });

  test('begins anew where it broke off too long ago, and forgets what was read then', async () => {
    let gone = false;
    const dying: Partial<Provider> = {
      list: async (after) => {
        if (after !== undefined && !gone) throw new Error('killed');
        return slow(after);
      },
    };
    await readAndCompare(workingOn(talk, dying));
    talk.setTime('2026-11-21T05:00:00Z');
    gone = true;
    await sql`delete from ledger_subscriptions where id = 'sub-contoso-trial'`.execute(talk.db);
    await readAndCompare(workingOn(talk, dying));
    assert.deepEqual(
      (await readings()).map((one) => [one.seen, one.at?.toISOString()]),
      [[4, '2026-11-21T05:00:00.000Z']],
    );
  });

  test('keeps the findings of the reading before until the next is complete, and where it can’t be', async () => {
    await readLedger(talk);
    const before = await lastFound(talk);
    assert.equal(before.length, 2);
    await agree(talk);
    let open: unknown;
    const dying: Partial<Provider> = {
      list: async (after) => {
        open = await lastFound(talk);
        if (after !== undefined) throw new Error('connection refused');
        return slow(after);
      },
    };
    assert.deepEqual((await readAndCompare(workingOn(talk, dying))).failed, [
      { provider: 'ledger', reason: NO_LIST },
    ]);
    assert.deepEqual(open, before);
    assert.deepEqual(await lastFound(talk), before);
  });

  test('two copies of the bot read one reading, and one completes it', async () => {
    const turns: Partial<Provider> = { list: (after) => slow(after) };
    const both = await Promise.all([
      readAndCompare(workingOn(talk, turns)),
      readAndCompare(workingOn(talk, turns)),
    ]);
    assert.ok(both.some(({ read }) => read.length === 1));
    assert.deepEqual(
      both.flatMap(({ failed }) => failed),
      [],
    );
    assert.deepEqual(await seen(), names(await ledger.list()));
    assert.equal((await readings()).filter(({ at }) => at === null).length, 0);
  });

  const HALF_AN_HOUR = 30 * 60_000;
  const later = (ms: number) => talk.setTime(new Date(talk.ctx().now.getTime() + ms).toISOString());
  const whole = () => readAndCompare(workingOn(talk));

  test('a reading that takes hours is nobody’s to give up while its pages come', async () => {
    const own: unknown[] = [];
    const long: Partial<Provider> = {
      list: async (after) => {
        later(HALF_AN_HOUR);
        if (own.push(after) === 4) assert.equal((await whole()).read.length, 1);
        return slow(after);
      },
    };
    assert.deepEqual(await readAndCompare(workingOn(talk, long)), { read: [], failed: [] });
    const { rows } = await sql<{ began: Date }>`select started_at as began from readings`.execute(talk.db);
    assert.deepEqual(
      rows.map(({ began }) => began.toISOString()),
      ['2026-11-21T03:00:00.000Z'],
    );
    assert.deepEqual(await seen(), names(await ledger.list()));
  });

  test('a reader that lost its reading to one that is complete by now has nothing to do', async () => {
    let pages = 0;
    const stuck: Partial<Provider> = {
      list: async (after) => {
        pages++;
        if (pages === 2) {
          later(3 * HALF_AN_HOUR);
          assert.equal((await whole()).read.length, 1);
        }
        return slow(after);
      },
    };
    assert.deepEqual(await readAndCompare(workingOn(talk, stuck)), { read: [], failed: [] });
    assert.equal(pages, 2);
  });

  test('a reader whose reading was only given up begins anew, though not for ever', async () => {
    const giveUp = () => sql`delete from readings where finished_at is null`.execute(talk.db);
    let pages = 0;
    const robbed = (how: (page: number) => boolean): Partial<Provider> => ({
      list: async (after) => {
        if (how(++pages)) await giveUp();
        return slow(after);
      },
    });
    const { read, failed } = await readAndCompare(
      workingOn(
        talk,
        robbed((page) => page === 3),
      ),
    );
    assert.deepEqual([read.length, failed], [1, []]);
    assert.deepEqual(await seen(), names(await ledger.list()));
    // The last page comes, and the reading is gone before it is compared.
    pages = 0;
    const [late] = (
      await readAndCompare(
        workingOn(
          talk,
          robbed((page) => page === 6),
        ),
      )
    ).read;
    assert.ok(late);
    const never = await readAndCompare(
      workingOn(
        talk,
        robbed(() => true),
      ),
    );
    assert.deepEqual(never, { read: [], failed: [{ provider: 'ledger', reason: BEGUN_TOO_OFTEN }] });
  });

  const good: SubscriptionAsItIs = {
    ...{ subscription: 'a-1', sku: 'OTHER', quantity: 3, status: 'active', domain: null },
    assignments: [],
  };
  const user = { userName: 'zoe@contoso.example', units: 2_000_000_000 };
  const away = Object.assign(new Error('fetch failed'), {
    cause: Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:443'), { code: 'ECONNREFUSED' }),
  });
  const BAD: Readonly<Record<string, readonly [list: () => Promise<unknown>, reason: string]>> = {
    'half a unit': [async () => [good, { ...good, subscription: 'a-2', quantity: 2.5 }], 'a quantity'],
    'less than none': [async () => [{ ...good, quantity: -1 }], 'a quantity'],
    'more than there can be': [async () => [{ ...good, quantity: 3_000_000_000 }], 'a quantity'],
    'no article number': [async () => [{ ...good, sku: undefined }], 'an article number'],
    'a status of its own': [async () => [{ ...good, status: 'paused' }], 'a status'],
    'too much for its users': [async () => [{ ...good, assignments: [user, user] }], 'users or units'],
    'no name': [async () => [{ ...good, subscription: '' }], 'It gave a subscription without a name.'],
    'no list': [async () => ({ error: 'token 4711 has run out' }), NO_LIST],
    'a reason of its own': [() => Promise.reject(new ListRefused('closed for today')), 'closed for today.'],
    'no connection': [() => Promise.reject(away), NOT_REACHED],
  };
  test('a vendor that gives what is no list keeps no other waiting, and it is said without its own words', async () => {
    await anotherVendor();
    for (const [what, [list, reason]] of Object.entries(BAD)) {
      const told: unknown[] = [];
      const { read, failed } = await readAndCompare({
        ...workingOn(talk),
        providers: (name) => (name === 'another' ? { ...ledger, list: list as Provider['list'] } : ledger),
        report: (fault) => void told.push(fault),
      });
      const vendors = [...read, ...failed].map(({ provider }) => provider);
      assert.deepEqual([read.length, vendors], [1, ['ledger', 'another']], what);
      assert.ok(failed[0]?.reason.includes(reason), `${what}: ${failed[0]?.reason}`);
      assert.equal(told.length, [NO_LIST, NOT_REACHED].includes(reason) ? 1 : 0, what);
      assert.doesNotMatch(JSON.stringify(await readings()), /ECONN|10\.0|4711|iterable/);
    }
  });

  test('a vendor that can’t be compared keeps no other waiting either', async () => {
    await anotherVendor();
    await sql`alter table findings add constraint no_others check (provider <> 'another')`.execute(talk.db);
    const told: unknown[] = [];
    const { read, failed } = await readAndCompare({
      ...workingOn(talk),
      providers: (name) =>
        name === 'another' ? { ...ledger, list: async (after) => (after ? [] : [good]) } : ledger,
      report: (fault) => void told.push(fault),
    });
    assert.deepEqual(
      [read.map(({ provider }) => provider), failed, told.length],
      [['ledger'], [{ provider: 'another', reason: NOT_COMPARED }], 1],
    );
  });

  const anotherVendor = () =>
    talk.db
      .insertInto('products')
      .values({ name: 'Other mail', provider: 'another', max_units_per_user: null, sku: 'OTHER' })
      .execute();

  test('a vendor that does not go on is not read for ever', async () => {
    const again: Partial<Provider> = { list: async () => (await ledger.list()).slice(0, 2) };
    const { failed } = await readAndCompare(workingOn(talk, again));
    assert.match(failed[0]?.reason ?? '', /the same subscriptions twice, after “sub-contoso-10023-2”/);
  });

  test('of two vendors one that can’t be read keeps the other not waiting, and each has names of its own', async () => {
    await agree(talk);
    // The other one knows a subscription of the same name, with other units.
    await anotherVendor();
    await sql`
      update services set product_id = (select id from products where name = 'Other mail') where id = (
        select service_id from subscriptions where provider_subscription = 'sub-contoso-10024-1')`.execute(
      talk.db,
    );
    await sql`update subscriptions set provider_subscription = ${MESSAGING}
      where provider_subscription = 'sub-contoso-10024-1'`.execute(talk.db);
    await sql`delete from ledger_subscriptions where id = 'sub-contoso-10024-1'`.execute(talk.db);
    const another: Partial<Provider> = {
      list: async (after) =>
        after === undefined
          ? [
              {
                subscription: MESSAGING,
                sku: 'OTHER',
                quantity: 1999,
                status: 'active',
                domain: null,
                assignments: [],
              },
            ]
          : [],
    };
    const working = (other: Partial<Provider>) => ({
      ...workingOn(talk),
      providers: (name: string) => (name === 'another' ? { ...ledger, ...other } : ledger),
    });
    const away = await readAndCompare(working({ list: () => Promise.reject(new Error('away')) }));
    assert.deepEqual(
      [away.failed, away.read.map(({ provider }) => provider)],
      [[{ provider: 'another', reason: NO_LIST }], ['ledger']],
    );
    const both = await readAndCompare(working(another));
    assert.deepEqual(both.failed, []);
    const rows = await talk.db
      .selectFrom('findings')
      .select(['provider', 'kind', 'provider_subscription as of'])
      .where('kind', '<>', 'idle')
      .execute();
    assert.deepEqual(rows, [{ provider: 'another', kind: 'quantity', of: MESSAGING }]);
  });
});
