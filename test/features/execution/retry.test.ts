import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buttons, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import {
  enable,
  type House,
  invoicesOf,
  openHouse,
  orderOf,
  place,
  stepsOf,
  subscriptionOf,
} from './support.ts';

const REASON = 'e-mail address invalid for the customer';

onBothEngines('an order that the vendor refused', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
    await enable(house.db, 'Adatum', 'Microsoft O365', {
      email: 'dana@adatum',
      domain: 'adatum.onmicrosoft.com',
    });
  });
  after(() => house.close());

  const office = () =>
    place(house, {
      of: 'Adatum',
      offering: 'Microsoft O365',
      lines: [{ product: 'Office 365 E3', quantity: 5 }],
    });

  test('says why, is mended in the form, and goes on', async () => {
    const nora = house.as('nora');
    const order = await office();
    const { reply } = await house.waitForPost(({ reply }) =>
      reply.text.startsWith(`Order ${order} of Adatum ended`),
    );
    assert.equal(
      reply.text,
      `Order ${order} of Adatum ended as Provisioning failed. The vendor says: ${REASON}`,
    );
    assert.deepEqual(rows(reply)[0], [
      `Tenant adatum.onmicrosoft.com\nThe vendor says: ${REASON}`,
      '✕ Failed',
    ]);
    assert.equal(shown(reply).split(REASON).length, 2, 'the reason stands there once');
    assert.deepEqual(buttons(reply), ['Retry', 'Order', 'History']);
    const failed = await house.letter('nora@northwind.example', REASON);
    assert.match(failed, new RegExp(`write to Quartermaster: retry ${order}\n`));

    const form = await nora.press(reply, 'Retry');
    assert.deepEqual(fields(form), ['name', 'email', 'domain']);
    assert.equal(typed(form, 'email'), 'dana@adatum');
    assert.match(
      shown(form),
      /This changes the contact of Adatum for Microsoft O365, for later orders too\. The contact in the data of Adatum stays/,
    );
    assert.match(JSON.stringify(form.card), /"Contact person of Adatum for Microsoft O365"/);
    const back = await nora.press(form, 'Retry', {
      name: '',
      email: 'dana at adatum',
      domain: 'adatum.example',
    });
    assert.equal(back.position, 'instead');
    assert.equal(typed(back, 'email'), 'dana at adatum');
    assert.equal(errorAt(back, 'email'), '“dana at adatum” is not an e-mail address.');
    assert.equal(errorAt(back, 'name'), 'Type the name of the contact person.');
    assert.equal(
      errorAt(back, 'domain'),
      '“adatum.example” is not a domain name that ends with .onmicrosoft.com.',
    );
    assert.equal((await orderOf(house.db, order)).status, 'Provisioning failed');

    const mended = { name: 'Dana Dahl', email: 'Dana@Adatum.example', domain: 'adatum.onmicrosoft.com' };
    const going = await nora.press(back, 'Retry', mended);
    assert.equal(going.position, 'instead');
    await house.ended(order, 1);
    assert.equal((await orderOf(house.db, order)).status, 'Completed');
    assert.equal((await subscriptionOf(house.db, `${order}/1`)).admin_email, 'dana@adatum.example');
    assert.match(
      (await nora.say(`history ${order}`)).text,
      /Mended the order \(Dana Dahl and dana@adatum\.example\)/,
    );
    assert.match((await nora.say(`retry ${order}`)).text, /nothing to be retried: it is Completed/);
  });

  test('is tried again as it is, by the command alone with another address', async () => {
    const nora = house.as('nora');
    house.vendor.fail = 'subscription: closed for today';
    const order = await office();
    await house.ended(order);
    await nora.press(await nora.say(`mend ${order}`), 'Retry');
    assert.match(await house.ended(order, 1), /Provisioning failed\. The vendor says: closed for today/);
    house.vendor.fail = undefined;
    await nora.say(`retry ${order} nils@adatum.example`);
    await house.ended(order, 2);
    assert.deepEqual(await stepsOf(house.db, order), [
      'done: Subscription: 5 × Office 365 E3',
      'done: Invoice',
      'done: Completion e-mail',
    ]);
    assert.equal((await subscriptionOf(house.db, `${order}/1`)).admin_email, 'nils@adatum.example');
  });

  test('is not for others, nor for who only reads', async () => {
    house.vendor.fail = 'subscription: closed for today';
    const order = await office();
    await house.ended(order);
    house.vendor.fail = undefined;
    assert.match((await house.as('carla').say(`retry ${order}`)).text, /There is no order/);
    assert.match((await house.as('chris').say(`retry ${order}`)).text, /may not do that/);
    const values = { order: String(order), email: 'evil@contoso.example' };
    assert.match((await house.as('carla').submit('execution.retry', values)).text, /There is no order/);
    assert.equal((await orderOf(house.db, order)).status, 'Provisioning failed');
    assert.match((await house.as('nora').say('retry')).text, /which order/);
  });

  test('an order from before says what is missing, and is carried out once that is there', async () => {
    const arjun = house.as('arjun');
    for (const [order, offering] of [
      [10025, 'Webex'],
      [10028, 'Microsoft O365'],
    ] as const) {
      const missing = await arjun.say(`retry ${order}`);
      assert.match(missing.text, new RegExp(`${offering} is not enabled for Fabrikam`));
      await enable(house.db, 'Fabrikam', offering, {
        email: 'frida@fabrikam.example',
        ...(offering === 'Webex' ? {} : { domain: 'fabrikam.onmicrosoft.com' }),
      });
      await arjun.press(await arjun.say(`retry ${order}`), 'Retry');
      await house.ended(order, 0);
      const { status, error, provider_status } = await orderOf(house.db, order);
      assert.deepEqual([status, error, provider_status], ['Completed', null, 'Fulfilled']);
    }
    assert.equal((await subscriptionOf(house.db, '10025/1')).units, 25);
    assert.equal((await subscriptionOf(house.db, '10028/1')).units, 12);
    const amounts = [...(await invoicesOf(house.db, 10025)), ...(await invoicesOf(house.db, 10028))];
    assert.deepEqual(
      amounts.map(({ amount }) => amount),
      [31_250, 26_400],
      'what was agreed',
    );
  });
});
