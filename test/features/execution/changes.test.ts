import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import {
  atVendor,
  type House,
  invoicesOf,
  lotsOf,
  openHouse,
  orderOf,
  place,
  stepsOf,
  subscriptionOf,
  type TestLine,
} from './support.ts';

onBothEngines('a change of a subscription is carried out', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
  });
  after(() => house.close());

  const change = async (...lines: TestLine[]) => {
    const order = await place(house, { of: 'Contoso', offering: 'Microsoft O365', lines });
    await house.ended(order);
    return order;
  };
  const counts = async (ref: string) => {
    const { units, quantity, reserved } = await subscriptionOf(house.db, ref);
    return {
      units,
      quantity,
      reserved,
      vendor: await atVendor(house.db, ref),
      lots: await lotsOf(house.db, ref),
    };
  };

  test('increase: at the vendor, then in our books', async () => {
    const order = await change({ kind: 'increase', service: '10023/2', quantity: 3, price: 2200 });
    assert.deepEqual(await stepsOf(house.db, order), [
      'done: Increase: 3 × Office 365 E3 more',
      'done: Invoice',
      'done: Completion e-mail',
    ]);
    assert.deepEqual(await counts('10023/2'), {
      units: 8,
      quantity: 8,
      reserved: 0,
      vendor: '8 active',
      lots: [5, 3],
    });
    assert.equal((await invoicesOf(house.db, order))[0]?.amount, 6600);
  });

  test('decrease: the youngest lots go first, and the invoice gives money back', async () => {
    const order = await change({ kind: 'decrease', service: '10023/2', quantity: 4, price: 2200 });
    assert.deepEqual(await counts('10023/2'), {
      units: 4,
      quantity: 4,
      reserved: 0,
      vendor: '4 active',
      lots: [4, 0],
    });
    const [note] = await invoicesOf(house.db, order);
    assert.deepEqual([note?.number, note?.amount], [`CN-${order}`, -8800]);
    assert.deepEqual((await stepsOf(house.db, order))[1], 'done: Credit note');
    const nora = house.as('nora');
    assert.match((await nora.say(`history ${order}`)).text, /credit note CN-\d+, €88\.00 given back/);
    assert.match(shown(await nora.say(`order ${order}`)), /Credit note, /);
  });

  test('units that somebody has are not given back', async () => {
    const order = await change({ kind: 'decrease', service: '10023/2', quantity: 3 });
    const { status, error } = await orderOf(house.db, order);
    assert.equal(status, 'Provisioning failed');
    assert.equal(error, 'Only 2 units of it are free, and 3 would go. Release units first.');
    assert.match(await house.ended(order), /ended as Provisioning failed\. Only 2 units of it are free/);
    assert.deepEqual((await counts('10023/2')).units, 4);
    assert.equal(await atVendor(house.db, '10023/2'), '4 active');
    assert.deepEqual(await invoicesOf(house.db, order), []);
  });

  test('units that were released go once the vendor knows that they are free', async () => {
    const { service_id } = await subscriptionOf(house.db, '10023/1');
    await house.as('priya').say('use contoso');
    // Somebody else is about to tell, and does not.
    await sql`
      update assignments_told set claimed_until = now() + interval '2 seconds' where service_id = ${service_id}`.execute(
      house.db,
    );
    await house.as('priya').say('release 10023/1 alice@contoso.example');
    const { units } = await counts('10023/1');
    const order = await change({ kind: 'decrease', service: '10023/1', quantity: units - 1, price: 200 });
    assert.equal((await orderOf(house.db, order)).status, 'Completed');
    assert.equal(await atVendor(house.db, '10023/1'), '1 active');
    await change({ kind: 'increase', service: '10023/1', quantity: units - 1, price: 200 });
  });

  test('what the vendor does not take back is free again', async () => {
    house.vendor.fail = 'quantity: the term has not ended';
    const order = await change({ kind: 'decrease', service: '10024/1', quantity: 100 });
    house.vendor.fail = undefined;
    assert.equal((await orderOf(house.db, order)).error, 'the term has not ended');
    assert.deepEqual(await counts('10024/1'), {
      units: 2000,
      quantity: 2000,
      reserved: 0,
      vendor: '2000 active',
      lots: [2000],
    });
    const nora = house.as('nora');
    await nora.press(await nora.say(`retry ${order}`), 'Retry');
    await house.ended(order, 1);
    assert.equal((await counts('10024/1')).units, 1900);
    assert.equal(await atVendor(house.db, '10024/1'), '1900 active');
  });

  test('suspend and resume', async () => {
    const order = await change({ kind: 'suspend', service: '10023/3', quantity: 2 });
    assert.deepEqual(await stepsOf(house.db, order), [
      'done: Suspend: 2 × Webex Suite',
      'done: Completion e-mail',
    ]);
    assert.deepEqual(await invoicesOf(house.db, order), []);
    assert.equal((await subscriptionOf(house.db, '10023/3')).status, 'suspended');
    assert.equal(await atVendor(house.db, '10023/3'), '2 suspended');
    await change({ kind: 'resume', service: '10023/3', quantity: 2 });
    assert.equal((await subscriptionOf(house.db, '10023/3')).status, 'active');
    assert.equal(await atVendor(house.db, '10023/3'), '2 active');
  });

  test('two orders that change the same subscription at once both count', async () => {
    const before = (await counts('10023/1')).units;
    const orders = await Promise.all(
      [2, 3, 4].map((quantity) =>
        place(house, {
          of: 'Contoso',
          offering: 'UniversalMessaging',
          lines: [{ kind: 'increase', service: '10023/1', quantity }],
        }),
      ),
    );
    for (const order of orders) await house.ended(order);
    const after = await counts('10023/1');
    assert.equal(after.units, before + 9);
    assert.equal(after.vendor, `${before + 9} active`);
  });

  test('what the vendor took of an order is billed, and the rest once it is mended', async () => {
    const order = await change(
      { kind: 'increase', service: '10023/1', quantity: 1, price: 200 },
      { kind: 'decrease', service: '10023/2', quantity: 3, price: 2200 },
    );
    assert.equal((await orderOf(house.db, order)).status, 'Completed with errors');
    const lines = await house.db
      .selectFrom('requested_changes')
      .select('error')
      .where('order_id', '=', (await orderOf(house.db, order)).id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      lines.map(({ error }) => error),
      [null, 'Only 2 units of it are free, and 3 would go. Release units first.'],
    );
    assert.match(await house.letter('nora@northwind.example', `${order}`), /Only 2 units of it are free/);

    const nora = house.as('nora');
    await nora.say('release 10023/2 carol@contoso.example');
    await nora.press(await nora.say(`retry ${order}`), 'Retry');
    await house.ended(order, 1);
    assert.equal((await orderOf(house.db, order)).status, 'Completed');
    assert.deepEqual(
      (await invoicesOf(house.db, order)).map(({ number, amount }) => [number, amount]),
      [
        [`INV-${order}`, 200],
        [`CN-${order}-2`, -6600],
      ],
    );
    assert.deepEqual(
      (await stepsOf(house.db, order)).filter((step) => /Invoice|Credit/.test(step)),
      ['done: Invoice', 'done: Credit note'],
      'each is called what it came to',
    );
    assert.equal(await atVendor(house.db, '10023/2'), '1 active');
  });

  test('units that a reconciliation has taken off the bill bring no money again', async () => {
    const { id, units: bought } = await subscriptionOf(house.db, '10024/1');
    const bill = (quantity: number) =>
      house.db.updateTable('subscriptions').set({ quantity }).where('id', '=', id).execute();
    await bill(bought - 500);
    const order = await change({ kind: 'decrease', service: '10024/1', quantity: 700, price: 100 });
    const { units, quantity } = await counts('10024/1');
    assert.deepEqual([units, quantity], [bought - 700, bought - 700]);
    assert.deepEqual(
      (await invoicesOf(house.db, order)).map(({ amount }) => amount),
      [-200 * 100],
    );
    await bill(0);
    const unused = await change({ kind: 'decrease', service: '10024/1', quantity: 300, price: 100 });
    assert.deepEqual(await invoicesOf(house.db, unused), []);
    const { units: left, quantity: billed } = await counts('10024/1');
    assert.deepEqual([left, billed], [bought - 1000, 0]);
  });
});
