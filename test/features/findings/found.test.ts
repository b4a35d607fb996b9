import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { onPostgres } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { agree, lastFound, MESSAGING, NO_IDLE, OFFICE, readLedger, WEBEX } from './support.ts';

onPostgres('our books beside a vendor’s', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
  });
  afterEach(() => talk.close());

  async function found(idle = NO_IDLE) {
    await readLedger(talk, idle);
    return lastFound(talk);
  }
  const kinds = async (idle?: number) =>
    (await found(idle)).map(([kind, of]) => `${of.replace('sub-contoso-', '')} ${kind}`);
  const change = (statement: ReturnType<typeof sql>) => statement.execute(talk.db);
  const answers = () =>
    talk.db.selectFrom('findings').select(['kind', 'answer', 'fingerprint']).orderBy('id').execute();

  test('differ in the demo as somebody sees it who asks for the first time', async () => {
    assert.deepEqual(await kinds(5), ['10023-1 idle', '10023-1 quantity', '10024-1 idle', 'trial unknown']);
  });

  test('agree where nothing differs, but for what nobody uses', async () => {
    await agree(talk);
    assert.deepEqual(await found(), []);
    assert.deepEqual(
      (await found(3)).map(([kind, of, numbers]) => [kind, of, (numbers as { idle: number }).idle]),
      [
        ['idle', MESSAGING, 7],
        ['idle', OFFICE, 3],
        ['idle', 'sub-contoso-10024-1', 2000],
      ],
    );
  });

  test('differ in units, status, product and users, each by kind', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    await change(
      sql`update ledger_subscriptions set status = 'suspended', sku = 'E3-NEW' where id = ${OFFICE}`,
    );
    await change(sql`update ledger_assignments set user_name = 'zoe@contoso.example', units = 2
      where subscription_id = ${WEBEX} and user_name = 'bob@contoso.example'`);
    const differences = await found();
    assert.deepEqual(
      differences.map(([kind, of]) => `${of.slice(-7)} ${kind}`),
      [
        '10023-1 quantity',
        '10023-2 product',
        '10023-2 status',
        '10023-3 assignments',
        '10023-3 over-assigned',
        '10023-3 units',
      ],
    );
    const numbers = differences.map(([, , of]) => of);
    assert.deepEqual(numbers[0], { bought: 10, recorded: 10, quantity: 12, used: 3, assigned: 3 });
    assert.deepEqual(numbers[2], { here: 'active', there: 'suspended', quantity: 5 });
    assert.deepEqual(numbers[3], {
      used: 2,
      assigned: 3,
      onlyHere: 1,
      onlyThere: 1,
      otherUnits: 0,
      users: [
        ['bob@contoso.example', 1, 0],
        ['zoe@contoso.example', 0, 2],
      ],
    });
    assert.deepEqual(numbers[5], { most: 1, users: ['zoe@contoso.example'] });
  });

  test('agree where only letters of a user or of an article number are large', async () => {
    await agree(talk);
    await change(sql`update ledger_assignments set user_name = upper(user_name)`);
    await change(sql`update ledger_subscriptions set sku = lower(sku), domain = domain`);
    assert.deepEqual(await found(), []);
  });

  test('know of different subscriptions', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set status = 'deleted' where id = ${WEBEX}`);
    await change(sql`
      insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      values ('sub-new', null, 'contoso.onmicrosoft.com', 'O365-E5', 4, 'active')`);
    assert.deepEqual(await found(), [
      ['missing', WEBEX, { bought: 2, used: 2 }],
      ['unknown', 'sub-new', { sku: 'O365-E5', quantity: 4, assigned: 0, domain: 'contoso.onmicrosoft.com' }],
    ]);
    const [unknown] = await talk.db
      .selectFrom('findings as f')
      .innerJoin('organizations as o', 'o.id', 'f.organization_id')
      .select('o.name')
      .where('f.kind', '=', 'unknown')
      .execute();
    assert.equal(unknown?.name, 'Contoso');
  });

  test('a subscription that is cancelled with us runs on at the vendor, and is not idle', async () => {
    await agree(talk);
    await change(
      sql`update subscriptions set status = 'cancelled' where provider_subscription = ${MESSAGING}`,
    );
    assert.deepEqual(
      await found(1),
      [
        ['idle', OFFICE, { bought: 5, recorded: 5, quantity: 5, used: 2, assigned: 2, idle: 3 }],
        ['status', MESSAGING, { here: 'cancelled', there: 'active', quantity: 10 }],
        ['idle', 'sub-contoso-10024-1', (await lastFound(talk))[2]?.[2]],
      ].sort(([, a], [, b]) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  test('what is suspended at the vendor is not idle', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set status = 'suspended' where id = ${MESSAGING}`);
    assert.deepEqual(await kinds(5), ['10023-1 status', '10024-1 idle']);
  });

  test('services that run under one name at the vendor are one', async () => {
    await agree(talk);
    await change(sql`update subscriptions set provider_subscription = ${MESSAGING}
      where provider_subscription = 'sub-contoso-10024-1'`);
    await change(sql`delete from ledger_subscriptions where id = 'sub-contoso-10024-1'`);
    await change(sql`update ledger_subscriptions set quantity = 2011 where id = ${MESSAGING}`);
    assert.deepEqual(await found(), [
      ['quantity', MESSAGING, { bought: 2010, recorded: 2010, quantity: 2011, used: 3, assigned: 3 }],
    ]);
    const { service_id, organization_id } = await talk.db
      .selectFrom('findings')
      .select(['service_id', 'organization_id'])
      .executeTakeFirstOrThrow();
    assert.equal(service_id, null);
    assert.ok(organization_id);
  });

  test('an article number that is another one of the product is the product', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set sku = 'E3-NEW' where id = ${OFFICE}`);
    assert.deepEqual(await kinds(), ['10023-2 product']);
    await change(sql`insert into product_aliases (provider, sku, product_id, added_by, added_at)
      select 'ledger', 'e3-new', id, 'Priya', now() from products where sku = 'O365-E3'`);
    assert.deepEqual(await kinds(), []);
    await change(
      sql`update product_aliases set product_id = (select id from products where sku = 'O365-E5')`,
    );
    assert.deepEqual(await kinds(), ['10023-2 product']);
  });

  test('what was found before is the same finding; what is no more is not found again', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    assert.deepEqual(await readLedger(talk), { found: 1, fresh: 1 });
    assert.deepEqual(await readLedger(talk), { found: 1, fresh: 0 });
    await talk.db.updateTable('findings').set({ answer: 'snoozed' }).execute();
    await found();
    assert.deepEqual(await answers(), [{ kind: 'quantity', answer: 'snoozed', fingerprint: '10/12' }]);
    await change(sql`update ledger_subscriptions set quantity = 13 where id = ${MESSAGING}`);
    assert.equal((await found()).length, 1);
    assert.deepEqual(await answers(), [
      { kind: 'quantity', answer: 'snoozed', fingerprint: '10/12' },
      { kind: 'quantity', answer: null, fingerprint: '10/13' },
    ]);
  });

  test('what came back after a reading that did not find it is new', async () => {
    await agree(talk);
    const units = (quantity: number) =>
      change(sql`update ledger_subscriptions set quantity = ${quantity} where id = ${MESSAGING}`);
    await units(12);
    await readLedger(talk);
    await units(10);
    assert.deepEqual(await readLedger(talk), { found: 0, fresh: 0 });
    await units(12);
    assert.deepEqual(await readLedger(talk), { found: 1, fresh: 1 });
  });

  test('what was accepted is not asked again, also where it became less; more of it is asked', async () => {
    await agree(talk);
    await readLedger(talk, 5);
    await change(sql`update findings set answer = 'accepted', answered_by = 'Nora', answered_at = now()`);
    const users = (units: number) =>
      change(sql`update ledger_assignments set units = ${units}
        where subscription_id = ${MESSAGING} and user_name = 'alice@contoso.example'`);
    const open = async () =>
      (await answers()).filter(({ kind, answer }) => kind === 'idle' && answer === null).length;
    await users(4);
    await readLedger(talk, 5);
    assert.equal(await open(), 0);
    await change(sql`update ledger_subscriptions set quantity = 20 where id = ${MESSAGING}`);
    await readLedger(talk, 5);
    assert.equal(await open(), 1);
  });

  test('what was done in vain is asked again by a reading that began later', async () => {
    await agree(talk);
    await change(sql`update ledger_subscriptions set quantity = 12 where id = ${MESSAGING}`);
    const answer = async (at: string) => {
      await talk.db
        .updateTable('findings')
        .set({ answer: 'ordered', answered_by: 'Nora', answered_at: new Date(at) })
        .execute();
      await readLedger(talk);
      return (await answers()).map((one) => one.answer);
    };
    talk.setTime('2026-11-21T03:00:00Z');
    await readLedger(talk);
    assert.deepEqual(await answer('2026-11-21T03:00:01Z'), ['ordered']);
    assert.deepEqual(await answer('2026-11-21T02:59:59Z'), [null]);
    await change(sql`update findings set answer_order = (select id from orders where number = 10023)`);
    await change(sql`update orders set status = 'Started' where number = 10023`);
    assert.deepEqual(await answer('2026-11-21T02:59:59Z'), ['ordered']);
  });

  test('what was not found for long is forgotten, but for what was accepted', async () => {
    await agree(talk);
    talk.setTime('2026-11-01T03:00:00Z');
    await readLedger(talk, 5);
    await change(sql`update findings set answer = 'accepted' where provider_subscription = ${MESSAGING}`);
    talk.setTime('2027-03-01T03:00:00Z');
    await readLedger(talk);
    assert.deepEqual(await answers(), [{ kind: 'idle', answer: 'accepted', fingerprint: '7' }]);
  });
});
