import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, fields, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { linesOf, numberIn, subscriptionOf } from './support.ts';

onBothEngines('what is offered', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  let carla: Speaker;
  let priya: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    [nora, carla, priya] = [talk.as('nora'), talk.as('carla'), talk.as('priya')];
    await nora.say('use contoso');
    await priya.say('use contoso');
  });
  after(() => talk.close());

  const suspendE3 = async (status: 'active' | 'suspended') => {
    const { id } = await subscriptionOf(talk.db, 10023, 2);
    await talk.db.updateTable('subscriptions').set({ status }).where('id', '=', id).execute();
  };

  test('an add-on goes with its product: not without it', async () => {
    await suspendE3('suspended');
    for (const command of ['new order "Audio Conferencing" 3', 'new order "Audio Conferencing"']) {
      const refused = await nora.say(command);
      assert.equal(
        refused.text,
        'Audio Conferencing is an add-on of Office 365 E3, which Contoso does not have. Order Office 365 E3; its add-ons are asked next.',
      );
      assert.deepEqual(buttons(refused), ['Order Office 365 E3', 'New order']);
    }
    assert.equal(
      (await talk.db.selectFrom('orders').where('number', '>', 10028).select('id').execute()).length,
      0,
    );

    await nora.say('new order "Office 365 E3" 2');
    const both = await nora.say('new order "Audio Conferencing" 3');
    assert.match(both.text, /2 × Office 365 E3[\s\S]*3 × Audio Conferencing/);
  });

  test('it is taken out along with its product', async () => {
    const basket = await nora.say('basket');
    const number = numberIn(basket);
    const form = await nora.press(basket, 'Change quantities');
    const kept = await nora.press(form, 'Save', { quantityA: '1', quantityB: '2' });
    assert.match(kept.text, /Office 365 E3: 1 now\.\nAudio Conferencing: 2 now\./);
    const out = await nora.press(await nora.press(kept, 'Change quantities'), 'Save', {
      quantityA: '0',
      quantityB: '5',
    });
    assert.match(
      out.text,
      /Office 365 E3 is out of the order\.\nAudio Conferencing is out of the order too: it is an add-on of Office 365 E3\./,
    );
    assert.deepEqual(await linesOf(talk.db, number), []);

    // With the product running already, the add-on may stay.
    await suspendE3('active');
    await nora.say('new order "Office 365 E3" 2');
    const both = await nora.say('new order "Audio Conferencing" 3');
    const stays = await nora.press(await nora.press(both, 'Change quantities'), 'Save', { quantityA: '0' });
    assert.deepEqual(
      (await linesOf(talk.db, number)).map(({ name }) => name),
      ['Audio Conferencing'],
    );
    // Until it is placed, that may change.
    await suspendE3('suspended');
    const confirm = await nora.press(stays, 'Check out');
    assert.match(
      confirm.text,
      /Audio Conferencing is an add-on of Office 365 E3, which is not in the order, and Contoso does not have it\. Put Office 365 E3 into the order, or take Audio Conferencing out\./,
    );
    assert.ok(!buttons(confirm).includes('Place order'));
    await suspendE3('active');
    await nora.say(`discard ${number}`);
  });

  test('nothing, where nothing has a price in the currency of the customer', async () => {
    const contoso = talk.db.updateTable('organizations').where('name', '=', 'Contoso');
    await contoso.set({ currency: 'NOK' }).execute();
    const said = /^Nothing in the catalog has a price in NOK yet, the currency of Contoso\. /;
    for (const command of ['new order', 'new order "Office 365 E1" 2']) {
      for (const who of [nora, carla, priya]) assert.match((await who.say(command)).text, said);
    }
    assert.match((await carla.say('new order')).text, /Ask your provider/);
    assert.match((await nora.say('new order')).text, /An admin of the provider can set prices/);
    assert.match((await priya.say('new order')).text, /price O365-E3 22\.50 NOK/);
    assert.deepEqual(buttons(await priya.say('new order')), ['Set a price', 'Price list']);
    await contoso.set({ currency: 'EUR' }).execute();
  });

  test('for whom: a name of an organization is no product', async () => {
    for (const command of [
      'new order for northwind',
      'new order northwind partners',
      'buy webex for northwind',
    ]) {
      const reply = await priya.say(command);
      assert.equal(
        reply.text,
        'Northwind Partners is a reseller, not a customer. Its customer is Contoso.',
        command,
      );
      assert.deepEqual(buttons(reply), ['Contoso']);
    }
    for (const command of ['new order for contoso', 'new order contoso'])
      assert.deepEqual(fields(await nora.say(command)), ['choice'], command);
    assert.match((await nora.say('new order "Webex Suite" for contoso 2')).text, /2 × Webex Suite/);
    assert.match((await nora.say('new order for contoso "Webex Suite" 2')).text, /4 × Webex Suite/);
    assert.match(
      (await nora.say('new order Office 365 A3 for faculty 2')).text,
      /2 × Office 365 A3 for faculty/,
    );

    for (const command of ['new order for contoso 5', 'new order contoso 5', 'new order 5 for contoso']) {
      const begun = await nora.say(command);
      assert.deepEqual(fields(begun), ['choice'], command);
      assert.doesNotMatch(shown(begun), /“5”/);
    }
    const other = await priya.say('new order "Webex Suite" 2 for fabrikam');
    assert.match(other.text, /Webex, which is not enabled for Fabrikam/);
    assert.match(shown(await priya.say('basket')), /Fabrikam/);
    // Who may not see it hears nothing of it.
    assert.match((await carla.say('new order for northwind')).text, /There is no customer “northwind”/);
    assert.match((await nora.say('new order for fabrikam')).text, /There is no customer “fabrikam”/);
    assert.match((await nora.say('new order toaster oven')).text, /There is no product “toaster oven”/);
  });
});
