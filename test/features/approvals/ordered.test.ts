import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { numberIn, orderOf } from '../ordering/support.ts';

const TEXTS = { description: 'For the new branch', payment: 'Invoice, 30 days' };

describe('an order that a customer admin places', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  test('is approved by the reseller, and then carried out', async () => {
    const carla = talk.as('carla');
    const confirm = await carla.press(await carla.say('new order "Office 365 E1" 2'), 'Check out');
    const number = numberIn(confirm);
    const asked = await carla.press(confirm, 'Ask for approval', TEXTS);
    assert.match(asked.text, /Nobody at Northwind Partners listens to order notices; they find it under/);

    const nora = talk.as('nora');
    const card = await nora.press(await nora.say('approvals'), `Look at ${number}`);
    assert.match(card.text, new RegExp(`Order ${number} of Contoso .* waits for approval: Carla Diaz`));
    assert.match((await nora.press(card, 'Approve')).text, /was approved by Nora Lindgren/);

    await talk.waitForPost(
      ({ key, place }) => /approved/.test(key) && place.conversation === 'personal:carla',
    );
    const deadline = Date.now() + 20_000;
    while ((await orderOf(talk.db, number)).status !== 'Completed' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal((await orderOf(talk.db, number)).status, 'Completed');
  });
});
