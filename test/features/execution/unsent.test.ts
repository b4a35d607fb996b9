import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { addCustomer } from '../orders/stock.ts';
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
      shown(await nora.say(`order ${order}`)),
      /Carried out: 4 of 6 steps[\s\S]*not sent, no mail server[\s\S]*\nNot sent\n/,
    );
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

  const machinesFor = (of: string, email: string) =>
    place(house, {
      of,
      offering: 'Azure Pack',
      lines: [{ product: MACHINES, quantity: 1, price: 12_345, configuration: { region: 'Stockholm' } }],
      endCustomer: { firstName: 'Erin', lastName: 'Ek', email },
    });
  const reseller = (name: string) => house.db.updateTable('organizations').where('name', '=', name);
  const addReseller = async (name: string, email: string, customer: string) => {
    const northwind = house.db.selectFrom('organizations').where('name', '=', 'Northwind Partners');
    const { parent_id } = await northwind.select('parent_id').executeTakeFirstOrThrow();
    await house.db
      .insertInto('organizations')
      .values({ kind: 'reseller', name, parent_id, contact_first_name: 'Rita', contact_email: email })
      .execute();
    await addCustomer(house.db, customer, name);
    await enable(house.db, customer, 'Azure Pack', { email: `dana@${customer.toLowerCase()}.example` });
  };
  const priya = () => house.as('priya');

  test('go to the address that the account was made for, also where the contact is another one since', async () => {
    mail(false);
    await addReseller('Proseware', 'rita@proseware.example', 'Tailspin');
    const order = await machinesFor('Tailspin', 'tina@tailspin.example');
    await house.ended(order);
    await reseller('Proseware').set({ contact_email: 'new.person@proseware.example' }).execute();
    await house.db
      .updateTable('orders')
      .set({ end_customer: JSON.stringify({ firstName: 'Nia', email: 'nia@tailspin.example' }) })
      .where('number', '=', order)
      .execute();
    mail(true);
    await priya().say(`retry ${order}`);
    await completed(order);

    const toReseller = await house.letter('rita@proseware.example', 'reseller account');
    assert.match(toReseller, /Dear partner,[\s\S]*User name: rita@proseware\.example\nPassword: \S{16}/);
    const toCustomer = await house.letter('tina@tailspin.example', 'account');
    assert.match(toCustomer, /Dear customer,[\s\S]*User name: tina@tailspin\.example\nPassword: \S{16}/);
    assert.doesNotMatch((await letters()).join(), /new\.person|nia@/);
    const accounts = await house.db
      .selectFrom('accounts as a')
      .innerJoin('ledger_accounts as l', 'l.id', 'a.account')
      .select(['a.user_name', 'l.user_name as vendor'])
      .where('a.user_name', 'like', '%@%')
      .where('l.company', 'in', ['Proseware', 'Tailspin'])
      .orderBy('a.user_name')
      .execute();
    assert.deepEqual(accounts, [
      { user_name: 'rita@proseware.example', vendor: 'rita@proseware.example' },
      { user_name: 'tina@tailspin.example', vendor: 'tina@tailspin.example' },
    ]);
  });

  test('are none where the vendor has had the account before: nothing is left to be told', async () => {
    mail(false);
    await addReseller('Wingtip', 'will@wingtip.example', 'Fourth Coffee');
    await house.db
      .insertInto('ledger_accounts')
      .values({
        id: 'there-before',
        role: 'Reseller',
        user_name: 'will@wingtip.example',
        company: 'Wingtip',
        parent_id: null,
      })
      .execute();
    const order = await machinesFor('Fourth Coffee', 'fay@fourth.example');
    await house.ended(order);
    assert.equal((await stepsOf(house.db, order))[2], 'done: Portal account of Wingtip');
  });

  async function completed(order: number): Promise<void> {
    const deadline = Date.now() + 20_000;
    while ((await orderOf(house.db, order)).status !== 'Completed') {
      if (Date.now() > deadline) throw new Error('It is not completed.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
