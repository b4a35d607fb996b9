import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { historyOf, linesOf, numberIn, orderOf, setPrice } from './support.ts';

const TEXTS = { description: 'Desks', payment: 'PO 4711' };

onBothEngines('placing an order', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    nora = talk.as('nora');
    carla = talk.as('carla');
    await talk.as('arjun').say('use contoso');
    await talk.as('priya').say('use contoso');
  });
  after(() => talk.close());

  test('is confirmed with all there is to know, and then carried out once', async () => {
    const confirm = await nora.press(await nora.say('new order "Office 365 E1" 5'), 'Check out');
    for (const line of [
      'Place order 10029?',
      'Total per month: €50.15',
      'Customer: Contoso',
      'Address: Calle de Alcalá 45, 28014 Madrid, Spain',
      'Contact: Carla Diaz, carla@contoso.example, +34915550120',
      'Domain: contoso.onmicrosoft.com',
      'Billed to: Contoso, by Northwind Partners',
      'Office 365 E1 is bought by the month: it can be reduced at any time.',
    ]) {
      assert.ok(shown(confirm).split('\n').includes(line), line);
    }
    const placed = await nora.press(confirm, 'Place order', TEXTS);
    assert.match(placed.text, /Order 10029 of Contoso: In progress/);
    assert.match(placed.track ?? '', /^order:\d+$/);

    const order = await orderOf(talk.db, 10029);
    assert.deepEqual(
      [order.cost_minor, order.payment_details, order.description, order.markup_bp],
      [5015, 'PO 4711', 'Desks', 1500],
    );
    assert.notEqual(order.placed_at, null);
    assert.deepEqual(
      (await linesOf(talk.db, 10029)).map(({ price_minor, purchase_minor }) => [price_minor, purchase_minor]),
      [[1003, 872]],
    );

    const twice = await nora.press(confirm, 'Place order', TEXTS);
    assert.deepEqual(twice, placed);
    const { once, ...data } = dataOf(confirm, 'Place order');
    assert.equal(typeof once, 'string');
    const otherwise = await nora.submit('ordering.place', { ...data, ...TEXTS });
    assert.match(otherwise.text, /Order 10029 of Contoso/);
    const placings = (await historyOf(talk.db, 10029)).filter((line) => line.startsWith('Placed order'));
    assert.deepEqual(placings, ['Placed order 10029: €50.15 per month']);
  });

  for (const who of ['arjun', 'priya'] as const) {
    test(`is done by ${who} on behalf of a customer`, async () => {
      const someone = talk.as(who);
      const confirm = await someone.press(await someone.say('new order "Webex Suite" 1'), 'Check out');
      const placed = await someone.press(confirm, 'Place order', TEXTS);
      assert.match(placed.text, /of Contoso: In progress/);
    });
  }

  test('by a customer waits for approval, and can’t be changed meanwhile', async () => {
    const confirm = await carla.press(await carla.say('new order "Office 365 E1" 2'), 'Check out');
    const number = numberIn(confirm);
    assert.ok(!buttons(confirm).includes('Place order'));
    const asked = await carla.press(confirm, 'Ask for approval', TEXTS);
    assert.match(asked.text, /waits for approval by Northwind Partners/);
    const order = await orderOf(talk.db, number);
    assert.deepEqual([order.status, order.placed_at], ['Started', null]);
    const approvals = await talk.db
      .selectFrom('approvals')
      .selectAll()
      .where('order_id', '=', order.id)
      .execute();
    assert.deepEqual(
      approvals.map(({ state }) => state),
      ['waiting'],
    );

    for (const verb of [
      'ordering.open',
      'ordering.remove',
      'ordering.save',
      'ordering.checkout',
      'ordering.add',
    ]) {
      assert.match((await carla.submit(verb, { order: number })).text, /waits for approval/);
    }
    const { once: _, ...data } = dataOf(confirm, 'Ask for approval');
    assert.match((await nora.submit('ordering.place', { ...data, ...TEXTS })).text, /waits for approval/);
    assert.doesNotMatch((await carla.say('basket')).text, new RegExp(number));
  });

  test('at a price that has changed since places nothing, and shows the new one', async () => {
    const confirm = await nora.press(await nora.say('new order "Office 365 E1" 3'), 'Check out');
    const number = numberIn(confirm);
    await setPrice(talk.db, 'Office 365 E1', 1000);
    const changed = await nora.press(confirm, 'Place order', TEXTS);
    assert.match(changed.text, /Office 365 E1 costs €12\.08 now; it was €10\.03\. Nothing was placed\./);
    assert.equal((await orderOf(talk.db, number)).status, 'Started');
    assert.match(shown(changed), /Total per month: €36\.24/);

    // A card with the old price stays old, also after somebody else was shown the new one.
    const { once: _, ...stale } = dataOf(confirm, 'Place order');
    const old = await nora.submit('ordering.place', { ...stale, ...TEXTS });
    assert.match(old.text, /was changed since you looked at it/);
    assert.match((await nora.press(old, 'Place order', TEXTS)).text, /In progress/);
    assert.equal((await orderOf(talk.db, number)).cost_minor, 3624);
    await setPrice(talk.db, 'Office 365 E1', 830);
  });

  test('at a purchase price that has changed since places nothing for who sells', async () => {
    const confirm = await nora.press(await nora.say('new order "Office 365 E1" 3'), 'Check out');
    const number = numberIn(confirm);
    const { purchase_minor: before } = (await linesOf(talk.db, number))[0] ?? {};
    const contoso = talk.db.updateTable('organizations').where('name', '=', 'Contoso');
    const [line] = await talk.db
      .selectFrom('customer_prices as p')
      .innerJoin('products as of', 'of.id', 'p.product_id')
      .innerJoin('organizations as o', 'o.id', 'p.organization_id')
      .select(['p.price_minor', 'p.purchase_minor', 'o.markup_bp'])
      .where('o.name', '=', 'Contoso')
      .where('of.name', '=', 'Office 365 E1')
      .execute();
    assert.ok(line);
    // The provider asks more, and the reseller takes it on itself: the customer pays what it paid.
    await setPrice(talk.db, 'Office 365 E1', 850);
    const { purchase_minor } = await talk.db
      .selectFrom('customer_prices as p')
      .innerJoin('products as of', 'of.id', 'p.product_id')
      .innerJoin('organizations as o', 'o.id', 'p.organization_id')
      .select('p.purchase_minor')
      .where('o.name', '=', 'Contoso')
      .where('of.name', '=', 'Office 365 E1')
      .executeTakeFirstOrThrow();
    const markup_bp = Math.round((line.price_minor / purchase_minor - 1) * 10_000);
    await contoso.set({ markup_bp }).execute();
    const changed = await nora.press(confirm, 'Place order', TEXTS);
    assert.match(
      changed.text,
      /The purchase price of Office 365 E1 is €.* now; it was €.*\. Nothing was placed\./,
    );
    assert.doesNotMatch(changed.text, /Office 365 E1 costs/);
    assert.equal((await orderOf(talk.db, number)).status, 'Started');
    assert.notEqual(before, purchase_minor);
    await setPrice(talk.db, 'Office 365 E1', 830);
    await contoso.set({ markup_bp: line.markup_bp }).execute();
    await nora.say(`discard ${number}`);
  });

  test('of other quantities than were shown places nothing', async () => {
    const basket = await nora.say('new order "Office 365 E1" 3');
    const confirm = await nora.press(basket, 'Check out');
    const form = await nora.press(basket, 'Change quantities');
    await nora.press(form, 'Save', { quantityA: '300' });
    const changed = await nora.press(confirm, 'Place order', TEXTS);
    assert.match(changed.text, /was changed since you looked at it\. Nothing was placed/);
    assert.match(shown(changed), /Total per month: €3,009\.00/);
    await nora.say(`discard ${numberIn(confirm)}`);
  });

  test('is refused where the service is no longer enabled, the product no longer sold, or the data incomplete', async () => {
    const basket = await nora.say('new order "Office 365 E1" 3');
    const confirm = await nora.press(basket, 'Check out');
    const number = numberIn(confirm);
    const { once: _, ...data } = dataOf(confirm, 'Place order');
    const again = () => nora.submit('ordering.place', { ...data, ...TEXTS });

    await talk.db
      .updateTable('products')
      .set({ for_sale: false })
      .where('name', '=', 'Office 365 E1')
      .execute();
    assert.match((await again()).text, /Office 365 E1 is no longer for sale/);
    await talk.db
      .updateTable('products')
      .set({ for_sale: true })
      .where('name', '=', 'Office 365 E1')
      .execute();

    await talk.db.updateTable('organizations').set({ city: null }).where('name', '=', 'Contoso').execute();
    const incomplete = await again();
    assert.match(incomplete.text, /Missing: the city\./);
    assert.ok(buttons(incomplete).includes('Complete the data'));
    assert.ok(!buttons(incomplete).includes('Place order'));
    await talk.db
      .updateTable('organizations')
      .set({ city: 'Madrid' })
      .where('name', '=', 'Contoso')
      .execute();

    const enabled = await talk.db.selectFrom('enabled_offerings').selectAll().execute();
    await talk.db.deleteFrom('enabled_offerings').execute();
    assert.match((await again()).text, /Microsoft O365 is not enabled for Contoso/);
    await talk.db.insertInto('enabled_offerings').values(enabled).execute();

    const long = await nora.submit('ordering.place', { ...data, description: '', payment: 'x'.repeat(201) });
    assert.equal(errorAt(long, 'description'), 'Enter a name for the subscription.');
    assert.equal(errorAt(long, 'payment'), 'This has 201 characters; 200 fit.');
    assert.equal((await orderOf(talk.db, number)).status, 'Started');
    assert.match((await again()).text, /In progress/);
  });

  test('is not for who only reads, nor for another customer’s order', async () => {
    const basket = await nora.say('new order "Office 365 E1" 1');
    const confirm = await nora.press(basket, 'Check out');
    const number = numberIn(confirm);
    const { once: _, ...data } = dataOf(confirm, 'Place order');
    await talk.as('chris').submit('ordering.place', { ...data, ...TEXTS });
    assert.equal((await orderOf(talk.db, number)).status, 'Started');

    await talk.db
      .updateTable('orders')
      .set({
        organization_id: (eb) => eb.selectFrom('organizations').select('id').where('name', '=', 'Fabrikam'),
      })
      .where('number', '=', Number(number))
      .execute();
    for (const who of ['carla', 'nora'] as const) {
      assert.match(
        (await talk.as(who).submit('ordering.place', { ...data, ...TEXTS })).text,
        /There is no order/,
      );
      assert.match((await talk.as(who).submit('ordering.open', { order: number })).text, /There is no order/);
    }
  });

  test('by two at the same time happens once', async () => {
    const basket = await nora.say('new order "Office 365 E1" 8');
    const confirm = await nora.press(basket, 'Check out');
    const number = numberIn(confirm);
    const { once: _, ...data } = dataOf(confirm, 'Place order');
    const replies = await Promise.all(
      (['nora', 'arjun', 'priya'] as const).map((who) =>
        talk.as(who).submit('ordering.place', { ...data, ...TEXTS }),
      ),
    );
    for (const { text } of replies) assert.match(text, new RegExp(`Order ${number} of Contoso`));
    const placings = (await historyOf(talk.db, number)).filter((line) => line.startsWith('Placed order'));
    assert.equal(placings.length, 1);
  });
});

function dataOf(reply: { readonly card?: unknown }, title: string): Record<string, unknown> {
  const { actions } = reply.card as { actions: { title: string; data: Record<string, unknown> }[] };
  return { ...actions.find((one) => one.title === title)?.data };
}
