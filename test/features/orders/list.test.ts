import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { addOrder } from './stock.ts';

const numbers = (reply: Reply) =>
  [...reply.text.matchAll(/HAMARACLOUD(\d+)/g)].map(([, digits]) => Number(digits));

onBothEngines('lists of orders', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  let arjun: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    arjun = talk.as('arjun');
    await arjun.say('use contoso');
  });
  after(() => talk.close());

  for (const [command, found] of [
    ['orders', []],
    ['orders recent', []],
    ['orders historical', [10027, 10024, 10023]],
    ['orders historical all', [10027, 10024, 10023]],
    ['orders all', [10027, 10024, 10023]],
    ['orders historical active', [10024, 10023]],
    ['orders active', [10024, 10023]],
    ['Orders Draft', [10027]],
  ] as const) {
    test(`${command} shows a customer ${found.length} orders, the newest first`, async () => {
      const reply = await carla.say(command);

      assert.deepEqual(numbers(reply), found);
      assert.match(
        reply.text,
        new RegExp(`^Contoso: ${found.length === 1 ? '1 order' : `${found.length} orders`}, `),
      );
      assert.equal(rows(reply).length, found.length);
    });
  }

  test('the provider sees the order that only changes the markup, and what failed at another customer', async () => {
    const historical = await arjun.say('orders historical');
    assert.deepEqual(numbers(historical), [10027, 10026, 10024, 10023]);
    assert.match(historical.text, /^HAMARACLOUD10026 \w+: markup change$/im);
    const priya = talk.as('priya');
    await priya.say('use fabrikam');
    assert.deepEqual(numbers(await priya.say('orders')), [10025]);
    assert.deepEqual(numbers(await priya.say('orders historical')), [10028]);
  });

  test('a row has number, items, requested changes, creator, date, status and note', async () => {
    const [draft] = rows(await carla.say('orders draft'));
    const [branches] = rows(await carla.say('orders active'));

    assert.deepEqual(draft, [
      'HAMARACLOUD10027\n3 × Office 365 E3',
      'Increase\nCarla Diaz, Contoso\n12 Nov 2026',
      'Draft\nWaits for the budget of next year',
    ]);
    assert.equal(branches?.[0], 'HAMARACLOUD10024\n2,000 × UniversalMessaging Small Business Edition (1GB)');
  });

  test('all of the historical ones are shown in more detail', async () => {
    const [draft, branches] = rows(await carla.say('orders historical all'));

    assert.deepEqual(draft, [
      'HAMARACLOUD10027\nMore Office licences\n3 × Office 365 E3',
      'Increase\nCarla Diaz, Contoso\n12 Nov 2026\nQuantity 3\nWould cost €66.00 a month',
      'Draft\nWaits for the budget of next year',
    ]);
    assert.deepEqual(branches, [
      'HAMARACLOUD10024\nMailboxes for the new branches\n2,000 × UniversalMessaging Small Business Edition (1GB)',
      'New subscription\nCarla Diaz, Contoso\n2 Oct 2026\nQuantity 2,000\nCosts €3,980.00 a month',
      'Completed\nVendor: Fulfilled',
    ]);
    await arjun.say('use fabrikam');
    const [refused] = rows(await arjun.say('orders historical'));
    assert.equal(
      refused?.[2],
      'Completed with errors\nVendor: Error\ne-mail address invalid for the customer',
    );
    await arjun.say('use contoso');
  });

  test('each view leads to the other, and its filters are buttons', async () => {
    const all = await carla.say('orders historical');
    assert.deepEqual(
      buttons(all).filter((title) => !/^Order|^Open/.test(title)),
      ['Active', 'Drafts', 'Recent orders', 'Oldest first'],
    );
    const drafts = await carla.press(all, 'Drafts');
    assert.deepEqual(numbers(drafts), [10027]);
    const active = await carla.press(drafts, 'Active');
    assert.deepEqual(numbers(active), [10024, 10023]);
    assert.deepEqual(numbers(await carla.press(active, 'All')), [10027, 10024, 10023]);
    const recent = await carla.press(active, 'Recent orders');
    assert.match(shown(recent), /Recent orders/);
    assert.deepEqual(numbers(await carla.press(recent, 'Historical orders')), [10027, 10024, 10023]);
  });

  test('is sorted by date both ways, by word and by button, on all its pages', async () => {
    for (const command of [
      'orders historical oldest',
      'orders oldest historical',
      'orders all oldest contoso',
    ])
      assert.deepEqual(numbers(await carla.say(command)), [10023, 10024, 10027], command);
    const oldest = await carla.press(await carla.say('orders historical'), 'Oldest first');
    assert.deepEqual(numbers(oldest), [10023, 10024, 10027]);
    assert.match(shown(oldest), /3 orders, the oldest first/);
    assert.deepEqual(numbers(await carla.press(oldest, 'Newest first')), [10027, 10024, 10023]);
    assert.deepEqual(numbers(await carla.press(oldest, 'Active')), [10023, 10024]);
  });

  test('an order is opened from its list', async () => {
    const list = await carla.say('orders historical');
    const [first] = choices(list, 'text');
    assert.deepEqual(first, { title: '10027 · Draft · 3 × Office 365 E3', value: 'order 10027' });
    const opened = await carla.press(list, 'Open', { text: 'order 10024' });
    assert.match(opened.text, /^HAMARACLOUD10024 of Contoso/);
  });

  for (const [text, found] of [
    ['0024', [10024]],
    ['HAMARACLOUD1002', [10027, 10024, 10023]],
    ['hamaracloud10023', [10023]],
    ['office', [10027, 10023]],
    ['OFFICE', [10027, 10023]],
    ['of', [10027, 10023]],
    ['webex', [10023]],
    ['carla', [10027, 10024]],
    ['northwind', [10023]],
    ['contoso', [10027, 10024, 10023]],
    ['"universalmessaging small"', [10024, 10023]],
    ['10026', []],
    ['fabrikam', []],
    ['%', []],
    ['1_', []],
    ['budget', [10027]],
    ['draft', [10027]],
    ['complete', [10024, 10023]],
    ['cloud', [10027, 10024, 10023]],
    ['cloud10024', [10024]],
    ['hamaracloud0024', []],
    ['"nora lind"', [10023]],
    ['10027 more', []],
    ["'; drop table orders; --", []],
  ] as const) {
    test(`a customer finds ${found.length} orders with ${text}`, async () => {
      const reply = await carla.say(`orders historical all ${text}`);

      assert.deepEqual(numbers(reply), found);
      assert.match(reply.text, new RegExp(`^Contoso: ${found.length} order`));
    });
  }

  test('a search that finds nothing among the recent ones leads on to the historical ones', async () => {
    const nothing = await carla.say('orders webex');
    assert.match(shown(nothing), /No recent orders with “webex”/);

    assert.deepEqual(numbers(await carla.press(nothing, 'Historical orders')), [10023]);
  });

  test('the order that only changes the markup is not in a list of a channel, whoever asks', async () => {
    const there = talk.as('arjun', channel('licences'));
    await there.say('use contoso');

    const reply = await there.say('orders historical');

    assert.deepEqual(numbers(reply), [10027, 10024, 10023]);
    assert.equal(reply.audience, 'asker');
  });

  test('twenty-five orders are three pages on which each is once', async () => {
    for (let number = 10101; number <= 10125; number++) {
      await addOrder(talk.db, {
        number,
        of: 'Fabrikam',
        status: 'Started',
        by: 'Pager',
        at: '2026-11-20T09:00:00Z',
      });
    }
    await arjun.say('use fabrikam');

    const first = await arjun.say('orders recent pager');
    assert.match(first.text, /^Fabrikam: 25 orders, recent\./);
    assert.match(shown(first), /Page 1 of 3/);
    assert.ok(!buttons(first).includes('Previous page'));
    const second = await arjun.press(first, 'Next page');
    assert.equal(second.position, 'instead');
    const third = await arjun.press(second, 'Next page');

    assert.ok(!buttons(third).includes('Next page'));
    const all = [first, second, third].flatMap(numbers);
    assert.deepEqual(
      all,
      Array.from({ length: 25 }, (_, index) => 10125 - index),
    );
    assert.deepEqual(numbers(await arjun.press(third, 'Previous page')), numbers(second));
    await arjun.say('use contoso');
  });

  test('a page that is no more is the last one', async () => {
    const values = { view: 'historical', filter: 'all', text: '', page: 1000 };
    assert.deepEqual(numbers(await carla.submit('orders.page', values)), [10027, 10024, 10023]);
  });

  test('a search longer than anything there is still has buttons that work', async () => {
    const nothing = await carla.say(`orders ${'e3 '.repeat(3000)}`);
    assert.ok(JSON.stringify(nothing.card?.actions).length < 1000);

    const there = await carla.press(nothing, 'Historical orders');

    assert.match(there.text, /^Contoso: 0 orders, historical/);
  });
});
