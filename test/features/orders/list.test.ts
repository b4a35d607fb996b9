import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
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
    ['invoices historical draft', [10027]],
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
    assert.deepEqual(numbers(await arjun.say('orders historical')), [10027, 10026, 10024, 10023]);
    const priya = talk.as('priya');
    await priya.say('use fabrikam');
    assert.deepEqual(numbers(await priya.say('orders')), [10025]);
    assert.deepEqual(numbers(await priya.say('orders historical')), [10028]);
  });

  test('a row has number, items, requested changes, creator, date, status and note', async () => {
    const [draft, branches] = rows(await carla.say('orders historical'));

    assert.deepEqual(draft, [
      'HAMARACLOUD10027\n3 × Office 365 E3',
      'Increase\nCarla Diaz, Contoso\n12 Nov 2026',
      'Draft\nWaits for the budget of next year',
    ]);
    assert.equal(branches?.[0], 'HAMARACLOUD10024\n2,000 × UniversalMessaging Small Business Edition (1GB)');
  });

  for (const [text, found] of [
    ['0024', [10024]],
    ['HAMARACLOUD1002', [10027, 10024, 10023]],
    ['hamaracloud10023', [10023]],
    ['office', [10027, 10023]],
    ['webex', [10023]],
    ['carla', [10027, 10024]],
    ['northwind', [10023]],
    ['contoso', [10027, 10024, 10023]],
    ['"universalmessaging small"', [10024, 10023]],
    ['10026', []],
    ['fabrikam', []],
    ['%', []],
    ['1_', []],
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
    assert.match(shown(nothing), /No orders with “webex” that can still change/);

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
