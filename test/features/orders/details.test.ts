import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { addOrder, OFFICE } from './stock.ts';

onBothEngines('one order', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  let arjun: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    arjun = talk.as('arjun');
  });
  after(() => talk.close());

  test('shows its fields, its services and the subscription', async () => {
    const reply = await carla.say('order 10023');

    const card = shown(reply);
    for (const line of [
      'Contoso',
      'Order 10023',
      'Completed',
      '3 services, 10 of 17 units free. Created by Nora Lindgren (Northwind Partners) on 14 Sep 2026, 09:30 UTC.',
      'Number: HAMARACLOUD10023',
      'Name: Order #14-09-2026',
      'Subscription: Messaging and collaboration for Contoso',
      'Requested: New subscription: 10 × UniversalMessaging Small Business Edition (1GB), 5 × Office 365 E3 and 2 × Webex Suite',
      'Vendor status: Fulfilled',
      'Quantity: 17',
      'Payment: Invoice, 30 days',
      'Per month: €154.90',
      'First name: Carla',
      'Last name: Diaz',
      'Admin e-mail: carla@contoso.example',
      'Tenant name: contoso.onmicrosoft.com',
      'Price: €1.99 (10023/1), €22.00 (10023/2) and €12.50 (10023/3) per unit and month',
    ]) {
      assert.ok(card.split('\n').includes(line), `${line}\n\nis not in\n\n${card}`);
    }
    assert.deepEqual(
      rows(reply).map(([, ...numbers]) => numbers),
      [
        ['10', '7'],
        ['5', '3'],
        ['2', '0'],
      ],
    );
  });

  test('says in its text what a client without cards needs', async () => {
    assert.equal(
      (await carla.say('order 10023')).text,
      [
        'HAMARACLOUD10023 of Contoso: Completed.',
        '10023/1 UniversalMessaging Small Business Edition (1GB): 7 of 10 free',
        '10023/2 Office 365 E3: 3 of 5 free',
        '10023/3 Webex Suite: 0 of 2 free',
      ].join('\n'),
    );
  });

  for (const word of ['HAMARACLOUD10023', 'hamaracloud10023', 'HamaraCloud10023', '0010023']) {
    test(`is found as ${word}`, async () => {
      assert.deepEqual(await carla.say(`order ${word}`), await carla.say('order 10023'));
    });
  }

  test('is found as an invoice', async () => {
    assert.deepEqual(await carla.say('Invoice 10024'), await carla.say('order 10024'));
  });

  test('shows what the vendor returned and the vendor’s own word', async () => {
    const refused = await arjun.say('order 10028');
    assert.match(shown(refused), /The vendor says: e-mail address invalid for the customer/);
    assert.match(shown(refused), /Completed with errors/);
    assert.match(shown(refused), /Vendor status: Error/);
    assert.match(refused.text, /Fabrikam: Completed with errors\.\nThe vendor says: e-mail/);

    const failed = await arjun.say('order 10025');
    assert.match(shown(failed), /Provisioning failed/);
    assert.match(shown(failed), /The contact person has no e-mail address\./);
  });

  test('shows the markup to the provider and the reseller in a personal chat only', async () => {
    for (const who of ['priya', 'arjun', 'nora'] as const) {
      assert.match(shown(await talk.as(who).say('order 10023')), /Markup: 12 %/);
      assert.match(shown(await talk.as(who).say('order 10026')), /Requested: Markup change/);
      const there = talk.as(who, channel('licences'));
      assert.doesNotMatch(JSON.stringify(await there.say('order 10023')), /markup|12 %/i);
      assert.match((await there.say('order 10026')).text, /There is no order 10026/);
    }
    for (const who of ['carla', 'chris'] as const) {
      assert.doesNotMatch(JSON.stringify(await talk.as(who).say('order 10023')), /markup|12 %/i);
      assert.match((await talk.as(who).say('order 10026')).text, /There is no order 10026/);
    }
  });

  test('shows a customer all but the markup of an order that changes more', async () => {
    await addOrder(talk.db, { number: 10201, of: 'Contoso', changes: ['increase', 'markup change'] });

    assert.match(shown(await talk.as('nora').say('order 10201')), /Requested: Increase and Markup change/);
    assert.match(shown(await carla.say('order 10201')), /Requested: Increase$/m);
    assert.match((await carla.say('orders historical 10201')).text, /1 order/);
  });

  test('has the note of a draft', async () => {
    const reply = await carla.say('order 10027');
    assert.match(shown(reply), /Note: Waits for the budget of next year/);
    assert.ok(buttons(reply).includes('Change the note'));
  });

  for (const [command, answer] of [
    ['order', /^Which order\? Write its number: order 10023/],
    ['order webex', /^“webex” is not an order number/],
    ['order 99999', /^There is no order 99999 that you can see/],
    ['order 99999999999999999999', /is not an order number/],
    ['order -1', /is not an order number/],
    ['services', /^Which order\?/],
  ] as const) {
    test(`${command} says what is missing and leads on to the orders`, async () => {
      const reply = await carla.say(command);
      assert.match(reply.text, answer);
      assert.match((await carla.press(reply, 'Orders')).text, /^Contoso: /);
    });
  }

  test('lists its services with position, units, free units and users', async () => {
    const reply = await carla.say('services 10023');

    assert.deepEqual(rows(reply), [
      ['1', 'UniversalMessaging Small Business Edition (1GB)\n10023/1 · 2 users', '10', '7'],
      ['2', 'Office 365 E3\n10023/2 · 2 users', '5', '3'],
      ['3', 'Webex Suite\n10023/3 · 2 users · Fully implemented', '2', '0'],
    ]);
    assert.match(shown(reply), /3 services, 10 of 17 free\./);
  });

  test('without services says so and leads back to the order', async () => {
    const reply = await carla.say('services 10027');
    assert.match(reply.text, /Order 10027 has no services yet/);
    assert.match((await carla.press(reply, 'Order')).text, /10027 of Contoso: Draft/);
  });

  test('lists many services by pages', async () => {
    const services = Array.from({ length: 12 }, (_, index) => [OFFICE, index + 1] as const);
    await addOrder(talk.db, { number: 10202, of: 'Contoso', services });

    const first = await carla.say('services 10202');
    assert.match(shown(first), /12 services, 78 of 78 free/);
    const second = await carla.press(first, 'Next page');

    const positions = [first, second].flatMap(rows).map(([position]) => Number(position));
    assert.deepEqual(
      positions,
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });
});
