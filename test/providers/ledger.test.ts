import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Db, Opened } from '../../src/db/index.ts';
import { openProviders, type Provider } from '../../src/providers/index.ts';
import { onBothEngines, openTestDatabase } from '../support/database.ts';

const INVALID = 'e-mail address invalid for the customer';
type Options = { readonly seconds?: number; readonly fail?: string };

onBothEngines('the ledger', (engine) => {
  let opened: Opened;
  let db: Db;
  let now = Date.parse('2026-11-21T12:00:00Z');
  const ledger = ({ seconds = 0, fail }: Options = {}): Provider =>
    openProviders(db, { clock: () => new Date(now), seconds, fail })('ledger');
  let keys = 0;
  const key = () => `test ${++keys}`;
  before(async () => {
    opened = await openTestDatabase(engine);
    db = opened.db;
  });
  after(() => opened.close());

  const subscribe = async (quantity = 5) => {
    const made = await ledger().createSubscription(key(), { sku: 'O365-E3', quantity });
    assert.equal(made.kind, 'done');
    return made.kind === 'done' ? made.value.subscription : '';
  };
  const reasonOf = async (answer: Promise<{ kind: string; reason?: string }>) => {
    const { kind, reason } = await answer;
    assert.equal(kind, 'refused');
    return reason;
  };

  test('does the same request once and gives the same answer, also to two at the same moment', async () => {
    const wish = { sku: 'O365-E1', quantity: 3 };
    const answers = await Promise.all([1, 2, 3].map(() => ledger().createSubscription('twice', wish)));
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
    assert.deepEqual(await ledger().createSubscription('twice', { ...wish, quantity: 9 }), answers[0]);
    const rows = await db
      .selectFrom('ledger_subscriptions')
      .select('id')
      .where('sku', '=', 'O365-E1')
      .execute();
    assert.equal(rows.length, 1);
  });

  test('takes its time, and is done when that has passed', async () => {
    const slow = ledger({ seconds: 2 });
    const id = key();
    const ask = () => slow.createSubscription(id, { sku: 'SLOW', quantity: 1 });
    assert.deepEqual(await ask(), { kind: 'pending', afterMs: 2000 });
    now += 1500;
    assert.deepEqual(await ask(), { kind: 'pending', afterMs: 500 });
    assert.equal(
      await db.selectFrom('ledger_subscriptions').select('id').where('sku', '=', 'SLOW').executeTakeFirst(),
      undefined,
    );
    now += 500;
    const done = await ask();
    assert.equal(done.kind, 'done');
    assert.deepEqual(await ask(), done);
  });

  test('refuses what it is told to refuse, and a mended request has a new key', async () => {
    const failing = ledger({ fail: `subscription: ${INVALID}` });
    const id = key();
    const wish = { sku: 'WBX-SUITE', quantity: 1 };
    assert.equal(await reasonOf(failing.createSubscription(id, wish)), INVALID);
    assert.equal(await reasonOf(ledger().createSubscription(id, wish)), INVALID);
    assert.equal((await ledger().createSubscription(key(), wish)).kind, 'done');
    const account = { role: 'Reseller', userName: 'ok@northwind.example', company: 'Northwind' } as const;
    assert.equal((await failing.createAccount(key(), account)).kind, 'done');

    const down = ledger({ fail: 'closed: until Monday' });
    assert.equal(await reasonOf(down.createAccount(key(), account)), 'closed: until Monday');
    assert.equal(
      await reasonOf(down.setStatus(key(), await subscribe(), 'suspended')),
      'closed: until Monday',
    );
  });

  test('can’t be read where it is told so, or refuses everything', async () => {
    for (const fail of ['reading: vendor is closed', 'vendor is closed'])
      await assert.rejects(ledger({ fail }).list(), { message: 'vendor is closed' });
    await assert.rejects(ledger({ fail: 'reading:' }).list(), { message: 'The vendor refused.' });
    const subscription = await subscribe();
    assert.equal(
      (await ledger({ fail: 'reading: closed' }).setQuantity(key(), subscription, 6)).kind,
      'done',
    );
    assert.ok((await ledger({ fail: 'quantity: closed' }).list()).length > 0);
    assert.equal((await ledger({ fail: 'closed' }).inspect(subscription))?.quantity, 6);
  });

  test('refuses an address that is none, and accounts, tenants and subscriptions that there are not', async () => {
    const { createAccount, createSubscription, createTenant, setQuantity, setStatus, adminCredentials } =
      ledger();
    const tenant = { company: 'Acme', contactEmail: 'a@acme.example', isMigration: false };
    for (const bad of ['', 'nobody', 'a@b', 'a b@acme.example', '@acme.example']) {
      const account = { role: 'User', userName: bad, company: 'Acme' } as const;
      assert.equal(await reasonOf(createAccount(key(), account)), INVALID, bad);
      const refused = createTenant(key(), { ...tenant, domain: 'acme.onmicrosoft.com', contactEmail: bad });
      assert.equal(await reasonOf(refused), INVALID, bad);
    }
    const order = { sku: 'X', quantity: 1 };
    const reasons = [
      createTenant(key(), { ...tenant, domain: 'not a domain' }),
      createSubscription(key(), { ...order, domain: 'nowhere.onmicrosoft.com' }),
      createSubscription(key(), { ...order, account: 'acc-none' }),
      createSubscription(key(), { ...order, coAdministrator: 'acc-none' }),
      createSubscription(key(), { ...order, quantity: 0 }),
      createSubscription(key(), { ...order, contactEmail: 'nobody' }),
      setQuantity(key(), 'sub-none', 3),
      setStatus(key(), 'sub-none', 'suspended'),
      adminCredentials(key(), 'nowhere.onmicrosoft.com'),
      createAccount(key(), {
        role: 'User',
        userName: 'u@acme.example',
        company: 'Acme',
        parentAccount: 'no',
      }),
    ].map(reasonOf);
    assert.deepEqual(await Promise.all(reasons), [
      'not a domain is not a domain name.',
      'There is no tenant nowhere.onmicrosoft.com.',
      'There is no account acc-none.',
      'There is no account acc-none.',
      'The quantity is not a whole number greater than zero.',
      INVALID,
      'There is no subscription sub-none.',
      'There is no subscription sub-none.',
      'There is no tenant nowhere.onmicrosoft.com.',
      'The parent account no is no account of a reseller.',
    ]);
  });

  test('a domain and a user name belong to one company', async () => {
    const { createTenant, createAccount } = ledger();
    const wish = { domain: 'First.onmicrosoft.com', contactEmail: 'a@first.example', isMigration: false };
    assert.deepEqual(await createTenant(key(), { ...wish, company: 'First' }), {
      kind: 'done',
      value: { adminUserName: 'admin@first.onmicrosoft.com' },
    });
    assert.equal((await createTenant(key(), { ...wish, company: 'first' })).kind, 'done');
    for (const isMigration of [false, true]) {
      const other = createTenant(key(), { ...wish, company: 'Second', isMigration });
      assert.equal(await reasonOf(other), 'The domain first.onmicrosoft.com belongs to another account.');
    }
    const account = { role: 'User', userName: 'Dana@first.example', company: 'First' } as const;
    const made = await createAccount(key(), account);
    const found = await createAccount(key(), { ...account, userName: 'dana@first.example' });
    assert.ok(made.kind === 'done' && found.kind === 'done');
    assert.equal(found.value.account, made.value.account);
    assert.ok(made.value.password);
    assert.equal(found.value.password, undefined);
    assert.equal(
      await reasonOf(createAccount(key(), { ...account, company: 'Second' })),
      'The user name dana@first.example belongs to another company.',
    );
    const contoso = { domain: 'contoso.onmicrosoft.com', contactEmail: 'x@evil.example', isMigration: true };
    assert.match(
      String(await reasonOf(createTenant(key(), { ...contoso, company: 'Evil' }))),
      /belongs to another/,
    );
  });

  test('gives a password out once, to the same request again, and keeps it nowhere', async () => {
    const account = { role: 'Reseller', userName: 'sign@in.example', company: 'Sign-in' } as const;
    const made = await ledger().createAccount('account of Sign-in', account);
    assert.ok(made.kind === 'done' && made.value.password);
    assert.ok(made.value.password.length >= 16);
    assert.deepEqual(await ledger().createAccount('account of Sign-in', account), made);

    const first = await ledger().adminCredentials('first ask', 'contoso.onmicrosoft.com');
    assert.ok(first.kind === 'done' && first.value.password);
    assert.deepEqual(await ledger().adminCredentials('first ask', 'contoso.onmicrosoft.com'), first);
    assert.deepEqual(await ledger().adminCredentials('second ask', 'contoso.onmicrosoft.com'), {
      kind: 'done',
      value: { userName: 'admin@contoso.onmicrosoft.com' },
    });
    assert.notEqual(first.value.password, made.value.password);
    const kept = JSON.stringify(await db.selectFrom('ledger_requests').selectAll().execute());
    for (const password of [first.value.password, made.value.password]) assert.ok(!kept.includes(password));
  });

  test('units that are assigned are not given back, nor more assigned than there are', async () => {
    const [vendor, id] = [ledger(), await subscribe(5)];
    const alice = { userName: 'alice@contoso.example', units: 3 };
    const bob = { userName: 'bob@contoso.example', units: 3 };
    const nobody = { userName: 'nobody', units: 1 };
    assert.deepEqual(await vendor.assign(key(), id, [alice, bob, nobody, { ...alice, units: -1 }]), {
      kind: 'done',
      value: {
        refused: [
          { userName: bob.userName, reason: 'Only 2 of 5 units are left.' },
          { userName: 'nobody', reason: 'e-mail address invalid for the customer' },
          { userName: alice.userName, reason: 'The units are not a whole number.' },
        ],
      },
    });
    assert.equal(
      await reasonOf(vendor.setQuantity(key(), id, 2)),
      '3 units are assigned to users, so there can’t be 2.',
    );
    assert.equal((await vendor.setQuantity(key(), id, 3)).kind, 'done');
    assert.deepEqual((await vendor.inspect(id))?.assignments, [alice]);
    const swapped = await vendor.assign(key(), id, [{ ...alice, units: 0 }, bob]);
    assert.deepEqual(swapped, { kind: 'done', value: { refused: [] } });
    assert.deepEqual((await vendor.inspect(id))?.assignments, [bob]);
    assert.equal((await vendor.assign(key(), id, [{ ...bob, units: 0 }])).kind, 'done');
    assert.equal((await vendor.setQuantity(key(), id, 0)).kind, 'done');
    assert.deepEqual(await vendor.inspect(id), {
      subscription: id,
      sku: 'O365-E3',
      quantity: 0,
      status: 'active',
      domain: null,
      assignments: [],
    });
    assert.equal(await vendor.inspect('sub-none'), undefined);
    assert.equal(
      await reasonOf(vendor.assign(key(), 'sub-none', [bob])),
      'There is no subscription sub-none.',
    );
  });

  test('suspends and resumes', async () => {
    const [vendor, id] = [ledger(), await subscribe()];
    const suspended = await vendor.setStatus(key(), id, 'suspended');
    assert.ok(suspended.kind === 'done' && suspended.value.status === 'suspended');
    await vendor.setStatus(key(), id, 'active');
    assert.equal((await vendor.inspect(id))?.status, 'active');
  });

  test('holds the demo subscriptions as they are in our books, but for two units that were bought there', async () => {
    const rows = await db
      .selectFrom('subscriptions')
      .select(['provider_subscription', 'quantity'])
      .orderBy('id')
      .execute();
    assert.equal(rows.length, 4);
    const more: number[] = [];
    for (const { provider_subscription, quantity } of rows)
      more.push(((await ledger().inspect(provider_subscription ?? ''))?.quantity ?? 0) - quantity);
    assert.deepEqual(more, [2, 0, 0, 0]);
    assert.deepEqual((await ledger().inspect('sub-contoso-10023-1'))?.assignments, [
      { userName: 'alice@contoso.example', units: 2 },
      { userName: 'bob@contoso.example', units: 1 },
    ]);
  });
});
