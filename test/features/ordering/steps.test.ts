import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, rows, shown, typed, written } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { choiceOf, historyOf, linesOf, numberIn, orderOf, toProducts } from './support.ts';

onBothEngines('an order of licences', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    nora = talk.as('nora');
    await nora.say('use contoso');
  });
  after(() => talk.close());

  test('goes from step to step into the basket', async () => {
    const services = await nora.say('new order');
    assert.deepEqual(
      choices(services, 'choice').map(({ title }) => title),
      [
        'Azure Pack · virtual machines',
        'Microsoft O365 · licences',
        'UniversalMessaging · licences',
        'Webex · licences',
      ],
    );
    const products = await toProducts(nora);
    assert.match(shown(products), /Microsoft O365 › Corporate › Office 365/);
    assert.ok(
      choices(products, 'product').some(({ title }) => title === 'Office 365 E3 · €22.00 per user and month'),
    );

    const addOns = await nora.press(products, 'Put into the basket', {
      product: choiceOf(products, 'product', 'Office 365 E3'),
      quantity: '5',
    });
    assert.match(shown(addOns), /5 units of Office 365 E3 are in the basket/);
    assert.match(shown(addOns), /Total per month: €110\.00\nPurchase price: €95\.65\nMargin: €14\.35/);

    const basket = await nora.press(addOns, 'Next', { addonA: '2' });
    assert.deepEqual(
      rows(basket).map(([product, quantity, amount]) => [
        product?.split('\n')[0],
        quantity,
        amount?.split('\n')[0],
      ]),
      [
        ['Office 365 E3', '5', '€110.00'],
        ['Audio Conferencing', '2', '€7.98'],
      ],
    );
    const number = numberIn(basket);
    assert.equal(number, '10029');
    assert.deepEqual(
      (await linesOf(talk.db, number)).map(({ kind, name, quantity }) => [kind, name, quantity]),
      [
        ['new subscription', 'Office 365 E3', 5],
        ['new subscription', 'Audio Conferencing', 2],
      ],
    );
    const { status, created_by, cost_minor } = await orderOf(talk.db, number);
    assert.deepEqual([status, created_by, cost_minor], ['Started', 'Nora Lindgren', null]);
    assert.match(shown(await nora.say(`order ${number}`)), /Started/);
  });

  test('is stopped in one place and goes on in another, with what was entered', async () => {
    const begun = await toProducts(nora);
    const number = numberIn(begun) || /Order (\d+)/.exec(shown(begun))?.[1] || '';
    const wrong = await nora.press(begun, 'Put into the basket', {
      product: choiceOf(begun, 'product', 'Office 365 E1'),
      quantity: 'seven',
    });
    assert.equal(errorAt(wrong, 'quantity'), '“seven” is not a whole number from 1 to 100,000.');
    assert.equal(typed(wrong, 'quantity'), 'seven');

    const there = talk.as('nora', channel('licences'));
    await there.say('use contoso');
    const basket = await there.say(`basket ${number}`);
    assert.match(shown(basket), /Nothing is in this order of Contoso yet/);
    const products = await there.press(basket, 'Add a product');
    assert.match(shown(products), /Microsoft O365 › Corporate › Office 365/);
    const done = await there.press(products, 'Put into the basket', {
      product: choiceOf(products, 'product', 'Office 365 E1'),
      quantity: '7',
    });
    assert.match(shown(done), /Office 365 E1/);
    assert.doesNotMatch(JSON.stringify(done), /Purchase|Margin/);
    const here = await nora.say(`basket ${number}`);
    assert.match(shown(here), /Purchase price: €/);
    assert.equal((await linesOf(talk.db, number))[0]?.quantity, 7);
  });

  test('keeps what was entered when one goes back, and asks again what it has to', async () => {
    const products = await toProducts(nora);
    const e5 = choiceOf(products, 'product', 'Office 365 E5');
    const groups = await nora.press(products, 'Back', { product: e5, quantity: '12' });
    assert.equal(typed(groups, 'choice'), choiceOf(groups, 'choice', 'Office 365'));
    const categories = await nora.press(groups, 'Back');
    assert.equal(typed(categories, 'choice'), choiceOf(categories, 'choice', 'Corporate'));
    const services = await nora.press(categories, 'Back');
    assert.equal(typed(services, 'choice'), choiceOf(services, 'choice', 'Microsoft O365'));

    const again = await nora.press(groups, 'Next', { choice: choiceOf(groups, 'choice', 'Office 365') });
    assert.deepEqual([typed(again, 'product'), typed(again, 'quantity')], [e5, '12']);
    const none = await nora.press(await nora.press(again, 'Back'), 'Next', { choice: '' });
    assert.equal(errorAt(none, 'choice'), 'Choose one of these.');
  });

  test('passes over a step with one answer', async () => {
    const services = await nora.say('buy');
    const products = await nora.press(services, 'Next', { choice: choiceOf(services, 'choice', 'Webex') });
    assert.match(shown(products), /Webex › Collaboration › Webex Wholesale/);
    assert.deepEqual(fields(products), ['product', 'quantity']);
    const back = await nora.press(products, 'Back');
    assert.equal(typed(back, 'choice'), choiceOf(back, 'choice', 'Webex'));
  });

  for (const quantity of ['0', '-1', '1.5', '100001', '', '1e3', '99999999999999999999']) {
    test(`refuses a quantity of “${quantity}”`, async () => {
      const products = await toProducts(nora);
      const wrong = await nora.press(products, 'Put into the basket', {
        product: choiceOf(products, 'product', 'Office 365 E1'),
        quantity,
      });
      assert.match(errorAt(wrong, 'quantity') ?? '', /from 1 to 100,000/);
    });
  }

  test('refuses a product that is not there to choose', async () => {
    const products = await toProducts(nora);
    const wrong = await nora.press(products, 'Put into the basket', { product: '999', quantity: '1' });
    assert.equal(errorAt(wrong, 'product'), 'Choose a product.');
  });

  test('is ordered in one line, and sums up', async () => {
    const first = await nora.say('new order "Webex Suite" 3');
    assert.match(first.text, /3 × Webex Suite/);
    const second = await nora.say('order new webex suite 1,000');
    assert.match(second.text, /1,003 × Webex Suite/);
    assert.equal(numberIn(first), numberIn(second));
    assert.match((await nora.say('new order WBX-SUITE 2')).text, /1,005 × Webex Suite/);

    const wrong = await nora.say('new order "Webex Suite" two');
    assert.equal(errorAt(wrong, 'quantity'), '“two” is not a whole number from 1 to 100,000.');
    assert.equal(typed(wrong, 'product'), choiceOf(wrong, 'product', 'Webex Suite'));

    const which = await nora.say('new order Office 365 4');
    assert.match(which.text, /Which “Office 365”/);
    assert.match((await nora.press(which, 'Office 365 E5')).text, /4 × Office 365 E5|add-ons/);
    assert.match((await nora.say('new order toaster 4')).text, /There is no product “toaster/);
  });

  test('in the basket has its quantities changed and lines taken out', async () => {
    await nora.say('new order "Office 365 A3 for faculty" 2');
    const basket = await nora.say('basket');
    assert.match(basket.text, /Contoso has \d+ orders in the basket/);
    const number = /(\d+):[^\n]*A3 for faculty/.exec(basket.text)?.[1] ?? '';
    const one = await nora.say(`basket ${number}`);
    const old = await nora.press(one, 'Change quantities');
    const form = await nora.press(one, 'Change quantities');
    const ids = fields(form);
    const wrong = await nora.press(form, 'Save', {
      ...Object.fromEntries(ids.map((id) => [id, '9'])),
      quantityA: 'x',
    });
    assert.match(errorAt(wrong, 'quantityA') ?? '', /“x” is not a whole number/);
    const before = await linesOf(talk.db, number);
    const changed = await nora.press(wrong, 'Save', { quantityA: '9' });
    assert.match(changed.text, /: 9 now\./);
    assert.equal((await linesOf(talk.db, number))[0]?.quantity, 9);

    const stale = await nora.press(old, 'Save', { quantityA: '0' });
    assert.match(stale.text, /The order was changed meanwhile/);
    const fresh = await nora.press(stale, 'Change quantities');
    const out = await nora.press(fresh, 'Save', { quantityA: '0' });
    assert.match(out.text, /is out of the order/);
    assert.equal((await linesOf(talk.db, number)).length, before.length - 1);
  });

  test('is saved as a draft, resumed, and deleted, and the history tells', async () => {
    const basket = await nora.say('new order "UniversalMessaging Archive" 1');
    assert.match(basket.text, /1 × UniversalMessaging Archive/);
    const number = numberIn(basket);
    const saved = await nora.press(basket, 'Save as draft');
    assert.match(saved.text, /saved as a draft/);
    assert.equal((await orderOf(talk.db, number)).status, 'Draft');
    assert.match((await nora.say(`basket ${number}`)).text, /is a draft/);
    const resumed = await nora.press(saved, 'Resume');
    assert.match(resumed.text, /in the basket/);
    assert.match((await nora.say(`resume ${number}`)).text, /in the basket already/);
    const gone = await nora.press(resumed, 'Remove order');
    assert.match(gone.text, /is deleted/);
    assert.equal((await orderOf(talk.db, number)).status, 'Deleted');
    assert.match((await nora.say(`discard ${number}`)).text, /is deleted and can’t be changed/);
    assert.deepEqual(await historyOf(talk.db, number), [
      // It was begun before, for another service, and left empty.
      `Started order ${number}: Webex`,
      `Began order ${number} anew: UniversalMessaging`,
      `Put into the basket of order ${number}: 1 × UniversalMessaging Archive`,
      `Saved order ${number} as a draft`,
      `Resumed order ${number}`,
      `Deleted order ${number}`,
    ]);
    assert.match((await nora.press(gone, 'Bring it back')).text, /in the basket/);
    assert.equal((await orderOf(talk.db, number)).status, 'Started');
  });

  test('is nothing that others may see or change', async () => {
    const number = numberIn(await nora.say('new order "Office 365 E1" 1'));
    const chris = talk.as('chris');
    assert.match((await chris.say('new order')).text, /may|not/i);
    for (const verb of ['ordering.open', 'ordering.remove', 'ordering.save', 'ordering.checkout']) {
      const refused = await chris.submit(verb, { order: number });
      assert.doesNotMatch(refused.text, /is deleted|saved as a draft|in the basket/);
    }
    assert.equal((await orderOf(talk.db, number)).status, 'Started');
    await talk.as('arjun').say('use fabrikam');
    const fabrikam = await talk.as('arjun').say('new order');
    assert.match(fabrikam.text, /Nothing can be ordered for Fabrikam yet: no service is enabled/);
    assert.deepEqual(buttons(fabrikam).includes('Enable a service'), true);
    const closed = await talk.as('arjun').say('new order "Webex Suite" 2');
    assert.match(closed.text, /which is not enabled for Fabrikam/);
  });

  test('shows a customer no purchase price anywhere', async () => {
    const carla = talk.as('carla');
    const basket = await carla.say('new order "Office 365 E1" 5');
    const number = numberIn(basket);
    const confirm = await carla.press(basket, 'Check out');
    for (const reply of [
      basket,
      confirm,
      await carla.say('basket'),
      await carla.press(basket, 'Add a product'),
    ]) {
      assert.doesNotMatch(written(reply), /Purchase|Margin|872|43\.60|markup/i);
    }
    assert.match(shown(confirm), /Approval: Needed, by Northwind Partners/);
    assert.ok(number);
  });
});
