import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Container } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows, shown } from '../../chat/reading.ts';
import { numberIn, orderOf } from './support.ts';

const TEXTS = { description: 'Desks', payment: 'PO 4711' };

/** The boxes of a card: how each looks, and what it says. */
const boxes = ({ card }: Reply) =>
  (card?.body ?? [])
    .filter((element): element is Container => element.type === 'Container')
    .map(({ style, items: [first] }) => `${style}: ${first?.type === 'TextBlock' ? first.text : ''}`);

describe('an order that is refused and taken up again', () => {
  let talk: CalmTalk;
  let number: string;
  before(async () => {
    talk = await openCalmTalk('PGlite');
    const carla = talk.as('carla');
    const confirm = await carla.press(await carla.say('new order "Office 365 E1" 5'), 'Check out');
    number = numberIn(confirm);
    await carla.press(confirm, 'Ask for approval', TEXTS);
  });
  after(() => talk.close());

  const markup = async (percent: number) => {
    const nora = talk.as('nora');
    await nora.press(await nora.say(`markup contoso ${percent}`), 'Set the markup');
  };

  test('says of one that waits that it does, in the list and in its details', async () => {
    const carla = talk.as('carla');
    const list = await carla.say('orders');
    assert.match(list.text, new RegExp(`${number} Started, waits for approval: 5 × Office 365 E1`));
    assert.match(
      rows(list).find(([name]) => name?.includes(number))?.[2] ?? '',
      /^Started\nWaits for approval/,
    );
    assert.match(
      shown(await carla.say(`order ${number}`)),
      new RegExp(`^Contoso\nOrder ${number}\nWaits for approval\n`),
    );
    await markup(18);
    const details = shown(await carla.say(`order ${number}`));
    assert.match(details, /Per month: €50\.15/, 'it waits at the price that was asked for');
    assert.doesNotMatch(details, /The price has changed/);
  });

  test('shows the price of today everywhere, and what it was', async () => {
    const carla = talk.as('carla');
    await talk.as('nora').say(`refuse ${number} The budget is used up`);
    assert.equal((await orderOf(talk.db, number)).cost_minor, null);
    const draft = await carla.say(`order ${number}`);
    assert.match(shown(draft), /Would cost per month: €51\.45/);
    assert.deepEqual(rows(draft)[0]?.slice(1), ['5', '€10.29']);
    assert.match(draft.text, /The price has changed since: it was €50\.15 per month\./);
    assert.match(shown(await carla.say('orders historical all')), /Would cost €51\.45 a month/);

    const resumed = await carla.say(`resume ${number}`);
    assert.deepEqual(boxes(resumed), [
      'warning: Nora Lindgren refused it: The budget is used up',
      'warning: Office 365 E1 costs €10.29 now; it was €10.03.',
    ]);
    assert.match(resumed.text, /Nora Lindgren refused it: The budget is used up\n/);

    const order = shown(await carla.say(`order ${number}`));
    assert.match(order, /Would cost per month: €51\.45/);
    assert.doesNotMatch(order, /The price has changed/, 'it was said');
    await markup(20);
    const confirm = await carla.say(`checkout ${number}`);
    assert.match(shown(confirm), /Office 365 E1 costs €10\.46 now; it was €10\.29\.\n/);
    assert.match(shown(confirm), /Total per month: €52\.30/);
    assert.match(shown(await carla.say(`order ${number}`)), /Would cost per month: €52\.30/);
    await carla.press(confirm, 'Ask for approval', TEXTS);
    assert.match(shown(await carla.say(`order ${number}`)), /Per month: €52\.30/);
  });

  test('once approved, that is good news', async () => {
    await talk.as('nora').say(`approve ${number}`);
    assert.match(boxes(await talk.as('carla').say(`order ${number}`)).join('\n'), /^good: Approved by Nora/);
  });

  test('what was put out of the basket is news, not a warning', async () => {
    const nora = talk.as('nora');
    const basket = await nora.say('new order "Office 365 E1" 2');
    const form = await nora.press(basket, 'Change quantities');
    const changed = await nora.press(form, 'Save', { quantityA: '3' });
    assert.deepEqual(boxes(changed), ['emphasis: Office 365 E1: 3 now.']);
    const counted = await nora.say('orders');
    await nora.say(`discard ${numberIn(changed)}`);
    const lead = /(\d+) recent orders?, /.exec(shown(await nora.say('orders')))?.[1];
    assert.equal(lead, /(\d+) recent orders?, /.exec(shown(counted))?.[1]);
  });
});

describe('an order of which less is left', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  test('shows what was ordered; its subscription shows what is now', async () => {
    const nora = talk.as('nora');
    const done = async (confirm: Reply) => {
      await nora.press(confirm, 'Place order', TEXTS);
      const deadline = Date.now() + 20_000;
      while ((await orderOf(talk.db, numberIn(confirm))).status !== 'Completed') {
        if (Date.now() > deadline) throw new Error('It is not completed.');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return numberIn(confirm);
    };
    const number = await done(await nora.press(await nora.say('new order "Office 365 E1" 5'), 'Check out'));
    await done(await nora.say(`decrease ${number}/1 1`));

    const card = shown(await nora.say(`order ${number}`));
    assert.match(card, /Requested: New subscription: 5 × Office 365 E1/);
    assert.match(card, /Quantity: 5\n/);
    assert.match(card, /Per month: €50\.15/);
    assert.match(card, /4 of 4 units free/);
    assert.match(shown(await nora.say('orders historical all')), /5 × Office 365 E1/);
    assert.match((await nora.say(`subscription ${number}/1`)).text, /4 × Office 365 E1/);
  });
});
