import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';

const names = (reply: Reply) => rows(reply).map(([product = '']) => product.split('\n')[0]);
const row = (reply: Reply, name: string) => rows(reply).find(([product]) => product?.startsWith(name));
const whole = (reply: Reply) => JSON.stringify(reply);

const personal = { platform: 'test', kind: 'personal', name: '' } as const;

onBothEngines('the catalog', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  let nora: Speaker;
  let priya: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    nora = talk.as('nora');
    priya = talk.as('priya');
  });
  after(() => talk.close());

  test('shows products by offering with code, unit, commitment and the price of the customer', async () => {
    const reply = await carla.say('catalog office');

    assert.match(reply.text, /^Contoso: 5 products with “office”\./);
    assert.deepEqual(row(reply, 'Office 365 E3'), [
      'Office 365 E3\nO365-E3 · yearly commitment',
      'Microsoft O365\nCorporate · Office 365',
      '€22.00\nper user',
    ]);
  });

  for (const [text, found] of [
    ['E3', ['Office 365 E3']],
    ['o365-e1', ['Office 365 E1']],
    ['academic', ['Office 365 A3 for faculty']],
    ['business premium', ['Microsoft 365 Business Premium']],
    ['corporate e5', ['Office 365 E5']],
    ['webex', ['Webex Suite']],
    ['core', ['Core']],
    ['100%', []],
    ['zoom', []],
  ] as const) {
    test(`finds ${found.length} for “${text}”, in name, code, group, category or offering`, async () => {
      assert.deepEqual(names(await carla.say(`catalog ${text}`)), found);
    });
  }

  test('the resources of machines are in it, to be configured and not ordered by themselves', async () => {
    const reply = await carla.say('catalog azure pack');

    assert.deepEqual(names(reply), [
      'Azure Pack virtual machines',
      '1 Static IPv4 Address',
      '10 S2S Channels',
      'Core',
      'Disk',
      'Extra storage',
      'Memory',
    ]);
    assert.ok(buttons(reply).includes('Order Azure Pack virtual machines'));
    assert.ok(!buttons(reply).includes('Order Core'));
  });

  test('what is configured costs what is configured, and its own price on top where it has one', async () => {
    const before = await carla.say('catalog AP-IAAS');
    assert.match(before.text, /AP-IAAS Azure Pack virtual machines: priced as configured$/);
    assert.equal(row(before, 'Azure Pack virtual machines')?.[2], 'As configured');
    assert.doesNotMatch(whole(await nora.say('prices AP-IAAS')), /0\.00/);

    await priya.say('price AP-IAAS 10');
    const now = await carla.say('catalog AP-IAAS');
    assert.match(now.text, /: €12\.08 per configuration and month, and what is configured$/);
    assert.equal(
      row(now, 'Azure Pack virtual machines')?.[2],
      '€12.08\nper configuration, and what is configured',
    );
    await priya.say('price AP-IAAS 0');
  });

  test('says so where nothing is priced in the currency of a customer, and what mends it', async () => {
    const priya = talk.as('priya', { ...personal, conversation: 'personal:priya:2' });
    await priya.say('new organization Adatum currency=SEK');
    await priya.say('use adatum');
    const none = 'Nothing in the catalog has a price in SEK yet, the currency of Adatum.';
    const reply = await priya.say('catalog e3');
    assert.match(reply.text, new RegExp(`^${none} Set prices in it, such as: price O365-E3 22.50 SEK`));
    assert.deepEqual(buttons(reply), ['Set a price', 'Price list']);
    const arjun = talk.as('arjun');
    await arjun.say('use adatum');
    assert.equal((await arjun.say('catalog')).text, `${none} An admin of the provider can set prices in it.`);

    await priya.say('price O365-E3 220 SEK');
    assert.match((await priya.say('catalog e3')).text, /^Adatum: 1 product with “e3”/);
    assert.match((await priya.say('catalog zoom')).text, /^Adatum: no products with “zoom”/);
    await talk.db.deleteFrom('prices').where('currency', '=', 'SEK').execute();
  });

  test('pages, and searches from the card', async () => {
    const first = await carla.say('catalog');
    assert.match(first.text, /^Contoso: 16 products\. Page 1 of 2\./);
    assert.equal(names(first).length, 10);
    const second = await carla.press(first, 'Next page');
    assert.equal(second.position, 'instead');
    assert.equal(names(second).length, 6);

    const found = await carla.press(first, 'Search', { text: 'e5', group: 'all' });
    assert.deepEqual(names(found), ['Office 365 E5']);
    assert.equal(typed(found, 'text'), 'e5');
    const group = choices(first, 'group').find(
      ({ title }) => title === 'Webex · Collaboration · Webex Wholesale',
    );
    const inGroup = await carla.press(first, 'Search', { text: '', group: group?.value ?? '' });
    assert.deepEqual(names(inGroup), ['Webex Suite']);
    assert.equal(typed(inGroup, 'group'), group?.value);
    const back = await carla.press(await carla.press(first, 'Next page'), 'Previous page');
    assert.deepEqual(names(back), names(first));
  });

  test('a customer sees its price and nothing of what is behind it; who only reads can’t order', async () => {
    for (const who of ['carla', 'chris'] as const) {
      const reply = await talk.as(who).say('catalog e3');
      assert.match(shown(reply), /€22\.00/);
      assert.doesNotMatch(whole(reply), /19\.13|18\.22|markup|purchase|list price|15 %/i);
    }
    assert.ok(buttons(await carla.say('catalog e3')).includes('Order Office 365 E3'));
    for (const command of ['prices', 'price O365-E3 1', 'markup Contoso 1', 'enable', 'disable webex']) {
      assert.doesNotMatch(whole(await carla.say(command)), /€|%|list price/i);
    }
  });

  test('a reseller sees what it pays and its customer’s markup, never the list price or its own markup', async () => {
    await nora.say('use contoso');
    const reply = await nora.say('catalog e3');
    assert.match(shown(reply), /€22\.00\nper user\npurchase €19\.13/);
    assert.match(shown(reply), /Markup 15 %/);
    assert.doesNotMatch(whole(reply), /18\.22|\b5 %/);

    const prices = await nora.say('prices e3');
    assert.match(prices.text, /^Northwind Partners: 1 product .*\nO365-E3 Office 365 E3: €19\.13/);
    assert.doesNotMatch(whole(prices), /18\.22|22\.00|\b5 %|markup/i);
  });

  test('the provider sees all of it for a customer, and the list prices without one', async () => {
    const list = await priya.say('catalog e3');
    assert.match(list.text, /^HamaraCloud: 1 product .*\nO365-E3 Office 365 E3: €18\.22/);
    await priya.say('use contoso');
    const reply = await priya.say('catalog e3');
    assert.match(shown(reply), /€22\.00\nper user\npurchase €19\.13\nlist €18\.22/);
    assert.match((await priya.say('prices e3')).text, /^HamaraCloud: .*\n.*€18\.22/);
  });

  test('who has no offering sees what it could have, and is led to enabling it', async () => {
    const arjun = talk.as('arjun');
    await arjun.say('use fabrikam');
    const reply = await arjun.say('catalog webex');
    assert.match(shown(reply), /Not enabled yet/);
    // Of the provider's own customers the purchase price is the list price.
    assert.match(shown(reply), /€11\.39\nper user\npurchase €10\.35\nlist €10\.35/);
    assert.ok(buttons(reply).includes('Enable Webex'));
  });

  test('where others read along there is the customer’s price alone, and no price list', async () => {
    for (const who of ['priya', 'nora'] as const) {
      const there = talk.as(who, channel(`prices-${who}`));
      await there.say('use contoso');
      const reply = await there.say('catalog e3');
      assert.match(shown(reply), /€22\.00/);
      assert.doesNotMatch(whole(reply), /19\.13|18\.22|markup|purchase/i);
      const refused = await there.say('prices');
      assert.match(refused.text, /personal chat/);
      assert.doesNotMatch(whole(refused), /€/);
      const own = await there.submit('catalog.page', { view: 'provider', query: '', of: '', page: 1 });
      assert.doesNotMatch(whole(own), /€/);
    }
  });

  test('what a client makes up shows nobody more', async () => {
    const chris = talk.as('chris');
    for (const view of ['provider', 'reseller', 'customer']) {
      const reply = await chris.submit('catalog.search', { view, text: 'e3', group: '99999' });
      assert.doesNotMatch(whole(reply), /19\.13|18\.22|markup/i);
    }
    const none = await carla.submit('catalog.page', {
      view: 'customer',
      query: '',
      of: '999999999',
      page: 9,
    });
    assert.match(none.text, /no products/);
  });
});
