import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

onBothEngines('organizations, listed and shown', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  const names = (reply: Parameters<typeof rows>[0]) => rows(reply).map(([name = '']) => name.split('\n')[0]);

  for (const [who, seen] of [
    ['priya', ['HamaraCloud', 'Northwind Partners', 'Contoso', 'Fabrikam']],
    ['arjun', ['HamaraCloud', 'Northwind Partners', 'Contoso', 'Fabrikam']],
    ['nora', ['Northwind Partners', 'Contoso']],
    ['carla', ['Contoso']],
    ['chris', ['Contoso']],
  ] as const) {
    test(`${who} sees ${seen.length}`, async () => {
      const reply = await talk.as(who).say('organizations');
      assert.deepEqual(names(reply), seen);
      assert.match(reply.text, new RegExp(`: ${seen.length} organizations?\n`));
    });
  }

  test('a row says what it is, whose, where, whom one reaches there, and the MPN ID', async () => {
    const reply = await talk.as('priya').say('organizations');
    assert.deepEqual(rows(reply)[1], [
      'Northwind Partners\nReseller of HamaraCloud\nMPN ID 4783211',
      'Stockholm, Sweden',
      'Nora Lindgren\nnora@northwind.example',
    ]);
    assert.deepEqual(rows(reply)[3], ['Fabrikam\nCustomer of HamaraCloud', 'Berlin, Germany', '–']);
    assert.match(shown(reply), /4 organizations, among them 1 reseller and 2 customers\./);
  });

  for (const [typed, found] of [
    ['toso', ['Contoso']],
    ['CONTOSO.ONMICROSOFT', ['Contoso']],
    ['carla di', ['Contoso']],
    ['carla@', ['Contoso']],
    ['berlin', ['Fabrikam']],
    ['northwind', ['Northwind Partners', 'Contoso']],
    ['4783211', ['Northwind Partners']],
    ['100 %', []],
    ['nowhere', []],
  ] as const) {
    test(`a search for ${typed} finds ${found.length}`, async () => {
      assert.deepEqual(names(await talk.as('priya').say(`organizations ${typed}`)), found);
    });
  }

  test('a search finds nothing outside of the scope, not even by whose it is', async () => {
    for (const word of ['fabrikam', 'berlin', 'hamara', 'priya']) {
      const found = await talk.as('nora').say(`organizations ${word}`);
      assert.deepEqual(names(found), [], word);
      assert.deepEqual(names(await talk.as('carla').say(`organizations ${word}`)), [], word);
    }
    assert.deepEqual(names(await talk.as('carla').say('organizations northwind')), []);
  });

  test('the details say all that is known', async () => {
    const text = shown(await talk.as('chris').say('organization contoso'));
    for (const known of [
      'Contoso',
      'Northwind Partners',
      'Customer',
      'Address: Calle de Alcalá 45',
      'Postal code: 28014',
      'City: Madrid',
      'Country: Spain',
      'Phone: +34915550120',
      'First name: Carla',
      'Last name: Diaz',
      'E-mail: carla@contoso.example',
      'Domains: contoso.example, contoso.onmicrosoft.com',
      'Currency: EUR',
      'All that an order needs is known.',
    ]) {
      assert.ok(text.includes(known), known);
    }
  });

  test('what is missing before one can order is said, and no order is offered', async () => {
    const reply = await talk.as('priya').say('organization fabrikam');
    assert.match(
      shown(reply),
      /Before anything can be ordered, add the contact’s first name, the contact’s last name and the contact’s e-mail address\./,
    );
    assert.deepEqual(buttons(reply), ['Change', 'Use', 'Orders', 'All organizations']);
  });

  test('the buttons lead on', async () => {
    const arjun = talk.as('arjun');
    const reply = await arjun.say('organization contoso');
    assert.equal((await arjun.press(reply, 'Use')).text, 'You now see the orders of Contoso.');
    assert.match((await arjun.press(reply, 'Orders')).text, /^Contoso: /);
    assert.match((await arjun.press(reply, 'Change')).text, /^Change Contoso/);
    assert.deepEqual(buttons(await talk.as('chris').say('organization')).includes('Change'), false);
    const northwind = await arjun.say('organization northwind');
    assert.deepEqual(names(await arjun.press(northwind, 'Its customers')), ['Northwind Partners', 'Contoso']);
  });

  for (const [who, of, markup] of [
    ['priya', 'northwind', 'Markup: 5 %'],
    ['arjun', 'contoso', 'Markup: 15 %'],
    ['nora', 'contoso', 'Markup: 15 %'],
    ['nora', 'northwind', undefined],
    ['carla', 'contoso', undefined],
    ['chris', 'contoso', undefined],
    ['priya', 'hamara', undefined],
  ] as const) {
    test(`${who} sees ${markup ?? 'no markup'} of ${of}`, async () => {
      const reply = await talk.as(who).say(`organization ${of}`);
      assert.equal(/Markup: .*/.exec(shown(reply))?.[0], markup);
      assert.match(reply.text, new RegExp(of, 'i'));
    });
  }

  test('there is no markup in a channel, where others read along', async () => {
    const reply = await talk.as('priya', channel('somewhere')).say('organization contoso');
    assert.match(shown(reply), /Calle de Alcalá/);
    assert.doesNotMatch(JSON.stringify(reply), /[Mm]arkup|15 %/);
  });

  test('who is outside of the scope does not exist', async () => {
    for (const [who, name] of [
      ['nora', 'Fabrikam'],
      ['nora', 'HamaraCloud'],
      ['carla', 'Fabrikam'],
      ['carla', 'Northwind Partners'],
    ] as const) {
      for (const command of ['organization', 'change organization']) {
        const known = await talk.as(who).say(`${command} ${name}`);
        const unknown = await talk.as(who).say(`${command} Tailspin`);
        assert.equal(known.text.replace(name, '…'), unknown.text.replace('Tailspin', '…'));
      }
    }
  });

  test('many are listed by pages, with the search kept', async () => {
    for (let index = 10; index < 34; index++) await addCustomer(talk.db, `Tailspin ${index}`, 'HamaraCloud');
    const priya = talk.as('priya');
    const first = await priya.say('organizations tailspin');
    assert.match(first.text, /^HamaraCloud: 24 organizations with “tailspin”/);
    const second = await priya.press(first, 'Next page');
    assert.equal(second.position, 'instead');
    const third = await priya.press(second, 'Next page');
    const all = [first, second, third].flatMap(names);
    assert.equal(new Set(all).size, 24);
    assert.deepEqual(buttons(third), ['Previous page', 'New organization', 'All organizations']);
    const forged = await talk.as('nora').submit('organizations.page', { text: 'tailspin', page: 1 });
    assert.deepEqual(names(forged), []);
  });

  test('a part of several names is asked back', async () => {
    await addCustomer(talk.db, 'Contoso Labs', 'HamaraCloud');
    const priya = talk.as('priya');
    const question = await priya.say('organization contos');
    assert.equal(question.text, 'Which organization?');
    assert.match(
      (await priya.press(question, 'Contoso Labs')).text,
      /^Contoso Labs, a customer of HamaraCloud/,
    );
    assert.match(
      (await priya.say('organization contoso')).text,
      /^Contoso, a customer of Northwind Partners/,
    );
    assert.ok(await organizationId(talk.db, 'Contoso Labs'));
  });
});
