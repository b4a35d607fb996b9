import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons } from '../../chat/reading.ts';
import { numberIn, orderOf } from '../ordering/support.ts';

const NOBODY = /I could reach nobody at Northwind Partners: ask somebody there to type “approvals”\./;
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
    assert.match(asked.text, NOBODY);
    // The message is drawn again after that, and it is still so.
    assert.match((await tracked(number, /Waits for approval/)).text, NOBODY);

    const nora = talk.as('nora');
    const card = await nora.press(await nora.say('approvals'), `Open ${number}`);
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

  /** What the message that follows an order says by now, once it says this. */
  async function tracked(number: string, fits: RegExp) {
    const { id } = await orderOf(talk.db, number);
    const deadline = Date.now() + 20_000;
    for (;;) {
      const sent = await talk.db
        .selectFrom('sent_messages')
        .select('message')
        .where('name', '=', `order:${id}`)
        .executeTakeFirst();
      const reply = talk.messages.get(sent?.message ?? '');
      if (reply !== undefined && fits.test(reply.text)) return reply;
      if (Date.now() > deadline) throw new Error(`It says: ${reply?.text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function placed(units: number): Promise<string> {
    const carla = talk.as('carla');
    const confirm = await carla.press(await carla.say(`new order "Office 365 E1" ${units}`), 'Check out');
    await carla.press(confirm, 'Ask for approval', TEXTS);
    return numberIn(confirm);
  }

  test('its message says who is waited for and until when, and then why it is a draft again', async () => {
    const carla = talk.as('carla');
    const number = await placed(3);
    const waits = await tracked(number, /Waits for approval/);
    assert.match(
      waits.text,
      /of Contoso: Waits for approval\. It waits for approval by Northwind Partners until 24 Nov 2026, 12:\d\d UTC\./,
    );
    assert.doesNotMatch(waits.text, NOBODY);
    assert.deepEqual(buttons(waits), ['Withdraw', 'Order', 'History']);
    assert.deepEqual(buttons(await carla.say(`order ${number}`))[0], 'Approval');

    await talk.as('nora').say(`refuse ${number} The budget is used up.`);
    const refused = await tracked(number, /refused/);
    assert.match(
      refused.text,
      /Draft\. Nora Lindgren refused it: The budget is used up\. It is a draft again\.$/,
    );
    assert.deepEqual(buttons(refused), ['Resume', 'Order', 'History']);

    await carla.press(refused, 'Resume');
    assert.deepEqual(buttons(await tracked(number, /in the basket, and not placed/)), [
      'Go on',
      'Order',
      'History',
    ]);
    const order = await carla.say(`order ${number}`);
    assert.equal(buttons(order)[0], 'Go on');
    const confirm = await carla.press(order, 'Go on');
    assert.match(confirm.text, new RegExp(`Place order ${number} of Contoso\\?`));
    await carla.press(await carla.press(confirm, 'Ask for approval', TEXTS), 'Withdraw');
    assert.match((await tracked(number, /withdrew/)).text, /Carla Diaz withdrew it\. It is a draft again\.$/);
    await carla.say(`discard ${number}`);
    await tracked(number, /It was deleted\.$/);
  });

  test('its message says that nobody approved it in time', async () => {
    const number = await placed(4);
    await tracked(number, /Waits for approval/);
    talk.pass(73 * 60);
    await talk.as('nora').say(`approve ${number}`);
    const late = await tracked(number, /Draft/);
    assert.match(late.text, /Nobody at Northwind Partners approved it in time\. It is a draft again\.$/);
  });
});
