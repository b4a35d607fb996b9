import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { addCustomer } from '../orders/stock.ts';
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

const MACHINES = 'Azure Pack virtual machines';
const configuration = { region: 'Stockholm', profiles: [{ name: 'Small', quantity: 2 }], ipv4: 1 };

onBothEngines('an order of machines is carried out', (engine) => {
  let house: House;
  let first: number;
  before(async () => {
    house = await openHouse(engine);
    await enable(house.db, 'Adatum', 'Azure Pack', { email: 'dana@adatum.example' });
    await addCustomer(house.db, 'Litware', 'Northwind Partners');
    await enable(house.db, 'Litware', 'Azure Pack', { email: 'lee@litware.example' });
    first = await order('Adatum', 'erin@adatum.example');
    await house.ended(first);
  });
  after(() => house.close());

  const order = (of: string, email: string) =>
    place(house, {
      of,
      offering: 'Azure Pack',
      lines: [{ product: MACHINES, quantity: 1, price: 12_345, configuration }],
      endCustomer: { firstName: 'Erin', lastName: 'Ek', email },
    });
  const accounts = () =>
    house.db
      .selectFrom('accounts as a')
      .innerJoin('organizations as o', 'o.id', 'a.organization_id')
      .select(['o.name', 'a.role', 'a.user_name', 'a.state', 'a.account'])
      .orderBy('o.name')
      .execute();

  test('books and invoice, then the accounts, the portal subscription and the e-mail', async () => {
    assert.deepEqual(await stepsOf(house.db, first), [
      'done: Subscription recorded',
      'done: Invoice',
      'done: Portal account of Northwind Partners',
      'done: Portal account of Adatum',
      `done: Portal subscription: 1 × ${MACHINES}`,
      'done: Activation e-mail to Adatum',
    ]);
    const { status, provider_status } = await orderOf(house.db, first);
    assert.deepEqual([status, provider_status], ['Completed', 'Fulfilled']);
    assert.deepEqual(await invoicesOf(house.db, first), [
      { number: `INV-${first}`, amount: 12_345, days: 30 },
    ]);
    const changes = await house.db
      .selectFrom('history')
      .select(['summary', 'after'])
      .where('order_id', '=', (await orderOf(house.db, first)).id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      changes.map(({ summary, after }) => [summary, (after as { status?: string } | null)?.status]),
      [
        ['Began to carry out the order in 6 steps', 'In progress'],
        ['Done: Subscription recorded', undefined],
        [`Done: Invoice (INV-${first}, €123.45)`, 'Provisioning started'],
        ['Done: Portal account of Northwind Partners (user name nora@northwind.example)', undefined],
        ['Done: Portal account of Adatum (user name erin@adatum.example)', undefined],
        [
          `Done: Portal subscription: 1 × ${MACHINES} (Northwind Partners is co-administrator)`,
          'Provisioning finished',
        ],
        ['Done: Activation e-mail to Adatum (to erin@adatum.example)', undefined],
        ['The order ended as Completed', 'Completed'],
      ],
    );
  });

  test('the reseller may manage what its customer has', async () => {
    const [adatum, northwind] = (await accounts()).filter(({ name }) => name !== 'Litware');
    assert.deepEqual(
      [adatum?.role, adatum?.user_name, adatum?.state],
      ['User', 'erin@adatum.example', 'synchronized'],
    );
    assert.deepEqual(
      [northwind?.role, northwind?.user_name, northwind?.state],
      ['Reseller', 'nora@northwind.example', 'synchronized'],
    );
    const bought = await subscriptionOf(house.db, `${first}/1`);
    assert.deepEqual(
      [bought.co_administrator, bought.admin_email, bought.first_name, bought.last_name],
      ['Northwind Partners', 'erin@adatum.example', 'Erin', 'Ek'],
    );
    assert.deepEqual(bought.configuration, configuration);
    const row = await house.db
      .selectFrom('ledger_subscriptions as s')
      .innerJoin('ledger_accounts as a', 'a.id', 's.account_id')
      .select(['s.account_id', 's.co_administrator_id', 's.configuration', 'a.parent_id'])
      .where('s.id', '=', bought.provider_subscription ?? '')
      .executeTakeFirst();
    assert.deepEqual(row, {
      account_id: adatum?.account,
      co_administrator_id: northwind?.account,
      configuration,
      parent_id: northwind?.account,
    });
  });

  test('both get their credentials by e-mail, and nothing keeps them', async () => {
    const customer = await house.letter('erin@adatum.example', 'account');
    const reseller = await house.letter('nora@northwind.example', 'reseller account');
    const passwords = [customer, reseller].map((text) => /Password: (\S+)/.exec(text)?.[1] ?? '');
    for (const password of passwords) {
      assert.ok(password.length >= 16);
      for (const table of ['order_steps', 'history', 'ledger_requests', 'accounts', 'requests'] as const) {
        const kept = JSON.stringify(await house.db.selectFrom(table).selectAll().execute());
        assert.ok(!kept.includes(password), table);
      }
    }
    assert.match(customer, /User name: erin@adatum\.example/);
  });

  test('a second order makes no account of the reseller, nor one that the customer has', async () => {
    const second = await order('Adatum', 'erin@adatum.example');
    await house.ended(second);
    assert.deepEqual(await stepsOf(house.db, second), [
      'done: Subscription recorded',
      'done: Invoice',
      `done: Portal subscription: 1 × ${MACHINES}`,
      'done: Activation e-mail to Adatum',
    ]);
    assert.equal((await subscriptionOf(house.db, `${second}/1`)).co_administrator, 'Northwind Partners');
  });

  test('a portal that refuses fails the order; with another address it goes on where it failed', async () => {
    const failed = await order('Litware', 'erin@adatum.example');
    const reason = 'The user name erin@adatum.example belongs to another company.';
    assert.equal(
      await house.ended(failed),
      `Order ${failed} of Litware ended as Provisioning failed. The vendor says: ${reason}`,
    );
    assert.equal((await stepsOf(house.db, failed))[2], 'failed: Portal account of Litware');
    const nora = house.as('nora');
    const form = await nora.say(`retry ${failed}`);
    const going = await nora.press(form, 'Retry', { customer: 'lee@litware.example' });
    assert.match(going.text, /In progress/);
    await house.ended(failed, 1);
    assert.deepEqual(await stepsOf(house.db, failed), [
      'done: Subscription recorded',
      'done: Invoice',
      'done: Portal account of Litware',
      `done: Portal subscription: 1 × ${MACHINES}`,
      'done: Activation e-mail to Litware',
    ]);
    assert.equal((await invoicesOf(house.db, failed)).length, 1);
    assert.equal((await orderOf(house.db, failed)).status, 'Completed');
    assert.equal((await orderOf(house.db, failed)).error, null);
    assert.match(await house.letter('lee@litware.example', 'account'), /Password: \S+/);
  });
});
