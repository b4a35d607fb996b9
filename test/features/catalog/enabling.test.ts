import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

const OFFICE = 'Microsoft O365';
const CONTACT = { first: 'Frida', last: 'Berg', email: 'frida@fabrikam.example' };
const confirmed = { migrate: 'false', confirmed: 'true' };

onBothEngines('offerings', (engine) => {
  let talk: CalmTalk;
  let priya: Speaker;
  let arjun: Speaker;
  let nora: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    priya = talk.as('priya');
    arjun = talk.as('arjun');
    nora = talk.as('nora');
    await addCustomer(talk.db, 'Tailspin', 'Northwind Partners');
    for (const name of ['Fabrikam', 'Tailspin']) await complete(name);
  });
  after(() => talk.close());
  beforeEach(async () => {
    for (const name of ['Fabrikam', 'Tailspin']) {
      const id = await organizationId(talk.db, name);
      await talk.db.deleteFrom('enabled_offerings').where('organization_id', '=', id).execute();
    }
  });

  const complete = (name: string) =>
    talk.db
      .updateTable('organizations')
      .set({
        contact_first_name: CONTACT.first,
        contact_last_name: CONTACT.last,
        contact_email: CONTACT.email,
        address_1: 'Torstraße 100',
        city: 'Berlin',
        postal_code: '10119',
        country: 'DE',
        phone: '+493055501000',
      })
      .where('name', '=', name)
      .execute();
  const has = async (name: string) =>
    talk.db
      .selectFrom('enabled_offerings as e')
      .innerJoin('offerings as f', 'f.id', 'e.offering_id')
      .selectAll('e')
      .select('f.name')
      .where('e.organization_id', '=', await organizationId(talk.db, name))
      .orderBy('f.name')
      .execute();
  const history = async (name: string) =>
    talk.db
      .selectFrom('history')
      .select(['kind', 'summary', 'actor_name'])
      .where('organization_id', '=', await organizationId(talk.db, name))
      .where('kind', 'in', ['enable', 'disable'])
      .orderBy('id')
      .execute();
  const form = (who: Speaker, of: string, offering = OFFICE) => who.say(`enable "${offering}" "${of}"`);

  test('a customer is given an offering: the form leads from its contact to an order', async () => {
    const asked = await form(arjun, 'Fabrikam');
    assert.deepEqual(fields(asked), ['contactName', 'contactEmail', 'domain', 'migrate', 'confirmed']);
    assert.equal(typed(asked, 'contactName'), 'Frida Berg');
    assert.equal(typed(asked, 'contactEmail'), CONTACT.email);
    assert.match(shown(asked), /alternative e-mail of the first administrator in the customer’s tenant/);
    assert.match(shown(asked), /Only for a customer who already has Microsoft O365/);

    const done = await arjun.press(asked, 'Enable', {
      contactName: 'Frida Berg',
      contactEmail: 'Frida@Fabrikam.example',
      domain: 'Fabrikam.onmicrosoft.com',
      ...confirmed,
    });

    assert.equal(done.text, 'Microsoft O365 is enabled for Fabrikam.');
    assert.equal(done.position, 'instead');
    assert.ok(buttons(done).includes('New order'));
    const [row] = await has('Fabrikam');
    assert.ok(row);
    assert.deepEqual(
      [row.name, row.contact_email, row.domain, row.is_migration, row.confirmed_by],
      [OFFICE, CONTACT.email, 'fabrikam.onmicrosoft.com', false, 'Arjun Mehta'],
    );
    assert.deepEqual((await history('Fabrikam')).at(-1), {
      kind: 'enable',
      summary:
        'Enabled Microsoft O365 (fabrikam.onmicrosoft.com), contact Frida Berg <frida@fabrikam.example>',
      actor_name: 'Arjun Mehta',
    });

    const list = await arjun.say('offerings fabrikam');
    assert.match(
      list.text,
      /^Fabrikam: 1 offering\.\nMicrosoft O365: Frida Berg <frida@fabrikam.example>, fabrikam\.onmicrosoft\.com/,
    );
    assert.deepEqual(rows(list)[0], [
      'Microsoft O365\nMicrosoft',
      'Frida Berg\nfrida@fabrikam.example\nfabrikam.onmicrosoft.com',
      '21 Nov 2026\nArjun Mehta',
    ]);
    assert.match((await form(arjun, 'Fabrikam')).text, /Fabrikam has Microsoft O365 already/);
    const again = await arjun.press(asked, 'Enable', { ...confirmed, domain: 'fabrikam' });
    assert.equal(again.text, done.text);
  });

  test('each bad field comes back with what was typed and its sentence; nothing is added', async () => {
    const asked = await form(priya, 'Fabrikam');
    const back = await priya.press(asked, 'Enable', {
      contactName: ' ',
      contactEmail: 'frida',
      domain: 'fabrikam.com',
      migrate: 'true',
      confirmed: 'false',
    });

    assert.equal(back.position, 'instead');
    assert.equal(typed(back, 'contactEmail'), 'frida');
    assert.equal(typed(back, 'domain'), 'fabrikam.com');
    assert.equal(typed(back, 'migrate'), 'true');
    assert.equal(errorAt(back, 'contactName'), 'Write the name of the contact person.');
    assert.equal(errorAt(back, 'contactEmail'), '“frida” is not an e-mail address.');
    assert.match(errorAt(back, 'domain') ?? '', /one word before \.onmicrosoft\.com/);
    assert.match(errorAt(back, 'confirmed') ?? '', /^Confirm it/);
    assert.deepEqual(await has('Fabrikam'), []);
  });

  test('a domain of another organization is refused without saying whose', async () => {
    const asked = await form(nora, 'Tailspin');
    const values = { contactName: 'T', contactEmail: 't@tailspin.example', ...confirmed };
    const back = await nora.press(asked, 'Enable', { ...values, domain: 'contoso' });
    assert.match(errorAt(back, 'domain') ?? '', /^contoso\.onmicrosoft\.com belongs to another organization/);
    assert.deepEqual(await has('Tailspin'), []);

    const done = await nora.press(back, 'Enable', { ...values, domain: 'tailspin' });
    assert.match(done.text, /is enabled for Tailspin/);
  });

  test('Migrate is kept, and said', async () => {
    const done = await arjun.press(await form(arjun, 'Fabrikam'), 'Enable', {
      contactName: 'Frida Berg',
      contactEmail: CONTACT.email,
      domain: 'fabrikam',
      migrate: 'true',
      confirmed: 'true',
    });
    assert.match(shown(done), /Migrate: Its subscriptions move here/);
    assert.equal((await has('Fabrikam'))[0]?.is_migration, true);
    assert.match((await history('Fabrikam')).at(-1)?.summary ?? '', /migration/);
  });

  test('details that are missing are named, with the way to them, and nothing is added', async () => {
    await talk.db
      .updateTable('organizations')
      .set({ contact_email: null, postal_code: null })
      .where('name', '=', 'Fabrikam')
      .execute();
    const refused = await form(priya, 'Fabrikam');
    assert.match(refused.text, /postal code.*e-mail address are missing/);
    assert.ok(buttons(refused).includes('Fill in the details'));
    assert.match(shown(await priya.say('offerings Fabrikam')), /First fill in the postal code/);
    const sent = await priya.submit('catalog.enable', {
      offering: (await offering(OFFICE)).id,
      organization: await organizationId(talk.db, 'Fabrikam'),
      contactName: 'F',
      contactEmail: CONTACT.email,
      domain: 'fabrikam',
      confirmed: 'true',
    });
    assert.match(sent.text, /are missing/);
    assert.deepEqual(await has('Fabrikam'), []);
    await complete('Fabrikam');
  });

  const offering = (name: string) =>
    talk.db.selectFrom('offerings').select('id').where('name', '=', name).executeTakeFirstOrThrow();
  const leaveStore = async (name: string, offeringName: string) =>
    talk.db
      .deleteFrom('enabled_offerings')
      .where('organization_id', '=', await organizationId(talk.db, name))
      .where('offering_id', '=', (await offering(offeringName)).id)
      .execute();

  test('the own store comes first: contact person, MPN ID, and the way into the partner program', async () => {
    await leaveStore('Northwind Partners', OFFICE);
    const refused = await form(nora, 'Tailspin');
    assert.match(refused.text, /not in the store of Northwind Partners yet, so Tailspin can’t have it/);

    const asked = await nora.press(refused, 'Add it to Northwind Partners');
    assert.deepEqual(fields(asked), ['contactName', 'contactEmail', 'mpnId']);
    assert.equal(typed(asked, 'mpnId'), '4783211');
    const enrol = asked.card?.actions?.find(({ title }) => title === 'Enrol as a partner of Microsoft');
    assert.equal(
      enrol?.type === 'Action.OpenUrl' && enrol.url,
      'https://partner.microsoft.com/en-US/membership/cloud-solution-provider',
    );
    const values = { contactName: 'Nora Lindgren', contactEmail: 'nora@northwind.example' };
    const back = await nora.press(asked, 'Add to the store', { ...values, mpnId: 'abc' });
    assert.equal(errorAt(back, 'mpnId'), '“abc” is not an MPN ID: it has 5 to 10 digits.');
    const done = await nora.press(back, 'Add to the store', { ...values, mpnId: '4783211' });
    assert.equal(done.text, 'Microsoft O365 is in the store of Northwind Partners.');
    assert.ok(buttons(done).includes('Prices'));

    const next = await nora.press(done, 'Enable for Tailspin');
    assert.equal(typed(next, 'domain'), 'tailspin.onmicrosoft.com', 'a domain that it has already');
    assert.ok(fields(next).includes('confirmed'));
    assert.match(
      (await nora.say('offerings "Northwind Partners"')).text,
      /Microsoft O365: Nora Lindgren .*MPN ID 4783211/,
    );
  });

  test('what the provider’s store lacks is for the provider to add', async () => {
    for (const name of ['Northwind Partners', 'HamaraCloud']) await leaveStore(name, 'Azure Pack');
    const refused = await form(nora, 'Northwind Partners', 'Azure Pack');
    assert.match(refused.text, /not in the store that Northwind Partners buys from/);
    assert.doesNotMatch(JSON.stringify(refused), /HamaraCloud/);
    const direct = await form(priya, 'Northwind Partners', 'Azure Pack');
    const asked = await priya.press(direct, 'Add it to HamaraCloud');
    assert.deepEqual(fields(asked), ['contactName', 'contactEmail']);
    await priya.press(asked, 'Add to the store', {
      contactName: 'Priya Raman',
      contactEmail: 'priya@hamaracloud.example',
    });
    assert.match((await form(nora, 'Northwind Partners', 'Azure Pack')).text, /^Enable Azure Pack/);
  });

  test('without words it asks; an unknown offering and an unknown organization are said', async () => {
    await arjun.say('use fabrikam');
    const which = await arjun.say('enable');
    assert.equal(which.text, 'Which offering for Fabrikam?');
    assert.deepEqual(fields(await arjun.press(which, 'Webex')), [
      'contactName',
      'contactEmail',
      'migrate',
      'confirmed',
    ]);
    const zoom = await arjun.say('enable zoom');
    assert.match(zoom.text, /There is no offering “zoom”/);
    assert.match(shown(zoom), /Azure Pack, Microsoft O365, UniversalMessaging and Webex/);
    assert.match((await arjun.say('enable webex nobody')).text, /nobody/);
    for (const words of ['webex fabrikam', 'fabrikam webex', '"Fabrikam" "Webex"', 'brik web'])
      assert.match((await arjun.say(`enable ${words}`)).text, /^Enable Webex for Fabrikam/);
    assert.equal((await arjun.say('enable contoso')).text, 'Contoso has every offering already.');
  });

  test('others’ stores and customers are out of reach, by name and by number', async () => {
    assert.match((await form(arjun, 'Northwind Partners', 'Azure Pack')).text, /not yours to change/);
    for (const name of ['Fabrikam', 'HamaraCloud']) {
      const asked = await form(nora, name, 'Webex');
      assert.doesNotMatch(JSON.stringify(asked), /frida|Priya/i);
      const sent = await nora.submit('catalog.enable', {
        offering: (await offering('Webex')).id,
        organization: await organizationId(talk.db, name),
        contactName: 'Nora',
        contactEmail: 'nora@northwind.example',
        confirmed: 'true',
      });
      assert.match(sent.text, /can’t see any more/);
      assert.doesNotMatch(JSON.stringify(await nora.say(`offerings ${name}`)), /frida|Priya/i);
    }
    assert.deepEqual(await has('Fabrikam'), []);
    const carla = talk.as('carla');
    assert.match((await carla.say('offerings')).text, /^Contoso: 4 offerings\./);
    assert.doesNotMatch(
      JSON.stringify(await carla.say('offerings Northwind')),
      /4783211|Nora Lindgren <|nora@/,
    );
  });

  const notThere = (reply: Reply) => assert.match(reply.text, /does not have Webex\./);

  test('an offering is taken away only where nothing of it runs', async () => {
    const used = await nora.say('disable webex contoso');
    assert.match(used.text, /^Webex can’t be taken from Contoso: 1 subscription of it still runs\./);
    notThere(await nora.say('disable webex tailspin'));
    await nora.press(await form(nora, 'Tailspin', 'Webex'), 'Enable', {
      contactName: 'T',
      contactEmail: 't@tailspin.example',
      ...confirmed,
    });
    assert.match((await nora.say('disable webex "Northwind Partners"')).text, /Contoso and Tailspin have it/);

    const { id } = await offering('Webex');
    await talk.db
      .insertInto('orders')
      .values({
        number: 30001,
        organization_id: await organizationId(talk.db, 'Tailspin'),
        name: 'Order',
        description: 'Under way',
        status: 'In progress',
        created_by: 'T',
        created_by_organization_id: await organizationId(talk.db, 'Tailspin'),
        created_at: new Date(),
        currency: 'EUR',
        offering_id: id,
      })
      .execute();
    assert.match((await nora.say('disable webex tailspin')).text, /order 30001 still runs/);
    await talk.db.updateTable('orders').set({ status: 'Completed' }).where('number', '=', 30001).execute();

    const gone = await nora.say('disable webex tailspin');
    assert.equal(gone.text, 'Tailspin does not have Webex any more.');
    assert.deepEqual(await has('Tailspin'), []);
    assert.equal((await history('Tailspin')).at(-1)?.summary, 'Disabled Webex');
    notThere(await nora.say('disable webex tailspin'));
  });
});
