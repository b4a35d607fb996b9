import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons } from '../../chat/reading.ts';
import { OFFICE, organizationId } from '../orders/stock.ts';
import { addWaiting, type Pending, stateOf, statusOf } from './support.ts';

describe('an order that can’t be carried out any more when it is approved', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
    await talk.as('nora').say('use contoso');
  });
  after(() => talk.close());

  const heard = ({ id }: Pending) =>
    talk.posts.filter(({ key, place }) => key.startsWith(`approval ${id} `) && place.name === 'carla');
  const obstacles = ({ id }: Pending) =>
    talk.waitForPost(({ key }) => key.startsWith(`approval ${id} `) && key.includes(' obstacles '));

  test('waits on where its offering was disabled; both are told, and it goes ahead once it is enabled', async () => {
    const order = await addWaiting(talk);
    const nora = talk.as('nora');
    const contoso = await organizationId(talk.db, 'Contoso');
    const offering = await talk.db
      .selectFrom('offerings')
      .select('id')
      .where('name', '=', 'Microsoft O365')
      .executeTakeFirstOrThrow();
    const rows = await talk.db
      .deleteFrom('enabled_offerings')
      .where('organization_id', '=', contoso)
      .where('offering_id', '=', offering.id)
      .returningAll()
      .execute();

    const refused = await nora.say(`approve ${order.word}`);
    assert.equal(
      refused.text,
      `Order ${order.word} of Contoso can’t go ahead now. Microsoft O365 is not enabled for Contoso. It still waits: mend that and approve it, or refuse it.`,
    );
    assert.equal(buttons(refused)[0], 'Enable Microsoft O365');
    assert.match((await nora.press(refused, 'Enable Microsoft O365')).text, /Contoso/);
    assert.deepEqual([await stateOf(talk, order), await statusOf(talk, order)], ['waiting', 'Started']);
    const { place, reply } = await obstacles(order);
    assert.equal(place.conversation, 'personal:carla');
    assert.match(
      reply.text,
      /can’t be approved now\. Microsoft O365 is not enabled for Contoso\. It still waits for Northwind Partners/,
    );
    await nora.say(`approve ${order.word}`);
    assert.equal(heard(order).length, 1);

    await talk.db.insertInto('enabled_offerings').values(rows).execute();
    assert.match((await nora.say(`approve ${order.word}`)).text, /was approved by Nora/);
  });

  test('says what can be done where the order itself has to change, which nobody can while it waits', async () => {
    const order = await addWaiting(talk);
    const product = talk.db.updateTable('products').where('name', '=', OFFICE);
    const base = talk.db.selectFrom('products').select('id').where('name', '=', 'Office 365 E1');
    await product.set({ add_on_of: base }).execute();
    const why = `${OFFICE} is an add-on of Office 365 E1, which is not in the order, and Contoso does not have it.`;
    const nora = talk.as('nora');
    const refused = await nora.say(`approve ${order.word}`);
    assert.equal(
      refused.text,
      `Order ${order.word} of Contoso can’t go ahead now. ${why} It still waits. Refuse it, so that Carla Diaz can change it.`,
    );
    const { reply } = await obstacles(order);
    assert.equal(
      reply.text,
      `Order ${order.word} of Contoso can’t be approved now. ${why} It still waits, and can’t be changed meanwhile. Withdraw it, change it, and place it again.`,
    );
    const form = await nora.press(refused, 'Refuse');
    assert.match((await nora.press(form, 'Refuse', { reason: 'E1 is missing' })).text, /was refused by Nora/);
    await product.set({ add_on_of: null }).execute();
  });

  test('waits on where the data of the customer is not complete any more', async () => {
    const order = await addWaiting(talk);
    await talk.db
      .updateTable('organizations')
      .set({ contact_email: null })
      .where('name', '=', 'Contoso')
      .execute();
    const refused = await talk.as('nora').say(`approve ${order.word}`);
    assert.match(refused.text, /before its data is complete\. Missing: .*mail.*It still waits/);
    assert.match((await obstacles(order)).reply.text, /data is complete/);
    assert.match((await talk.as('nora').say(`refuse ${order.word} no`)).text, /was refused/);
  });
});
