import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, shown, written } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Somebody, type Speaker } from '../../support/talk.ts';

onBothEngines('one subscription', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    const { id } = await office();
    await talk.db
      .updateTable('subscriptions')
      .set({
        purchase_minor: 1913,
        markup_bp: 1500,
        co_administrator: 'nora@northwind.example',
        started_at: new Date('2026-09-14T09:30:00Z'),
        renews_at: new Date('2027-09-14T09:30:00Z'),
      })
      .where('id', '=', id)
      .execute();
  });
  after(() => talk.close());

  const office = () =>
    talk.db
      .selectFrom('subscriptions as sub')
      .innerJoin('services as s', 's.id', 'sub.service_id')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select('sub.id')
      .where('o.number', '=', 10023)
      .where('s.position', '=', 2)
      .executeTakeFirstOrThrow();
  const addLot = async (quantity: number, at: string) => {
    const { id } = await office();
    await talk.db
      .insertInto('seat_lots')
      .values({ subscription_id: id, quantity, added_at: new Date(at) })
      .execute();
  };

  test('says in words what it costs', async () => {
    assert.match(
      (await carla.say('subscription 10023/2')).text,
      /\n€22\.00 per user and month, €110\.00 per month in all\.\n/,
    );
  });

  test('shows whom it is for, its price and its term', async () => {
    const card = shown(await carla.say('subscription HAMARACLOUD10023/2'));
    for (const line of [
      'Contoso',
      'Subscription 10023/2',
      'Active',
      '5 × Office 365 E3 (per user), 2 of 5 units associated.',
      'Admin e-mail: carla@contoso.example',
      'First name: Carla',
      'Last name: Diaz',
      'Tenant name: contoso.onmicrosoft.com',
      'Co-administrator: nora@northwind.example',
      'Price: €22.00 per user and month',
      'Total: €110.00 per month',
      'Started: 14 Sep 2026, 09:30 UTC',
      'Renews: 14 Sep 2027',
      'Commitment: Yearly: units can be given back when it renews on 14 Sep 2027.',
      'Order: 10023',
    ])
      assert.ok(card.split('\n').includes(line), `${line}\n\nis not in\n\n${card}`);
  });

  for (const [who, place, sees] of [
    ['priya', undefined, ['List price: €18.22', 'Purchase price: €19.13', 'Markup: 15 %']],
    ['arjun', undefined, ['List price: €18.22', 'Purchase price: €19.13', 'Markup: 15 %']],
    ['nora', undefined, ['Purchase price: €19.13', 'Markup: 15 %']],
    ['carla', undefined, []],
    ['chris', undefined, []],
    ['priya', channel('sales'), []],
    ['nora', channel('sales'), []],
  ] as const) {
    test(`shows ${who} ${place === undefined ? 'alone' : 'in a channel'} ${sees.length} of the prices behind the price`, async () => {
      const reply = await talk.as(who as Somebody, place).say('subscription 10023/2');
      const found = shown(reply)
        .split('\n')
        .filter((line) => /^(List price|Purchase price|Markup)/.test(line));
      assert.deepEqual(found, sees);
      if (sees.length < 3) assert.doesNotMatch(written(reply), /18\.22|1822/);
      if (sees.length === 0) assert.doesNotMatch(written(reply), /19\.13|1913|15 %|markup/i);
    });
  }

  test('says until when units can be given back, and all of them on the day it renews', async () => {
    await addLot(2, '2026-11-18T08:00:00Z');
    await addLot(1, '2026-11-20T08:00:00Z');
    await addLot(2, '2026-10-01T08:00:00Z');
    assert.match(
      (await carla.say('subscription 10023/2')).text,
      /Yearly: what was added lately can be given back, 2 units until 25 Nov 2026, 08:00 UTC and 1 unit until 27 Nov 2026, 08:00 UTC; all else when it renews on 14 Sep 2027\./,
    );
    talk.setTime('2026-11-25T08:00:00Z');
    const later = await talk.as('chris').say('subscription 10023/2');
    assert.match(later.text, /./);
    assert.match(
      (await carla.say('subscription 10023/1')).text,
      /Monthly: units can be given back at any time\./,
    );
  });

  test('offers what its status allows, to who may', async () => {
    assert.deepEqual(buttons(await carla.say('subscription 10023/2')), [
      'Increase',
      'Decrease',
      'Suspend',
      'Users',
      'Order',
      'Subscriptions',
    ]);
    const { id } = await office();
    await talk.db.updateTable('subscriptions').set({ status: 'suspended' }).where('id', '=', id).execute();
    const suspended = await carla.say('subscription 10023/2');
    assert.deepEqual(buttons(suspended), ['Resume', 'Users', 'Order', 'Subscriptions']);
    assert.match(shown(suspended), /It is suspended/);
    await talk.db.updateTable('subscriptions').set({ status: 'active' }).where('id', '=', id).execute();
  });

  test('is opened from the list', async () => {
    const list = await carla.say('subscriptions office');
    assert.deepEqual(choices(list, 'text'), [
      { title: '10023/2 · Office 365 E3', value: 'subscription 10023/2' },
    ]);
    const opened = await carla.press(list, 'Open', { text: 'subscription 10023/2' });
    assert.match(opened.text, /^10023\/2 of Contoso: 5 × Office 365 E3, Active\./);
  });

  test('without a number of its own, or one that is not there, leads on', async () => {
    assert.match((await carla.say('subscription')).text, /^Contoso: 4 subscriptions/);
    assert.match((await carla.say('subscription webex')).text, /^Contoso: 1 subscription with/);
    assert.match((await carla.say('subscription 10023/9')).text, /10023\/9 has no subscription/);
    assert.match((await carla.say('subscription 10025/1')).text, /There is no order 10025/);
    assert.match((await carla.say('subscription 10026/1')).text, /There is no order 10026/);
  });
});
