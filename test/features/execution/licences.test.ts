import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import {
  atVendor,
  enable,
  type House,
  invoicesOf,
  lotsOf,
  openHouse,
  orderOf,
  place,
  stepsOf,
  subscriptionOf,
} from './support.ts';

onBothEngines('an order of licences is carried out', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
    await enable(house.db, 'Adatum', 'Microsoft O365', {
      email: 'dana@adatum.example',
      domain: 'adatum.onmicrosoft.com',
    });
  });
  after(() => house.close());

  test('tenant, subscriptions, invoice and letter, each once and in this order', async () => {
    const order = await place(house, {
      of: 'Adatum',
      offering: 'Microsoft O365',
      lines: [
        { product: 'Office 365 E3', quantity: 5, price: 2200 },
        { product: 'Audio Conferencing', quantity: 2, price: 380 },
      ],
    });
    assert.equal(await house.ended(order), `Order ${order} of Adatum is completed.`);
    assert.deepEqual(await stepsOf(house.db, order), [
      'done: Tenant adatum.onmicrosoft.com',
      'done: Subscription: 5 × Office 365 E3',
      'done: Subscription: 2 × Audio Conferencing',
      'done: Invoice',
      'done: Completion e-mail',
    ]);
    const { status, provider_status, error, placed_at } = await orderOf(house.db, order);
    assert.deepEqual([status, provider_status, error], ['Completed', 'Fulfilled', null]);
    assert.ok(placed_at);
    assert.deepEqual(await invoicesOf(house.db, order), [
      { number: `INV-${order}`, amount: 5 * 2200 + 2 * 380, days: 30 },
    ]);
    const tenant = await house.db
      .selectFrom('ledger_tenants')
      .select(['alternative_email', 'admin_user_name'])
      .where('domain', '=', 'adatum.onmicrosoft.com')
      .executeTakeFirst();
    assert.deepEqual(tenant, {
      alternative_email: 'dana@adatum.example',
      admin_user_name: 'admin@adatum.onmicrosoft.com',
    });
    const letter = await house.letter('dana@adatum.example', `${order}`);
    assert.match(letter, /5 × Office 365 E3\n2 × Audio Conferencing/);
    assert.match(letter, /€117\.60/);
  });

  test('the subscription has its person, tenant, prices, term and lot', async () => {
    const order = await place(house, {
      of: 'Adatum',
      offering: 'Microsoft O365',
      lines: [{ product: 'Office 365 E3', quantity: 7, price: 2205 }],
    });
    await house.ended(order);
    // The tenant is there already.
    assert.equal((await stepsOf(house.db, order))[0], 'done: Subscription: 7 × Office 365 E3');
    const bought = await subscriptionOf(house.db, `${order}/1`);
    assert.deepEqual(
      [bought.admin_email, bought.first_name, bought.last_name, bought.tenant_name, bought.status],
      ['dana@adatum.example', 'Dana', 'van Dahl', 'adatum.onmicrosoft.com', 'active'],
    );
    assert.deepEqual(
      [
        bought.units,
        bought.quantity,
        bought.price_minor,
        bought.purchase_minor,
        bought.currency,
        bought.markup_bp,
      ],
      [7, 7, 2205, 1900, 'EUR', null],
    );
    const [start, renewal] = [bought.started_at, bought.renews_at];
    assert.ok(start && renewal);
    assert.equal(renewal.getUTCFullYear(), start.getUTCFullYear() + 1);
    assert.equal(await atVendor(house.db, `${order}/1`), '7 active');
    assert.deepEqual(await lotsOf(house.db, `${order}/1`), [7]);
  });

  test('its message moves on, its history tells who did what, and its card leads on', async () => {
    const nora = house.as('nora');
    await nora.say('use adatum');
    const order = await place(house, {
      of: 'Adatum',
      offering: 'Microsoft O365',
      lines: [{ product: 'Office 365 E1', quantity: 3 }],
    });
    await house.ended(order);
    const post = await house.waitForPost(({ reply }) => reply.text.startsWith(`Order ${order} of Adatum is`));
    assert.deepEqual(
      rows(post.reply).map((row) => row.join(': ')),
      ['Subscription: 3 × Office 365 E1: ✓ Done', 'Invoice: ✓ Done', 'Completion e-mail: ✓ Done'],
    );
    assert.deepEqual(buttons(post.reply), ['Order', 'Services', 'Setup guide', 'History']);
    assert.ok(!shown(post.reply).includes('€'));
    const { text } = await nora.say(`history ${order}`);
    const said = text.split('\n').filter((line) => line.includes('Order execution'));
    assert.equal(said.length, 4, text);
    assert.match(text, new RegExp(`Done: Subscription: 3 × Office 365 E1 \\(service ${order}/1\\)`));
    assert.match(text, new RegExp(`Done: Invoice \\(INV-${order}, €63.00\\)`));
    assert.match(text, /The order ended as Completed/);
    assert.match(shown(await nora.say(`order ${order}`)), /Fulfilled/);
    assert.match((await nora.say(`free ${order}/1`)).text, /3 of 3/);
  });

  test('waits for a vendor that takes its time', async () => {
    house.vendor.seconds = 1;
    try {
      const order = await place(house, {
        of: 'Contoso',
        offering: 'Webex',
        lines: [{ product: 'Webex Suite', quantity: 4 }],
      });
      await house.ended(order);
      assert.equal((await orderOf(house.db, order)).status, 'Completed');
      assert.equal(await atVendor(house.db, `${order}/1`), '4 active');
    } finally {
      house.vendor.seconds = 0;
    }
  });
});
