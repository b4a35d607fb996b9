import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { organizationId } from '../orders/stock.ts';

const MAIN = [
  'name',
  'address',
  'postalCode',
  'city',
  'country',
  'phone',
  'contactFirstName',
  'contactLastName',
  'contactEmail',
];
const MORE = ['addressMore', 'state', 'contactPhone', 'domains', 'mpnId', 'currency'];

onBothEngines('a new organization', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  const stored = (name: string) =>
    talk.db.selectFrom('organizations').selectAll().where('name', '=', name).executeTakeFirst();
  const domainsOf = async (id: number) =>
    (await talk.db.selectFrom('domains').select('domain').where('organization_id', '=', id).execute())
      .map(({ domain }) => domain)
      .sort();
  const full = async (who: 'priya' | 'nora' = 'priya'): Promise<Reply> => {
    const form = await talk.as(who).say('new organization');
    return talk.as(who).press(form, 'More fields');
  };

  test('the form asks for what an order needs first, and for the rest under More', async () => {
    const form = await talk.as('priya').say('new organization Tailspin Toys');
    assert.deepEqual(fields(form), ['kind', 'parent', ...MAIN]);
    assert.equal(typed(form, 'name'), 'Tailspin Toys');
    assert.equal(typed(form, 'kind'), 'customer');
    const more = await talk.as('priya').press(form, 'More fields', { name: 'Tailspin', city: 'Oslo' });
    assert.equal(more.position, 'instead');
    assert.deepEqual(fields(more), ['kind', 'parent', ...MAIN, ...MORE]);
    assert.equal(typed(more, 'name'), 'Tailspin');
    assert.equal(typed(more, 'city'), 'Oslo');
    assert.deepEqual(buttons(more), ['Create', 'Cancel']);
  });

  test('all that is filled in is kept', async () => {
    const form = await full();
    const reply = await talk.as('priya').press(form, 'Create', {
      kind: 'customer',
      parent: String(await organizationId(talk.db, 'Northwind Partners')),
      name: '  Wingtip   Toys ',
      address: 'Storgata 1',
      addressMore: '3rd floor',
      postalCode: '0155',
      city: 'Oslo',
      state: 'Oslo fylke',
      country: 'norway',
      phone: '0047 22 34 56 78',
      contactFirstName: 'Wilma',
      contactLastName: 'Wing',
      contactEmail: 'Wilma@Wingtip.Example',
      contactPhone: '+47-22345679',
      domains: 'wingtip.example\nWINGTIP.onmicrosoft.com, bücher.example',
      mpnId: '',
      currency: 'nok',
    });
    assert.equal(
      reply.text,
      'Wingtip Toys is created.\nWingtip Toys, a customer of Northwind Partners.\nNothing is added to its prices yet. To add 15 %: markup "Wingtip Toys" 15',
    );
    const markup = await talk.as('priya').press(reply, 'Set the markup');
    assert.equal(typed(markup, 'of'), 'Wingtip Toys');
    assert.equal(reply.position, 'instead');
    assert.ok(buttons(reply).includes('New order'));
    const { id, parent_id, external_id, markup_bp, ...row } = (await stored('Wingtip Toys')) ?? { id: 0 };
    assert.deepEqual(row, {
      kind: 'customer',
      name: 'Wingtip Toys',
      address_1: 'Storgata 1',
      address_2: '3rd floor',
      city: 'Oslo',
      state: 'Oslo fylke',
      postal_code: '0155',
      country: 'NO',
      phone: '+4722345678',
      contact_first_name: 'Wilma',
      contact_last_name: 'Wing',
      contact_email: 'wilma@wingtip.example',
      contact_phone: '+4722345679',
      mpn_id: null,
      currency: 'NOK',
    });
    assert.equal(parent_id, await organizationId(talk.db, 'Northwind Partners'));
    assert.deepEqual(await domainsOf(id), [
      'wingtip.example',
      'wingtip.onmicrosoft.com',
      'xn--bcher-kva.example',
    ]);
    const history = await talk.db
      .selectFrom('history')
      .selectAll()
      .where('organization_id', '=', id)
      .execute();
    assert.deepEqual(
      history.map(({ summary }) => summary),
      ['Created the customer Wingtip Toys of Northwind Partners'],
    );
  });

  const wrong = (
    [
      ['name', '', 'Write the name.'],
      ['name', 'contoso', 'The name “contoso” is taken. Choose another one.'],
      ['name', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['address', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['addressMore', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['city', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['state', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['contactFirstName', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['contactLastName', 'x'.repeat(101), 'Up to 100 letters fit here; these are 101.'],
      ['postalCode', '#1', '“#1” is not a postal code. Write it like 111 34.'],
      ['country', 'Atlantis', '“Atlantis” is not a country. Write its name, or its two letters like SE.'],
      ['country', 'ZZ', '“ZZ” is not a country. Write its name, or its two letters like SE.'],
      ['phone', '0844012000', '“0844012000” has no country code. Write it like +46-84401200.'],
      ['phone', 'call me', '“call me” is not a phone number. Write it like +46-84401200.'],
      ['contactPhone', '+12', '“+12” is not a phone number. Write it like +46-84401200.'],
      ['contactEmail', 'wilma', '“wilma” is not an e-mail address.'],
      ['domains', 'new.example wingtip', '“wingtip” is not a domain. Write it like contoso.example.'],
      ['domains', 'contoso.example', 'contoso.example belongs to Contoso.'],
      ['mpnId', 'abc', '“abc” is not an MPN ID. It is made of digits, like 4783211.'],
      ['mpnId', '4783211', 'Only a reseller has an MPN ID.'],
      ['currency', 'EURO', '“EURO” is not a currency. Write its three letters, like EUR.'],
      ['kind', 'provider', 'Choose what it is.'],
    ] as const
  ).map(([field, value, sentence]) => ({ field, value, sentence }));
  for (const { field, value, sentence } of wrong) {
    test(`${field} “${value.slice(0, 20)}” comes back with its sentence`, async () => {
      const form = await full();
      const values = { name: 'Adatum', kind: 'customer', city: 'Riga', [field]: value };
      const again = await talk.as('priya').press(form, 'Create', values);
      assert.equal(errorAt(again, field), sentence);
      assert.equal(typed(again, field) ?? '', value);
      assert.equal(typed(again, field === 'city' ? 'name' : 'city'), field === 'city' ? 'Adatum' : 'Riga');
      assert.equal(await stored('Adatum'), undefined);
    });
  }

  test('an error under More opens it', async () => {
    const priya = talk.as('priya');
    const again = await priya.say('new organization Adatum currency=EURO');
    assert.match(errorAt(again, 'currency') ?? '', /is not a currency/);
  });

  test('a reseller has an MPN ID and belongs to the provider', async () => {
    const priya = talk.as('priya');
    const northwind = String(await organizationId(talk.db, 'Northwind Partners'));
    const form = await full();
    const values = { kind: 'reseller', name: 'Proseware', mpnId: '555001' };
    const again = await priya.press(form, 'Create', { ...values, parent: northwind });
    assert.equal(errorAt(again, 'parent'), 'A reseller belongs to HamaraCloud.');
    const hamara = String(await organizationId(talk.db, 'HamaraCloud'));
    const made = await priya.press(again, 'Create', { ...values, parent: hamara });
    assert.match(
      made.text,
      /^Proseware is created\.\nProseware, a reseller of HamaraCloud\.\nNothing is added/,
    );
    assert.match(shown(made), /MPN ID: 555001/);
  });

  test('an account manager makes customers, no resellers', async () => {
    const form = await talk.as('arjun').say('new organization');
    assert.deepEqual(choices(form, 'kind'), []);
    const made = await talk.as('arjun').press(form, 'Create', { name: 'Litware' });
    assert.match(made.text, /Litware, a customer of HamaraCloud/);
    const forged = { kind: 'reseller', name: 'Litware Resale', once: 'a'.repeat(20) };
    const refused = await talk.as('arjun').submit('organizations.create', forged);
    assert.match(refused.text, /Choose what it is/);
    assert.equal(await stored('Litware Resale'), undefined);
  });

  test('a reseller admin makes customers of its own reseller only', async () => {
    const nora = talk.as('nora');
    const form = await nora.say('new organization');
    assert.deepEqual(fields(form), MAIN);
    const made = await nora.press(form, 'Create', { name: 'Fourth Coffee', phone: '+1 (206) 555-0100' });
    assert.match(made.text, /Fourth Coffee, a customer of Northwind Partners/);
    const forged = { name: 'Stolen', parent: String(await organizationId(talk.db, 'HamaraCloud')) };
    await nora.submit('organizations.create', { ...forged, once: 'b'.repeat(20) });
    assert.equal(await stored('Stolen'), undefined);
  });

  test('a domain of somebody whom one can’t see is taken, without a name', async () => {
    const again = await talk.as('nora').say('new organization Adatum domains=fabrikam.example');
    assert.equal(errorAt(again, 'domains'), 'fabrikam.example belongs to another organization.');
    assert.doesNotMatch(JSON.stringify(again).replaceAll('fabrikam.example', ''), /fabrikam/i);
  });

  for (const who of ['carla', 'chris'] as const) {
    test(`${who} makes none`, async () => {
      assert.match((await talk.as(who).say('new organization')).text, /may not do that/);
      const forged = { name: 'Mine', kind: 'customer' };
      const refused = await talk.as(who).submit('organizations.create', forged);
      assert.match(refused.text, /may not do that/);
    });
  }

  test('the form can be filled from the command', async () => {
    const made = await talk
      .as('priya')
      .say(
        'new organization Alpine Ski House city=Bern country=CH “address=Bundesgasse 1” reseller=northwind',
      );
    assert.match(
      made.text,
      /^Alpine Ski House is created\.\nAlpine Ski House, a customer of Northwind Partners/,
    );
    const row = await stored('Alpine Ski House');
    assert.deepEqual([row?.city, row?.country, row?.address_1], ['Bern', 'CH', 'Bundesgasse 1']);
    const unknown = await talk.as('priya').say('new organization Margie colour=red');
    assert.match(unknown.text, /There is no field “colour”\. There are: name, address1, .*, kind, parent\.$/);
    assert.equal(errorAt(unknown, 'name'), undefined);
    const loose = await talk.as('priya').say('new organization Margie city=San José country=CR');
    assert.match(loose.text, /Margie is created/);
    assert.equal((await stored('Margie'))?.city, 'San José');
  });

  test('the same form sent twice makes one', async () => {
    const priya = talk.as('priya');
    const form = await priya.say('new organization');
    await priya.press(form, 'Create', { name: 'Trey Research' });
    const second = await priya.press(form, 'Create', { name: 'Trey Research' });
    assert.match(second.text, /Trey Research is created/);
  });

  test('of two who take the same name at once, one is told that it is taken', async () => {
    const [one, other] = [talk.as('priya'), talk.as('arjun')];
    const replies = await Promise.all([
      one.say('new organization Lamna city=Rome'),
      other.say('new organization lamna city=Rome'),
    ]);
    assert.equal(replies.filter(({ text }) => /is created/.test(text)).length, 1);
    assert.equal(replies.filter(({ text }) => /is taken/.test(text)).length, 1);
  });
});
