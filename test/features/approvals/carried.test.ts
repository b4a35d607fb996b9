import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { channel } from '../../support/talk.ts';
import { numberIn, orderOf } from '../ordering/support.ts';

const TEXTS = { description: 'For the new branch', payment: 'Invoice, 30 days' };

describe('an order that is approved', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  async function until<T>(look: () => Promise<T>, fits: (found: T) => boolean): Promise<T> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = await look();
      if (fits(found)) return found;
      if (Date.now() > deadline) throw new Error(`It is ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const completed = (number: string) =>
    until(
      async () => (await orderOf(talk.db, number)).status,
      (status) => status === 'Completed',
    );
  /** The messages that follow an order, by the end of their names. */
  const messages = async (number: string) => {
    const { id } = await orderOf(talk.db, number);
    const sent = await talk.db
      .selectFrom('sent_messages')
      .select(['name', 'message'])
      .where('name', 'like', `order:${id}%`)
      .execute();
    return Object.fromEntries(
      sent.map(({ name, message }) => [name.replace(/^order:\d+:?/, ''), talk.messages.get(message)?.text]),
    );
  };
  async function asked(words: string): Promise<string> {
    const carla = talk.as('carla');
    const said = await carla.say(words);
    const confirm = buttons(said).includes('Check out') ? await carla.press(said, 'Check out') : said;
    await carla.press(confirm, 'Ask for approval', TEXTS);
    return numberIn(confirm);
  }

  test('resumes a subscription: the margin counts what it is bought for', async () => {
    const confirm = await talk.as('carla').say('suspend 10023/3');
    await talk.as('carla').press(confirm, 'Place order', TEXTS);
    await completed(numberIn(confirm));
    const number = await asked('resume 10023/3');

    const card = shown(await talk.as('nora').say(`approvals ${number}`));
    assert.match(
      card,
      /Customer pays: €25\.00 per month\nPurchase price: €21\.74 per month\nMargin: €3\.26 \(13\.04 %\)/,
    );
    await talk.as('nora').say(`approve ${number}`);
    await completed(number);
  });

  test('shows how far it is, where it was approved and where orders are heard of', async () => {
    const northwind = talk.as('nora', channel('northwind'));
    await northwind.say('notify here orders');
    const number = await asked('new order "Office 365 E1" 2');

    const typed = await talk.as('nora').say(`approve ${number}`);
    assert.match(typed.text, /was approved by Nora Lindgren on .*\.\nOrder \d+ of Contoso: In progress\./);
    assert.match(shown(typed), /Subscription: 2 × Office 365 E1/);

    await completed(number);
    const all = await until(
      () => messages(number),
      (found) => Object.values(found).every((text) => /Completed/.test(text ?? '')),
    );
    assert.deepEqual(Object.keys(all).toSorted(), [
      '',
      'approved test personal:nora',
      'notice test channel:northwind',
    ]);
  });

  test('brings a subscription that follows the markup of its customer', async () => {
    const number = await asked('new order "Office 365 E1" 2');
    await talk.as('nora').say(`approve ${number}`);
    await completed(number);
    assert.match(
      shown(await talk.as('nora').say(`subscription ${number}/1`)),
      /Markup: 15 %, as its customer/,
    );
    const plan = await talk.as('nora').say('markup contoso 20');
    assert.doesNotMatch(shown(plan), /markup of its own/);
    await talk.as('nora').press(plan, 'Set the markup');
    assert.match(
      shown(await talk.as('nora').say(`subscription ${number}/1`)),
      /Markup: 20 %, as its customer/,
    );
  });
});
