import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { file, type Speaker } from '../../support/talk.ts';
import { addOrder, MESSAGING, OFFICE, WEBEX } from './stock.ts';

const AZURE = 'Azure Pack virtual machines';
const CONFIGURATION = { kind: 'machines', region: 'Frankfurt', total: { machines: 3 } };

onBothEngines('machines, which have no units', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    nora = talk.as('nora');
    await nora.say('use contoso');
    await addOrder(talk.db, { number: 10401, of: 'Contoso', services: [[AZURE, 1]] });
    await addOrder(talk.db, {
      number: 10402,
      of: 'Contoso',
      services: [
        [AZURE, 1],
        [MESSAGING, 4],
      ],
    });
    await talk.db
      .insertInto('subscriptions')
      .values((eb) => ({
        organization_id: eb.selectFrom('organizations').select('id').where('name', '=', 'Contoso'),
        service_id: eb
          .selectFrom('services as s')
          .innerJoin('orders as o', 'o.id', 's.order_id')
          .select('s.id')
          .where('o.number', '=', 10401),
        quantity: 1,
        status: 'active' as const,
        admin_email: 'carla@contoso.example',
        first_name: 'Carla',
        last_name: 'Diaz',
        price_minor: 25_000,
        currency: 'EUR',
        configuration: JSON.stringify(CONFIGURATION),
      }))
      .execute();
  });
  after(() => talk.close());

  test('in an order', async () => {
    const order = await nora.say('order 10401');
    assert.match(order.text, /10401\/1 Azure Pack virtual machines: 3 virtual machines/);
    assert.match(shown(order), /^1 service\. Created by/m);
    assert.deepEqual(rows(order)[0], ['Azure Pack virtual machines\n10401/1 · 3 virtual machines', '–', '–']);
    assert.doesNotMatch(shown(order), /free|per unit/);
    assert.ok(!buttons(order).includes('Associate users'));
    const mixed = await nora.say('order 10402');
    assert.match(shown(mixed), /2 services, 4 of 4 units free/);
    assert.match(mixed.text, /10402\/1 Azure Pack virtual machines: Virtual machines/);
  });

  test('among services', async () => {
    const all = await nora.say('services 10402');
    assert.match(shown(all), /2 services, 4 of 4 free\./);
    const own = await nora.say('services 10401');
    assert.match(shown(own), /^1 service\.$/m);
    assert.deepEqual(buttons(own), ['Order']);
    const one = await nora.say('service 10401/1');
    assert.equal(one.text, 'Azure Pack virtual machines (10401/1) of Contoso: 3 virtual machines.');
    assert.deepEqual(buttons(one), ['Subscription', 'Order']);
    assert.match(
      (await nora.say('service azure')).card?.actions?.[0]?.title ?? '',
      /10401\/1 · 3 virtual machines/,
    );
  });

  test('among free units', async () => {
    assert.doesNotMatch((await nora.say('free')).text, /Azure|1040[12]\/1/);
    // Seventeen of order 10023, two thousand of 10024, and the four of 10402.
    assert.match((await nora.say('free')).text, /2,014 of 2,021 units free/);
    assert.match((await talk.as('carla').say('free')).text, /2,014 of 2,021 units free/);
    assert.match((await nora.say('free 10402')).text, /4 of 4 units free/);
    for (const which of ['10401', '10401/1'])
      assert.equal(
        (await nora.say(`free ${which}`)).text,
        `${which}: virtual machines have no units, free or not.`,
      );
    assert.equal((await nora.say('free azure')).text, 'Contoso has no service “azure” with units.');
  });

  test('are not associated with users', async () => {
    const said = 'Azure Pack virtual machines (10401/1) are machines: they have no units for users.';
    assert.equal((await nora.say('associate 10401/1 alice@contoso.example')).text, said);
    assert.equal((await nora.say('associate 10401/1')).text, said);
    const form = await nora.say('associate');
    assert.ok(choices(form, 'service').every(({ title }) => !title.includes('Azure')));
    const sent = await nora.press(form, 'Associate', { service: '10401/1', users: 'alice@contoso.example' });
    assert.equal(errorAt(sent, 'service'), said);
    const moved = await nora.say('move alice@contoso.example 10023/1 10401/1');
    assert.doesNotMatch(moved.text, /now has/);
    const sheet = file('users.csv', 'alice@contoso.example,1');
    assert.equal((await nora.say('bulk 10401/1', [sheet])).text.split('\n').at(-1), said);
  });

  test('as a subscription', async () => {
    const one = await nora.say('subscription 10401/1');
    assert.match(
      one.text,
      /^10401\/1 of Contoso: Azure Pack virtual machines, Active\.\n€250\.00 per month\./,
    );
    assert.doesNotMatch(shown(one), /unit|associated\.$|per configuration/m);
    assert.deepEqual(buttons(one), ['Suspend', 'Order', 'Subscriptions']);
    const all = await nora.say('subscriptions azure');
    assert.match(all.text, /10401\/1 Azure Pack virtual machines: Active, €250\.00 a month/);
    assert.match(shown(all), /Machines\n€250\.00 per month/);
    const stop = await nora.say('suspend 10401/1');
    assert.match(shown(stop), /While Azure Pack virtual machines is suspended the machines can’t be used/);
    assert.doesNotMatch(shown(stop), /its users|unit/);
  });
});

onBothEngines('an order with several services to set up', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
    await addOrder(talk.db, {
      number: 10403,
      of: 'Contoso',
      services: [
        [OFFICE, 5],
        [WEBEX, 2],
        [AZURE, 1],
      ],
    });
  });
  after(() => talk.close());

  test('has them on a card of their own, and room for the way on', async () => {
    const nora = talk.as('nora');
    const order = await nora.say('order 10403');
    assert.deepEqual(buttons(order), [
      'Associate users',
      'Services',
      'Set up the services',
      'Add a note',
      'History',
      'All orders',
    ]);
    const links = await nora.press(order, 'Set up the services');
    assert.deepEqual(buttons(links), ['Set up Microsoft O365', 'Set up Webex', 'Order']);
    assert.match(links.text, /Set up Webex: https:\/\//);
    const chris = await talk.as('chris').submit('orders.links', { order: '10025' });
    assert.match(chris.text, /There is no order 10025 that you can see/);
  });
});
