import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { readAndCompare } from '../../../src/features/findings/reading/compare.ts';
import type { Provider, SubscriptionAsItIs } from '../../../src/providers/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { agree, lastFound, ledgerOf, MESSAGING, readLedger, workingOn } from './support.ts';

onBothEngines('reading vendors', (engine) => {
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
    assert.deepEqual(first.failed, [{ provider: 'ledger', reason: 'killed' }]);
    assert.deepEqual(
      (await readings()).map((one) => [one.seen, one.error, one.at]),
      [[2, 'killed', null]],
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
      { provider: 'ledger', reason: 'connection refused' },
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

  test('a vendor that does not go on is not read for ever', async () => {
    const again: Partial<Provider> = { list: async () => (await ledger.list()).slice(0, 2) };
    const { failed } = await readAndCompare(workingOn(talk, again));
    assert.match(failed[0]?.reason ?? '', /the same subscriptions twice, after “sub-contoso-10023-2”/);
  });

  test('of two vendors one that can’t be read keeps the other not waiting, and each has names of its own', async () => {
    await agree(talk);
    // The other one knows a subscription of the same name, with other units.
    await talk.db
      .insertInto('products')
      .values({ name: 'Other mail', provider: 'another', max_units_per_user: null, sku: 'OTHER' })
      .execute();
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
      [[{ provider: 'another', reason: 'away' }], ['ledger']],
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
