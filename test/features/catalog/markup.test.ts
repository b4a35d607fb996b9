import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { enabledFor, productsFor } from '../../../src/features/catalog/offered.ts';
import { withMarkup } from '../../../src/features/catalog/rules.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { organizationId } from '../orders/stock.ts';

onBothEngines('markups', (engine) => {
  let talk: CalmTalk;
  let priya: Speaker;
  let nora: Speaker;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    priya = talk.as('priya');
    nora = talk.as('nora');
    carla = talk.as('carla');
  });
  after(() => talk.close());
  beforeEach(async () => {
    for (const [name, markup_bp] of [
      ['Contoso', 1500],
      ['Fabrikam', 1000],
      ['Northwind Partners', 500],
    ] as const)
      await talk.db.updateTable('organizations').set({ markup_bp }).where('name', '=', name).execute();
    for (const [product, price_minor] of [
      ['UniversalMessaging Small Business Edition (1GB)', 199],
      ['Office 365 E3', 2200],
      ['Webex Suite', 1250],
    ] as const)
      await talk.db
        .updateTable('subscriptions')
        .set({ price_minor, purchase_minor: null, markup_bp: null, status: 'active' })
        .where('service_id', 'in', (eb) =>
          eb
            .selectFrom('services as s')
            .innerJoin('products as p', 'p.id', 's.product_id')
            .select('s.id')
            .where('p.name', '=', product),
        )
        .execute();
  });

  const markupOf = async (name: string) =>
    (
      await talk.db
        .selectFrom('organizations')
        .select('markup_bp')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    ).markup_bp;
  const subscriptions = async () => {
    const found = await talk.db
      .selectFrom('subscriptions as sub')
      .innerJoin('services as s', 's.id', 'sub.service_id')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select(['o.number', 's.position', 'sub.price_minor', 'sub.purchase_minor', 'sub.markup_bp'])
      .where('o.number', 'in', [10023, 10024])
      .orderBy('o.number')
      .orderBy('s.position')
      .execute();
    return Object.fromEntries(
      found.map((one) => [
        `${one.number}/${one.position}`,
        [one.price_minor, one.purchase_minor, one.markup_bp],
      ]),
    );
  };
  const lastOrder = () =>
    talk.db
      .selectFrom('orders as o')
      .innerJoin('requested_changes as c', 'c.order_id', 'o.id')
      .select(['o.id', 'o.number', 'o.status', 'o.organization_id', 'o.created_by', 'c.kind', 'c.markup_bp'])
      .orderBy('o.id', 'desc')
      .executeTakeFirstOrThrow();

  test('one that more than doubles the price is remarked on, and can be set all the same', async () => {
    const remark = (times: string) =>
      new RegExp(`the price is ${times} times what is paid for it\\. Check that this is meant\\.`);
    const plan = await nora.say('markup contoso 5000');
    assert.match(plan.text, remark('51'));
    assert.match(shown(plan), remark('51'));
    assert.match((await nora.say('markup contoso 100.5')).text, remark('2'));
    assert.match((await priya.say('markup northwind 150')).text, remark('2\\.5'));
    assert.doesNotMatch((await nora.say('markup contoso 100')).text, /times/);
    assert.match((await nora.press(plan, 'Set the markup')).text, /is 5,000 % now/);
  });

  test('a customer’s: shown first, then an order, the markup and the prices of what runs', async () => {
    const plan = await nora.say('markup contoso 20');

    assert.equal(
      plan.text,
      'Markup of Contoso: 15 % → 20 %. 4 subscriptions of 4 change their price, €4,134.90 → €4,321.68 a month. Nothing has been changed yet.',
    );
    assert.match(shown(plan), /Per month now: €4,134\.90\nPer month then: €4,321\.68 \(\+€186\.78\)/);
    assert.equal(await markupOf('Contoso'), 1500);
    const done = await nora.press(plan, 'Set the markup');

    assert.equal(done.text, 'The markup of Contoso is 20 % now.');
    assert.equal(done.position, 'instead');
    assert.equal(await markupOf('Contoso'), 2000);
    assert.deepEqual(await subscriptions(), {
      '10023/1': [208, 173, null],
      '10023/2': [2296, 1913, null],
      '10023/3': [1304, 1087, null],
      '10024/1': [208, 173, null],
    });
    const order = await lastOrder();
    assert.deepEqual(
      [order.status, order.kind, order.markup_bp, order.created_by],
      ['Completed', 'markup change', 2000, 'Nora Lindgren'],
    );
    assert.ok(order.number >= 10029);
    assert.ok(buttons(done).includes(`Order ${order.number}`));
    const history = await talk.db
      .selectFrom('history')
      .select('summary')
      .where('order_id', '=', order.id)
      .where('kind', '=', 'markup change')
      .execute();
    assert.deepEqual(history, [
      { summary: 'Changed the markup of Contoso from 15 % to 20 % (4 subscriptions)' },
    ]);
    assert.match((await carla.say('catalog e3')).text, /€22\.96/);
  });

  test('the customer never learns of it: no order, no history, no count, no search', async () => {
    const before = (await carla.say('orders historical')).text;
    const past = (await carla.say('history')).text;
    await nora.press(await nora.say('markup contoso 33.33'), 'Set the markup');
    const { number } = await lastOrder();
    for (const who of ['carla', 'chris'] as const) {
      const there = talk.as(who);
      for (const command of [
        'orders historical',
        'history',
        `order ${number}`,
        'orders all markup',
        'catalog',
        'subscriptions',
        'markup contoso 1',
        'offerings',
        'help',
      ])
        assert.doesNotMatch(
          JSON.stringify(await there.say(command)),
          /33\.33|19\.13|18\.22|markup of|markup change/i,
        );
      await there.submit('catalog.markup', { of: 'Contoso', percent: '1' });
      await there.submit('catalog.markup.confirm', {
        organization: await organizationId(talk.db, 'Contoso'),
        ref: '',
        markup: '100',
        basis: '',
      });
    }
    assert.equal((await carla.say('orders historical')).text, before);
    assert.equal((await carla.say('history')).text, past);
    assert.equal(await markupOf('Contoso'), 3333);
  });

  test('a subscription’s own: it keeps it when the customer’s changes, until it follows again', async () => {
    const plan = await nora.say('markup 10023/3 12,5');
    assert.match(
      plan.text,
      /^Markup of 10023\/3 · Webex Suite: 15 %, as its customer → 12\.5 %\. 1 subscription of 1 changes its price, €25\.00 → €24\.46 a month\./,
    );
    await nora.press(plan, 'Set the markup');
    assert.deepEqual((await subscriptions())['10023/3'], [1223, 1087, 1250]);
    assert.equal((await lastOrder()).markup_bp, 1250);

    const all = await nora.say('markup contoso 20');
    assert.match(shown(all), /3 subscriptions of 4 change their price/);
    assert.match(shown(all), /1 subscription with a markup of its own: no change\./);
    await nora.press(all, 'Set the markup');
    assert.deepEqual((await subscriptions())['10023/3'], [1223, 1087, 1250]);

    const back = await nora.say('markup 10023/3 default');
    assert.match(back.text, /12\.5 % → 20 %, as its customer/);
    await nora.press(back, 'Set the markup');
    assert.deepEqual((await subscriptions())['10023/3'], [1304, 1087, null]);
  });

  test('what is cancelled keeps its price; what nobody knows the purchase price of, too', async () => {
    await talk.db
      .updateTable('subscriptions')
      .set({ status: 'cancelled' })
      .where('price_minor', '=', 1250)
      .execute();
    await talk.db
      .updateTable('subscriptions')
      .set({ currency: 'USD' })
      .where('price_minor', '=', 2200)
      .execute();
    const plan = await nora.say('markup contoso 20');
    assert.match(shown(plan), /2 subscriptions of 3 change their price/);
    assert.match(shown(plan), /1 subscription without a known purchase price: no change\./);
    await nora.press(plan, 'Set the markup');
    const now = await subscriptions();
    assert.deepEqual([now['10023/2']?.[0], now['10023/3']?.[0]], [2200, 1250]);
    await talk.db.updateTable('subscriptions').set({ currency: 'EUR' }).execute();
  });

  test('the button is bound to what was shown, and works once', async () => {
    const plan = await nora.say('markup contoso 20');
    await talk.db
      .updateTable('subscriptions')
      .set({ purchase_minor: 100 })
      .where('price_minor', '=', 1250)
      .execute();
    const again = await nora.press(plan, 'Set the markup');
    assert.match(again.text, /^Since the preview things have changed, so nothing was done\./);
    assert.equal(await markupOf('Contoso'), 1500);
    const { number } = await lastOrder();

    const done = await nora.press(again, 'Set the markup');
    assert.match(done.text, /is 20 % now/);
    assert.equal((await nora.press(again, 'Set the markup')).text, done.text);
    assert.equal((await lastOrder()).number, number + 1);
    assert.match((await nora.say('markup contoso 20')).text, /is 20 % already/);
  });

  test('the form, and a sentence for each bad field', async () => {
    await nora.say('use contoso');
    const form = await nora.say('markup');
    assert.deepEqual(fields(form), ['of', 'percent']);
    assert.equal(typed(form, 'of'), 'Contoso');
    assert.match(shown(form), /Contoso: 15 % now/);
    for (const [of, percent, field, problem] of [
      ['', '10', 'of', /^Write the name/],
      ['Fabrikam', '10', 'of', /no customer, reseller or subscription “Fabrikam” that you can see/],
      ['HamaraCloud', '10', 'of', /that you can see/],
      ['Northwind Partners', '10', 'of', /is not yours to set/],
      ['10025/1', '10', 'of', /that you can see/],
      ['Contoso', '', 'percent', /is not a percent/],
      ['Contoso', 'much', 'percent', /is not a percent/],
      ['Contoso', '-1', 'percent', /is not a percent/],
      ['Contoso', '1.234', 'percent', /too many decimals/],
      ['Contoso', '10001', 'percent', /10,000 % is the most/],
    ] as const) {
      // The form's mark makes a second press the first: a new form for each.
      const back = await nora.press(await nora.say('markup'), 'Show what it does', { of, percent });
      assert.match(errorAt(back, field) ?? '', problem, `${of} ${percent}`);
      assert.equal(typed(back, 'of') ?? '', of);
      assert.equal(typed(back, 'percent') ?? '', percent);
    }
    const shownPlan = await nora.press(await nora.say('markup'), 'Show what it does', {
      of: '10023/2',
      percent: '0',
    });
    assert.match(shownPlan.text, /^Markup of 10023\/2 · Office 365 E3: 15 %, as its customer → 0 %/);
    assert.equal(await markupOf('Contoso'), 1500);
  });

  test('the provider sets its reseller’s, without an order; the reseller can’t see it anywhere', async () => {
    const plan = await priya.say('markup "Northwind Partners" 7.77');
    assert.equal(
      plan.text,
      'Markup of Northwind Partners: 5 % → 7.77 %. It counts for new orders of 1 customer. Nothing has been changed yet.',
    );
    const { number } = await lastOrder();
    const running = await subscriptions();
    await priya.press(plan, 'Set the markup');
    assert.equal(await markupOf('Northwind Partners'), 777);
    assert.equal((await lastOrder()).number, number);
    assert.deepEqual(await subscriptions(), running);
    const row = await talk.db
      .selectFrom('history')
      .select(['summary', 'organization_id'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    assert.equal(row.summary, 'Changed the markup of Northwind Partners from 5 % to 7.77 %');
    assert.equal(row.organization_id, await organizationId(talk.db, 'HamaraCloud'));
    await nora.say('use contoso');
    for (const command of [
      'history',
      'orders historical',
      'prices',
      'catalog',
      'offerings',
      'organization',
      'markup "Northwind Partners"',
      'markup "Northwind Partners" 1',
    ])
      assert.doesNotMatch(JSON.stringify(await nora.say(command)), /\b7\.77 %|\b777\b|18\.22|\b5 % now/);
  });

  test('an account manager sets it for the provider’s own customers alone', async () => {
    const arjun = talk.as('arjun');
    await arjun.press(await arjun.say('markup fabrikam 12'), 'Set the markup');
    assert.equal(await markupOf('Fabrikam'), 1200);
    for (const name of ['Contoso', 'Northwind Partners'])
      assert.match((await arjun.say(`markup "${name}" 12`)).text, /is not yours to set/);
    const stolen = await arjun.submit('catalog.markup.confirm', {
      organization: await organizationId(talk.db, 'Contoso'),
      ref: '',
      markup: '1',
      basis: '',
    });
    assert.match(stolen.text, /can’t be set/);
    assert.deepEqual([await markupOf('Contoso'), await markupOf('Northwind Partners')], [1500, 500]);
  });

  test('nothing of it where others read along', async () => {
    const there = talk.as('nora', channel('sales'));
    const plan = await nora.say('markup contoso 44');
    const confirm = plan.card?.actions?.find(({ title }) => title === 'Set the markup');
    assert.ok(confirm?.type === 'Action.Execute');
    for (const reply of [
      await there.say('markup'),
      await there.say('markup contoso 20'),
      await there.submit('catalog.markup', { of: 'Contoso', percent: '20' }),
      await there.submit('catalog.markup.confirm', { ...confirm.data }),
    ]) {
      assert.match(reply.text, /personal chat/);
      assert.doesNotMatch(JSON.stringify(reply), /markup|€|%/i);
    }
    assert.equal(await markupOf('Contoso'), 1500);
  });

  test('a markup with which a price would not fit is refused, and the catalog goes on working', async () => {
    await priya.say('price O365-E3 204000');
    const back = await priya.say('markup contoso 10000');
    assert.match(errorAt(back, 'percent') ?? '', /too large/);
    assert.match((await carla.say('catalog e3')).text, /1 product/);
    await priya.say('price O365-E3 18.22');
  });

  test('prices are rounded here as in the database', async () => {
    const id = await organizationId(talk.db, 'Contoso');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        async (list, reseller, customer) => {
          const set = (name: string, markup_bp: number) =>
            talk.db.updateTable('organizations').set({ markup_bp }).where('name', '=', name).execute();
          await set('Northwind Partners', reseller);
          await set('Contoso', customer);
          const webex = await talk.db
            .selectFrom('products')
            .select('id')
            .where('sku', '=', 'WBX-SUITE')
            .executeTakeFirstOrThrow();
          await talk.db
            .updateTable('prices')
            .set({ price_minor: list })
            .where('product_id', '=', webex.id)
            .execute();
          const row = await talk.db
            .selectFrom('customer_prices')
            .selectAll()
            .where('organization_id', '=', id)
            .where('product_id', '=', webex.id)
            .executeTakeFirstOrThrow();
          const purchase = withMarkup(list, reseller);
          assert.deepEqual([row.purchase_minor, row.price_minor], [purchase, withMarkup(purchase, customer)]);
        },
      ),
      { numRuns: 40 },
    );
    await priya.say('price WBX-SUITE 10.35');
  });

  test('other features get what is enabled, and what it offers at the customer’s prices', async () => {
    const id = await organizationId(talk.db, 'Contoso');
    const office = (await enabledFor(talk.db, id)).find(({ name }) => name === 'Microsoft O365');
    assert.ok(office);
    assert.deepEqual(
      [office.kind, office.domain, office.needsDomain],
      ['licences', 'contoso.onmicrosoft.com', true],
    );
    const products = await productsFor(talk.db, id, office.id);
    assert.deepEqual(
      products.find(({ sku }) => sku === 'O365-E3'),
      {
        ...products.find(({ sku }) => sku === 'O365-E3'),
        category: 'Corporate',
        group: 'Office 365',
        commitment: 'yearly',
        listMinor: 1822,
        purchaseMinor: 1913,
        priceMinor: 2200,
        currency: 'EUR',
      },
    );
    await talk.db.updateTable('products').set({ for_sale: false }).where('sku', '=', 'O365-E5').execute();
    assert.ok(!(await productsFor(talk.db, id, office.id)).some(({ sku }) => sku === 'O365-E5'));
    await talk.db.updateTable('products').set({ for_sale: true }).where('sku', '=', 'O365-E5').execute();
  });
});
