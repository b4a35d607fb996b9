import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

const PLACE = ['address', 'postalCode', 'city', 'country', 'phone'];
const CONTACT = ['contactFirstName', 'contactLastName', 'contactEmail'];

onBothEngines('a changed organization', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  const stored = (name: string) =>
    talk.db.selectFrom('organizations').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
  const domainsOf = async (name: string) =>
    (
      await talk.db
        .selectFrom('domains')
        .select('domain')
        .where('organization_id', '=', await organizationId(talk.db, name))
        .execute()
    )
      .map(({ domain }) => domain)
      .sort();

  for (const [who, of, asked] of [
    [
      'priya',
      'fabrikam',
      ['parent', 'name', ...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains', 'currency'],
    ],
    [
      'priya',
      'northwind',
      ['name', ...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains', 'mpnId', 'currency'],
    ],
    [
      'arjun',
      'contoso',
      ['name', ...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains', 'currency'],
    ],
    [
      'nora',
      'contoso',
      ['name', ...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains', 'currency'],
    ],
    [
      'nora',
      'northwind',
      ['name', ...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains', 'mpnId', 'currency'],
    ],
    ['carla', 'contoso', [...PLACE, ...CONTACT, 'addressMore', 'state', 'contactPhone', 'domains']],
  ] as const) {
    test(`${who} may change of ${of}: ${asked.length} fields`, async () => {
      assert.deepEqual(fields(await talk.as(who).say(`change organization ${of}`)), asked);
    });
  }

  for (const [who, of] of [
    ['arjun', 'Northwind Partners'],
    ['arjun', 'HamaraCloud'],
  ] as const) {
    test(`${who} may not change ${of}`, async () => {
      const problem = `Your role does not let you change ${of}.`;
      assert.match((await talk.as(who).say(`change organization ${of}`)).text, new RegExp(problem));
      const id = await organizationId(talk.db, of);
      const forged = await talk.as(who).submit('organizations.change', { id, name: 'Mine', more: true });
      assert.match(forged.text, new RegExp(problem));
      assert.equal((await stored(of)).name, of);
    });
  }

  test('a customer only reads', async () => {
    assert.match((await talk.as('chris').say('change organization contoso')).text, /may not do that/);
  });

  test('saving says what changed, and history keeps it', async () => {
    const carla = talk.as('carla');
    const form = await carla.say('change organization');
    assert.equal(typed(form, 'city'), 'Madrid');
    assert.equal(typed(form, 'country'), 'Spain');
    assert.equal(typed(form, 'domains'), 'contoso.example\ncontoso.onmicrosoft.com');
    const filled = Object.fromEntries(fields(form).map((id) => [id, typed(form, id) ?? '']));
    const saved = await carla.press(form, 'Save', {
      ...filled,
      city: 'Barcelona',
      domains: 'contoso.example contoso.net',
    });
    assert.equal(saved.position, 'instead');
    assert.deepEqual(rows(saved), [
      ['City', 'Madrid', 'Barcelona'],
      ['Domains', 'contoso.example, contoso.onmicrosoft.com', 'contoso.example, contoso.net'],
    ]);
    assert.deepEqual(await domainsOf('Contoso'), ['contoso.example', 'contoso.net']);
    const entry = await talk.db
      .selectFrom('history')
      .select(['summary', 'before', 'after', 'actor_name'])
      .where('kind', '=', 'change organization')
      .executeTakeFirstOrThrow();
    assert.deepEqual(entry, {
      summary: 'Changed Contoso: City, Domains',
      before: { City: 'Madrid', Domains: 'contoso.example, contoso.onmicrosoft.com' },
      after: { City: 'Barcelona', Domains: 'contoso.example, contoso.net' },
      actor_name: 'Carla Diaz',
    });
    assert.match((await carla.say('history')).text, /Carla Diaz: Changed Contoso: City, Domains/);
  });

  const filledIn = (form: Reply) => Object.fromEntries(fields(form).map((id) => [id, typed(form, id) ?? '']));

  test('of two who fill in the form at once the second learns what the first has changed', async () => {
    await addCustomer(talk.db, 'Twofold', 'Northwind Partners');
    const [first, second] = [talk.as('priya'), talk.as('nora')];
    const [ones, twos] = [
      await first.say('change organization twofold'),
      await second.say('change organization twofold'),
    ];
    await first.press(ones, 'Save', { ...filledIn(ones), city: 'Oslo', phone: '+46-84401200' });

    const back = await second.press(twos, 'Save', {
      ...filledIn(twos),
      city: 'Bergen',
      postalCode: '111 34',
    });
    assert.equal(back.position, 'instead');
    assert.match(errorAt(back, 'city') ?? '', /made it “Oslo”\. Save again to put yours/);
    assert.match(errorAt(back, 'phone') ?? '', /changed it to this/);
    assert.deepEqual(
      ['city', 'phone', 'postalCode'].map((id) => typed(back, id)),
      ['Bergen', '+4684401200', '111 34'],
    );
    assert.equal((await stored('Twofold')).city, 'Oslo');

    const saved = await second.press(back, 'Save', filledIn(back));
    assert.deepEqual(rows(saved), [
      ['Postal code', '–', '111 34'],
      ['City', 'Oslo', 'Bergen'],
    ]);
    assert.equal((await stored('Twofold')).phone, '+4684401200');
  });

  test('what was seen goes along to the other fields, and past a mistake', async () => {
    await addCustomer(talk.db, 'Threefold', 'Northwind Partners');
    const [first, second] = [talk.as('priya'), talk.as('nora')];
    const form = await second.say('change organization threefold');
    await first.say('change organization threefold city=Oslo');
    const save = form.card?.actions?.[0];
    assert.ok(save?.type === 'Action.Execute');
    const more = await second.submit('organizations.more', { ...save.data, ...filledIn(form) });
    const wrong = await second.press(more, 'Save', { ...filledIn(more), country: 'Atlantis' });
    assert.match(errorAt(wrong, 'city') ?? '', /changed it to this/);
    assert.equal(typed(wrong, 'city'), 'Oslo');
  });

  test('what is as it was is not saved, and leaves no history', async () => {
    const arjun = talk.as('arjun');
    const form = await arjun.say('change organization fabrikam');
    const filled = Object.fromEntries(fields(form).map((id) => [id, typed(form, id) ?? '']));
    const saved = await arjun.press(form, 'Save', filled);
    assert.match(saved.text, /^Everything of Fabrikam is as it was\./);
    const id = await organizationId(talk.db, 'Fabrikam');
    const entries = await talk.db
      .selectFrom('history')
      .select('id')
      .where('organization_id', '=', id)
      .where('kind', '=', 'change organization')
      .execute();
    assert.equal(entries.length, 0);
  });

  test('what a customer admin may not change stays, whatever is sent', async () => {
    const id = await organizationId(talk.db, 'Contoso');
    const before = await stored('Contoso');
    await talk.as('carla').submit('organizations.change', {
      id,
      more: true,
      name: 'Mine',
      currency: 'USD',
      mpnId: '123456',
      parent: String(await organizationId(talk.db, 'HamaraCloud')),
      markupBp: '0',
      address: before.address_1,
      postalCode: before.postal_code,
      city: before.city,
      country: 'ES',
      phone: before.phone,
      contactFirstName: before.contact_first_name,
      contactLastName: before.contact_last_name,
      contactEmail: 'new@contoso.example',
      domains: 'contoso.example',
    });
    assert.deepEqual(await stored('Contoso'), { ...before, contact_email: 'new@contoso.example' });
  });

  test('fields that were not on the form stay', async () => {
    await addCustomer(talk.db, 'Tailspin', 'Northwind Partners');
    await talk.as('nora').say('change organization tailspin state=Skåne domains=tailspin.example');
    const id = await organizationId(talk.db, 'Tailspin');
    await talk.as('nora').submit('organizations.change', { id, more: false, name: 'Tailspin', city: 'Lund' });
    const row = await stored('Tailspin');
    assert.deepEqual([row.city, row.state, row.currency], ['Lund', 'Skåne', 'EUR']);
    assert.deepEqual(await domainsOf('Tailspin'), ['tailspin.example']);
  });

  test('what was wrong comes back with what was typed', async () => {
    const nora = talk.as('nora');
    const form = await nora.say('change organization contoso');
    const again = await nora.press(form, 'Save', { name: 'FABRIKAM', phone: '12', city: 'Vigo' });
    assert.equal(again.position, 'instead');
    assert.match(errorAt(again, 'name') ?? '', /“FABRIKAM” is taken/);
    assert.match(errorAt(again, 'phone') ?? '', /“12” has no country code/);
    assert.equal(typed(again, 'city'), 'Vigo');
    assert.notEqual((await stored('Contoso')).city, 'Vigo');
  });

  test('a name may change its case, and is used at once', async () => {
    const priya = talk.as('priya');
    await addCustomer(talk.db, 'Relecloud', 'HamaraCloud');
    const saved = await priya.say('change organization relecloud name=ReleCloud');
    assert.deepEqual(rows(saved), [['Name', 'Relecloud', 'ReleCloud']]);
    assert.match((await priya.say('use rele')).text, /orders of ReleCloud/);
  });

  test('only a provider admin moves a customer to another reseller', async () => {
    await addCustomer(talk.db, 'Munson', 'HamaraCloud');
    await talk.as('arjun').say('change organization munson reseller=northwind');
    assert.equal((await stored('Munson')).parent_id, await organizationId(talk.db, 'HamaraCloud'));
    const saved = await talk.as('priya').say('change organization munson reseller=northwind');
    assert.deepEqual(rows(saved), [['Belongs to', 'HamaraCloud', 'Northwind Partners']]);
    assert.match((await talk.as('nora').say('organization munson')).text, /^Munson, a customer of Northwind/);
  });

  test('the markup of a customer is on no form and stays', async () => {
    const before = (await stored('Contoso')).markup_bp;
    const form = await talk.as('nora').say('change organization contoso');
    assert.doesNotMatch(JSON.stringify(form), /markup/i);
    await talk.as('nora').say('change organization contoso city=Cádiz');
    assert.equal((await stored('Contoso')).markup_bp, before);
  });

  test('once nothing is missing an order is offered', async () => {
    const priya = talk.as('priya');
    await priya.say(
      'change organization fabrikam firstname=Frida lastname=Falk email=frida@fabrikam.example',
    );
    const reply = await priya.say('organization fabrikam');
    assert.match(shown(reply), /All that an order needs is known\./);
    assert.ok(reply.card?.actions?.some(({ title }) => title === 'New order'));
  });

  test('another’s organization does not exist, nor can it be opened with a forged number', async () => {
    const id = await organizationId(talk.db, 'Fabrikam');
    const before = await stored('Fabrikam');
    for (const who of ['nora', 'carla'] as const) {
      for (const verb of ['organizations.change', 'organizations.more']) {
        const reply = await talk.as(who).submit(verb, { id, more: true, name: 'Mine' });
        assert.match(reply.text, /^There is no organization/);
        assert.doesNotMatch(JSON.stringify(reply), /Fabrikam|Berlin/);
      }
    }
    assert.deepEqual(await stored('Fabrikam'), before);
  });

  test('what stands between quotes is one value, and a name between them may hold “=”', async () => {
    const priya = talk.as('priya');
    const wrong = await priya.say('change organization fabrikam country="Narnia"');
    assert.equal(
      errorAt(wrong, 'country'),
      '“Narnia” is not a country. Write its name, or its two letters like SE.',
    );
    await priya.say('new organization "A=B" city="Mo i Rana" state=“North  Land”');
    assert.equal((await stored('A=B')).city, 'Mo i Rana');
    assert.equal((await stored('A=B')).state, 'North Land');
    const saved = await priya.say('change organization "A=B" city="" name="city=Oslo"');
    assert.match(saved.text, /^city=Oslo is changed\./);
    assert.equal((await stored('city=Oslo')).city, null);
    assert.match((await priya.say('change organization "city=Oslo" "state=Viken"')).text, /Viken/);
    assert.equal((await stored('city=Oslo')).state, 'Viken');
    assert.match(
      (await priya.say('change organization fabrikam contry=NO')).text,
      /There is no field “contry”\. There are: country, city, name,/,
    );
    const postal = await priya.say('change organization fabrikam postal=12345 city=Bergen');
    assert.match(postal.text, /There is no field “postal”\. There are: postalCode, name,/);
    assert.equal(errorAt(postal, 'name'), undefined);
    assert.equal(typed(postal, 'city'), 'Bergen', 'what was understood is in the form');
    assert.notEqual((await stored('Fabrikam')).city, 'Bergen', 'and nothing is saved');
  });

  test('who may not change a field is told so, and nothing is saved without it', async () => {
    const carla = talk.as('carla');
    const reply = await carla.say('change organization contoso name=Contoso2 markup=0 city=Bilbao');
    assert.match(reply.text, /\nYou may not change the name and the markup\.$/);
    assert.equal(typed(reply, 'city'), 'Bilbao');
    assert.notEqual((await stored('Contoso')).city, 'Bilbao');
    const nora = talk.as('nora');
    assert.match(
      (await nora.say('change organization contoso reseller=hamaracloud')).text,
      /You may not change whose it is\./,
    );
    assert.match(
      (await nora.say('change organization contoso markup=5')).text,
      /The markup has a command of its own: markup "Contoso" 15/,
    );
  });
});
