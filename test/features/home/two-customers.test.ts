import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { readSearch, searchName } from '../../../src/chat/search.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { choices, fields, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, file } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

onBothEngines('forms of two customers at once', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  const begin = async (title: string, customer: string): Promise<Reply> => {
    const arjun = talk.as('arjun');
    return arjun.press(await arjun.press(await arjun.say('home'), title), customer);
  };
  /** Of Contoso, and before it is handed in of Fabrikam. */
  async function beginTwo(title: string): Promise<Reply> {
    const contoso = await begin(title, 'Contoso');
    assert.match(shown(await begin(title, 'Fabrikam')), /^Fabrikam\n/);
    return contoso;
  }

  test('units are given to users of the customer whose form it is', async () => {
    const form = await beginTwo('Associate users');
    const values = { service: 'office', users: 'zed@x.example', units: '1', from: 'entered' };
    const done = await talk.as('arjun').press(form, 'Associate', values);
    assert.match(shown(done), /zed@x\.example is a new user of Contoso/);
  });

  test('an order is begun for the customer whose form it is', async () => {
    const form = await beginTwo('New order');
    const [field = ''] = fields(form);
    const choice = choices(form, field).find(({ title }) => title.startsWith('Microsoft O365'))?.value ?? '';
    const next = await talk.as('arjun').press(form, 'Next', { [field]: choice });
    assert.match(shown(next), /^Contoso\n/);
    const others = await talk.as('arjun').press(form, 'Basket');
    assert.match(others.text, /of Contoso|^Contoso/);
  });

  test('what is enabled is enabled for the customer whose form it is', async () => {
    await addCustomer(talk.db, 'Tailspin', 'HamaraCloud');
    const nothing = await begin('New order', 'Tailspin');
    const arjun = talk.as('arjun');
    await arjun.say('use contoso');
    assert.match(shown(await arjun.press(nothing, 'Enable a service')), /Tailspin/);
  });

  test('a sheet is for the customer for whom it was asked', async () => {
    const form = await begin('Bulk', 'Contoso');
    assert.equal(form.wantsFile?.text, 'bulk for "Contoso"');
    const arjun = talk.as('arjun');
    await arjun.say('use fabrikam');
    const asked = await arjun.say('', [file('a.csv', Buffer.from('alice@contoso.example,1\n'))]);
    assert.match(shown(asked), /Which service is this sheet for\?/);
    assert.match(JSON.stringify(asked.card), /10023\/1/);
    assert.doesNotMatch(JSON.stringify(asked.card), /10028|10025/);
    assert.match(shown(await arjun.say('bulk for contoso')), /^Contoso\n/);
    assert.match((await arjun.say('bulk for nobody')).text, /There is no customer “nobody”/);
  });

  test('what is typed into it is searched among what is this customer’s', async () => {
    const form = await beginTwo('Associate users');
    const contoso = await organizationId(talk.db, 'Contoso');
    assert.match(JSON.stringify(form.card?.body), new RegExp(`"customer":${contoso}`));
    const arjun = talk.as('arjun');
    const refs = async (customer?: number) =>
      (await arjun.search('services', '', 20, {}, customer)).map(({ value }) => value.split('/')[0]);
    assert.ok((await refs(contoso)).includes('10023'));
    assert.ok(!(await refs()).includes('10023'));
    assert.deepEqual(
      await talk.as('nora').search('services', '', 20, {}, await organizationId(talk.db, 'Fabrikam')),
      [],
    );
    const name = searchName({ dataset: 'services', within: { user: 'user' }, customer: contoso });
    const read = { dataset: 'services', within: { user: 'alice' }, customer: contoso };
    assert.deepEqual(readSearch(name, { user: 'alice' }), read);
    assert.deepEqual(readSearch('services?customer=x', {}), { dataset: 'services' });
  });

  test('whose form it is a client can’t make up', async () => {
    const fabrikam = await organizationId(talk.db, 'Fabrikam');
    const contoso = await organizationId(talk.db, 'Contoso');
    const values = { service: 'office', users: 'a@x.example', units: '1', from: 'entered' };
    const forged = await talk.as('nora').submit('associate', { ...values, forCustomer: fabrikam });
    assert.equal(forged.text, 'That button does not fit any more.');
    const own = await talk.as('carla').submit('associate', { ...values, forCustomer: contoso });
    assert.match(shown(own), /Contoso/);
    const odd = await talk.as('arjun').submit('associate', { ...values, forCustomer: 'x' });
    assert.doesNotMatch(odd.text, /went wrong/);
  });

  test('in a channel that belongs to another customer by now it is handed in no more', async () => {
    const arjun = talk.as('arjun', channel('moved'));
    await arjun.say('use contoso');
    const form = await arjun.say('associate');
    await arjun.say('use fabrikam here');
    const values = { service: 'office', users: 'b@x.example', units: '1', from: 'entered' };
    assert.equal((await arjun.press(form, 'Associate', values)).text, 'That button does not fit any more.');
  });
});
