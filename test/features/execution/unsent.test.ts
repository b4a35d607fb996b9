import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { enable, type House, openHouse, orderOf, place, stepsOf } from './support.ts';

const MACHINES = 'Azure Pack virtual machines';

onBothEngines('letters that could not be sent', (engine) => {
  let house: House;
  before(async () => {
    house = await openHouse(engine);
    await enable(house.db, 'Adatum', 'Azure Pack', { email: 'dana@adatum.example' });
    await enable(house.db, 'Contoso', 'Microsoft O365', { email: 'carla@contoso.example' }).catch(() => 0);
  });
  after(() => house.close());

  const mail = (isSet: boolean) => Object.assign(house.ctx().settings, { mail: isSet });
  const letters = async () =>
    (
      await house.db
        .selectFrom('deliveries')
        .select('conversation')
        .where('platform', '=', 'mail')
        .orderBy('conversation')
        .execute()
    ).map(({ conversation }) => conversation);

  test('of machines are sent once mail is set up, with the passwords', async () => {
    mail(false);
    const order = await place(house, {
      of: 'Adatum',
      offering: 'Azure Pack',
      lines: [{ product: MACHINES, quantity: 1, price: 12_345, configuration: { region: 'Stockholm' } }],
      endCustomer: { firstName: 'Erin', lastName: 'Ek', email: 'erin@adatum.example' },
    });
    await house.ended(order);
    const why = `no mail server is set up. Once it is: retry ${order}`;
    assert.deepEqual((await stepsOf(house.db, order)).slice(2), [
      `done: Portal account of Northwind Partners: letter not sent, ${why}`,
      'done: Portal account of Adatum',
      `done: Portal subscription: 1 × ${MACHINES}`,
      `done: Activation e-mail to Adatum: not sent, ${why}`,
    ]);
    assert.deepEqual(await letters(), []);
    const nora = house.as('nora');
    assert.match(
      (await nora.say(`retry ${order}`)).text,
      /A letter of order \d+ of Adatum is still to be sent, and no mail server is set up/,
    );
    assert.equal((await orderOf(house.db, order)).status, 'Completed');

    mail(true);
    const going = await nora.say(`retry ${order}`);
    assert.match(shown(going), /It is bought; the letters follow/);
    assert.match(await house.letter('erin@adatum.example', 'account'), /Password: \S{16}/);
    assert.match(await house.letter('nora@northwind.example', 'reseller account'), /Password: \S{16}/);
    await completed(order);
    assert.deepEqual((await stepsOf(house.db, order)).slice(2), [
      'done: Portal account of Northwind Partners',
      'done: Portal account of Adatum',
      `done: Portal subscription: 1 × ${MACHINES}`,
      'done: Activation e-mail to Adatum',
    ]);
    assert.match((await nora.say(`history ${order}`)).text, /Had the letters sent that could not be sent/);
    assert.match((await nora.say(`retry ${order}`)).text, /nothing to be retried: it is Completed/);
    assert.equal((await letters()).length, 2);
    const { id } = await orderOf(house.db, order);
    const told = house.posts.filter(({ key }) => key.startsWith(`order ${id} ended `));
    assert.equal(told.length, 1, 'that it is completed is not told again');
  });

  test('of licences are sent as well, and nobody else can have them sent', async () => {
    mail(false);
    const order = await place(house, {
      of: 'Contoso',
      offering: 'Microsoft O365',
      lines: [{ kind: 'increase', service: '10023/2', quantity: 2 }],
    });
    await house.ended(order);
    mail(true);
    assert.match((await house.as('chris').say(`retry ${order}`)).text, /may not do that/);
    assert.doesNotMatch((await letters()).join(), /contoso/);
    await house.as('carla').say(`retry ${order}`);
    await completed(order);
    assert.deepEqual((await stepsOf(house.db, order)).at(-1), 'done: Completion e-mail');
    assert.match((await letters()).join(), /contoso/);
  });

  async function completed(order: number): Promise<void> {
    const deadline = Date.now() + 20_000;
    while ((await orderOf(house.db, order)).status !== 'Completed') {
      if (Date.now() > deadline) throw new Error('It is not completed.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
