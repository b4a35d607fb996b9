import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

onBothEngines('whose orders somebody sees', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  let places = 0;
  const somewhere = () => channel(`place-${places++}`);

  test('who has several customers is asked, and the choice goes on with what was asked', async () => {
    const arjun = talk.as('arjun', somewhere());
    const question = await arjun.say('free "office 365"');
    assert.equal(question.text, 'Which customer?');
    assert.deepEqual(buttons(question), ['Contoso', 'Fabrikam']);

    const answer = await arjun.press(question, 'Contoso');

    assert.match(answer.text, /^Contoso, “office 365”: 3 of 5 units free/);
    assert.equal(answer.position, 'instead');
    assert.match((await arjun.say('orders')).text, /^Contoso/);
  });

  test('a command that is too long for a button is not said again: the choice itself still is one', async () => {
    const arjun = talk.as('arjun', somewhere());
    for (const [letter, isSaid] of [
      ['x', true],
      ['“', true],
      ['"', false],
      ['\\', false],
    ] as const) {
      const { card } = await arjun.say(`free ${letter.repeat(1400)}`);
      const [button] = card?.actions ?? [];
      assert.ok(button?.type === 'Action.Execute');
      assert.equal('next' in button.data, isSaid, letter);
      assert.ok(JSON.stringify(button.data).length < 1900);
    }
  });

  test('the choice holds for one person in one conversation', async () => {
    const here = somewhere();
    await talk.as('arjun', here).say('use fabrikam');

    assert.match((await talk.as('arjun', here).say('orders')).text, /^Fabrikam/);
    assert.equal((await talk.as('arjun', somewhere()).say('orders')).text, 'Which customer?');
    assert.equal((await talk.as('priya', here).say('orders')).text, 'Which customer?');
  });

  test('a customer and a reseller with one customer are not asked', async () => {
    for (const who of ['carla', 'chris', 'nora'] as const) {
      assert.match((await talk.as(who, somewhere()).say('orders')).text, /^Contoso/);
    }
  });

  for (const [typed, chosen] of [
    ['use contoso', 'Contoso'],
    ['use CONT', 'Contoso'],
    ['use “Fabrikam”', 'Fabrikam'],
    ['USE brik', 'Fabrikam'],
  ] as const) {
    test(`${typed} chooses ${chosen}`, async () => {
      const arjun = talk.as('arjun', somewhere());
      const reply = await arjun.say(typed);
      assert.equal(reply.text, `You now see the orders of ${chosen}.`);
      assert.ok(buttons(reply).includes('New order'));
      assert.match((await arjun.press(reply, 'Orders')).text, new RegExp(`^${chosen}`));
    });
  }

  test('a name that nobody has gets the nearest as a button', async () => {
    const arjun = talk.as('arjun', somewhere());
    const reply = await arjun.say('use contsoo');
    assert.match(reply.text, /There is no customer “contsoo” that you can see/);
    assert.deepEqual(buttons(reply), ['Contoso']);
    assert.equal((await arjun.press(reply, 'Contoso')).text, 'You now see the orders of Contoso.');
  });

  test('a reseller is told from a customer, and its customers are offered', async () => {
    const arjun = talk.as('arjun', somewhere());
    const reply = await arjun.say('use northwind');
    assert.equal(reply.text, 'Northwind Partners is a reseller, not a customer. Its customer is Contoso.');
    assert.deepEqual(buttons(reply), ['Contoso']);
    assert.equal((await arjun.press(reply, 'Contoso')).text, 'You now see the orders of Contoso.');
    assert.equal(
      (await arjun.say('use hamaracloud')).text,
      'HamaraCloud is the provider, not a customer. Its customer is Fabrikam.',
    );
    const here = await arjun.say('use northwind here');
    assert.match((await arjun.press(here, 'Contoso')).text, /belongs to Contoso now/);
    assert.match(
      (await talk.as('nora', somewhere()).say('use north')).text,
      /^Northwind Partners is a reseller/,
    );
    assert.equal(
      (await talk.as('carla', somewhere()).say('use northwind')).text,
      'There is no customer “northwind” that you can see.',
    );
  });

  test('of a reseller with many customers the first are offered, and the list', async () => {
    const priya = talk.as('priya', somewhere());
    await priya.say('new organization Humongous kind=reseller');
    assert.equal(
      (await priya.say('use humongous')).text,
      'Humongous is a reseller, not a customer. It has no customers yet.',
    );
    for (const name of ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7'])
      await priya.say(`new organization ${name} of=humongous`);
    const reply = await priya.say('use humongous');
    assert.match(reply.text, /Its customers are H1, H2, H3, H4, H5 and 2 more\.$/);
    assert.deepEqual(buttons(reply), ['H1', 'H2', 'H3', 'H4', 'H5', 'All of them']);
    assert.match((await priya.press(reply, 'All of them')).text, /H7 \(customer of Humongous\)/);
    await talk.db.deleteFrom('history').where('summary', 'like', '%Humongous%').execute();
    await talk.db.deleteFrom('organizations').where('name', 'like', 'H_').execute();
    await talk.db.deleteFrom('organizations').where('name', '=', 'Humongous').execute();
  });

  test('a customer of somebody else can’t be chosen, nor is it offered', async () => {
    const fabrikam = await organizationId(talk.db, 'Fabrikam');
    for (const who of ['nora', 'carla', 'chris'] as const) {
      const person = talk.as(who, somewhere());
      const refused = await person.say('use fabrikam');
      assert.equal(refused.text, 'There is no customer “fabrikam” that you can see.');
      assert.deepEqual(buttons(refused), ['Contoso']);
      const forged = await person.submit('organizations.use', { choice: `${fabrikam} orders` });
      assert.match(forged.text, /There is no customer “.*” that you can see\./);
      assert.match((await person.say('orders')).text, /^Contoso/);
    }
  });

  test('use alone says whose orders one sees, with the others as buttons', async () => {
    const arjun = talk.as('arjun', somewhere());
    assert.equal((await arjun.say('use')).text, 'Which customer?');
    await arjun.say('use contoso');
    const reply = await arjun.say('use');
    assert.equal(reply.text, 'You see the orders of Contoso.');
    assert.match((await arjun.press(reply, 'Fabrikam')).text, /orders of Fabrikam/);
    assert.deepEqual(buttons(await talk.as('carla', somewhere()).say('use')), []);
  });

  test('who has not chosen goes on with the customer of the first order asked for', async () => {
    const arjun = talk.as('arjun', somewhere());
    await arjun.say('order 10028');
    assert.match((await arjun.say('orders')).text, /^Fabrikam/);
    await arjun.say('order 10023');
    assert.match((await arjun.say('orders')).text, /^Fabrikam/);
  });

  test('an order that does not exist in a channel chooses nobody there', async () => {
    const arjun = talk.as('arjun', somewhere());
    assert.match((await arjun.say('order 10026')).text, /There is no order/);
    assert.equal((await arjun.say('orders')).text, 'Which customer?');
  });

  test('a customer that moved to another reseller is not seen any more', async () => {
    const nora = talk.as('nora', somewhere());
    const parentOf = (parent_id: number) =>
      talk.db.updateTable('organizations').set({ parent_id }).where('name', '=', 'Contoso').execute();
    await nora.say('use contoso');
    await parentOf(await organizationId(talk.db, 'HamaraCloud'));

    const none = await nora.say('orders');
    assert.equal(none.text, 'There is no customer yet. Create the first one.');
    assert.deepEqual(buttons(none), ['New organization']);
    assert.match((await nora.say('order 10023')).text, /There is no order 10023/);
    await parentOf(await organizationId(talk.db, 'Northwind Partners'));
    assert.match((await nora.say('order 10023')).text, /of Contoso/);
  });

  test('every answer about a customer names it', async () => {
    const priya = talk.as('priya');
    await priya.say('use contoso');
    for (const command of [
      'orders historical',
      'order 10023',
      'services 10023',
      'services 10027',
      'note 10023',
      'note 10023 Hello',
      'free',
      'free 10023/1',
      'free nothing',
      'associate',
      'associate 10023/1 zoe@contoso.example',
      'associate 10023/1 zoe@contoso.example 1000',
      'associate 10023/2 alice@contoso.example',
      'associate universal zoe@contoso.example',
      'undo',
      'undo 1',
      'release',
      'release 10023/1 alice@contoso.example 9',
      'move',
      'move alice@contoso.example 10023/1 10023/3',
      'user alice@contoso.example',
      'user nobody@contoso.example',
      'subscriptions',
      'history',
      'history 10023',
      'jobs',
      'bulk 10023/1',
    ]) {
      assert.match(JSON.stringify(await priya.say(command)), /Contoso/, command);
    }
  });

  test('of many customers the choice is a list, in which the command is kept where it fits', async () => {
    for (let index = 0; index < 20; index++) await addCustomer(talk.db, `Tailspin ${index}`, 'HamaraCloud');
    const arjun = talk.as('arjun', somewhere());

    const question = await arjun.say('orders historical');
    const found = choices(question, 'choice');
    assert.equal(found.length, 22);
    const choice = found.find(({ title }) => title === 'Contoso')?.value ?? '';
    assert.match((await arjun.press(question, 'Continue', { choice })).text, /^Contoso: 3 orders/);

    const more = await arjun.say('use');
    assert.match(more.text, /^You see the orders of Contoso\./);
    assert.equal(choices(more, 'choice').length, 21);
  });

  test('a part of several names is asked back, a whole name wins', async () => {
    await addCustomer(talk.db, 'Contoso Labs', 'HamaraCloud');
    const arjun = talk.as('arjun', somewhere());
    const question = await arjun.say('use contos');
    assert.deepEqual(buttons(question), ['Contoso', 'Contoso Labs']);
    assert.match((await arjun.press(question, 'Contoso Labs')).text, /orders of Contoso Labs\./);
    assert.match((await arjun.say('use contoso')).text, /orders of Contoso\./);
  });
});
