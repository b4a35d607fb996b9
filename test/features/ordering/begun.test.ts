import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { PEOPLE, type Speaker } from '../../support/talk.ts';
import { choiceOf, linesOf, numberIn, orderOf, toProducts } from './support.ts';

onBothEngines('what is begun', (engine) => {
  let talk: CalmTalk;
  let nora: Speaker;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    nora = talk.as('nora');
    carla = talk.as('carla');
    await nora.say('use contoso');
  });
  after(() => talk.close());

  test('of one subscription is kept beside another change, and each is named', async () => {
    const first = await nora.say('increase 10023/1 4');
    const increase = numberIn(first);
    const more = await nora.say('increase 10023/1 5');
    assert.match(
      more.text,
      new RegExp(`This replaces what you had begun in order ${increase}: increase by 4\\.`),
    );
    assert.equal(numberIn(await nora.say('increase 10023/1 5')), increase);
    assert.doesNotMatch((await nora.say('increase 10023/1 5')).text, /replaces/);

    const stop = await nora.say('suspend 10023/1');
    assert.match(
      stop.text,
      new RegExp(`You have begun another change of it: increase by 5, order ${increase}\\. It stays`),
    );
    assert.deepEqual(buttons(stop).slice(0, 2), ['Place order', `Order ${increase}`]);
    const suspend = /Place order (\d+)/.exec(stop.text)?.[1] ?? '';
    assert.notEqual(suspend, increase);

    const theirs = await carla.say('increase 10023/1 2');
    assert.match(theirs.text, new RegExp(`Nora Lindgren has begun .* increase by 5, order ${increase}`));
    assert.match(theirs.text, new RegExp(`Nora Lindgren has begun .* suspend, order ${suspend}`));
    const kept = await Promise.all([increase, suspend].map((number) => linesOf(talk.db, number)));
    assert.deepEqual(
      kept.map(([line]) => [line?.kind, line?.quantity]),
      [
        ['increase', 5],
        ['suspend', 10],
      ],
    );
  });

  test('and left empty is taken once more, for another service too', async () => {
    const numbers: string[] = [];
    for (const service of ['Microsoft O365', 'Webex', 'UniversalMessaging', 'Microsoft O365']) {
      const services = await nora.say('new order');
      assert.match(services.text, /^What would you like to order for Contoso\?\n/);
      const step = await nora.press(services, 'Next', { choice: choiceOf(services, 'choice', service) });
      numbers.push(/Order (\d+)/.exec(shown(step))?.[1] ?? '');
    }
    assert.equal(new Set(numbers).size, 1, numbers.join());
    const [number = ''] = numbers;
    assert.equal((await orderOf(talk.db, number)).description, 'Microsoft O365');
    // What others began, and what has something in it, is not.
    const hers = await carla.say('new order "Webex Suite" 1');
    assert.notEqual(numberIn(hers), number);
    assert.equal(numberIn(await nora.say('new order "Webex Suite" 1')), number);
    const next = await nora.press(await nora.say('new order'), 'Next', {
      choice: choiceOf(await nora.say('new order'), 'choice', 'Webex'),
    });
    assert.doesNotMatch(shown(next), new RegExp(`Order ${number}\\b`));
  });

  test('is nobody else’s, also of the same name', async () => {
    const chris = talk.as('chris');
    const become = (role: 'customer' | 'customer admin', name: string) =>
      talk.db.updateTable('members').set({ role, name }).where('email', '=', PEOPLE.chris).execute();
    await become('customer admin', 'Carla Diaz');
    const numbers = async (who: Speaker) => {
      const services = await who.say('new order');
      const step = await who.press(services, 'Next', { choice: choiceOf(services, 'choice', 'Webex') });
      return [
        /Place order (\d+)/.exec((await who.say('decrease 10023/1 1')).text)?.[1],
        numberIn(await who.say('new order "Webex Suite" 1')),
        /Order (\d+)/.exec(shown(step))?.[1],
      ];
    };
    const hers = await numbers(carla);
    const his = await numbers(chris);
    const again = await numbers(carla);
    await become('customer', 'Chris Young');
    assert.ok([...hers, ...his].every(Boolean));
    assert.deepEqual(
      his.map((number) => hers.includes(number)),
      [false, false, false],
      `${hers} and ${his}`,
    );
    assert.equal(again[0], hers[0]);
  });

  test('machines too, until one is chosen', async () => {
    const numberOf = (text: string) => /Order (\d+)/.exec(text)?.[1];
    const [one, two] = [await nora.say('new machines another'), await nora.say('new machines another')];
    assert.equal(numberOf(shown(one)), numberOf(shown(two)));
    const sizes = await nora.press(two, 'Choose region', { region: choiceOf(two, 'region', 'Frankfurt') });
    await nora.press(sizes, buttons(sizes)[0] ?? '', {
      profile: choiceOf(sizes, 'profile', 'Small'),
      template: choiceOf(sizes, 'template', 'Debian'),
      quantity: '2',
    });
    assert.notEqual(numberOf(shown(await nora.say('new machines another'))), numberOf(shown(two)));
  });

  test('keeps what was entered at every step when one goes back', async () => {
    const products = await toProducts(carla);
    const addOns = await carla.press(products, 'Put into the basket', {
      product: choiceOf(products, 'product', 'Office 365 E3'),
      quantity: '5',
    });
    const number = /Order (\d+)/.exec(shown(addOns))?.[1] ?? '';
    const back = await carla.press(addOns, 'Back', { addonA: '3' });
    assert.equal(typed(back, 'quantity'), '5');
    const again = await carla.press(back, 'Put into the basket', {
      product: typed(back, 'product') ?? '',
      quantity: '5',
    });
    assert.equal(typed(again, 'addonA'), '3');

    const groups = await carla.press(back, 'Back');
    const categories = await carla.press(groups, 'Back', {
      choice: choiceOf(groups, 'choice', 'Office 365'),
    });
    const services = await carla.press(categories, 'Back', {
      choice: choiceOf(categories, 'choice', 'Academic'),
    });
    assert.match(shown(services), new RegExp(`Order ${number}`));
    const same = await carla.press(services, 'Next', {
      choice: choiceOf(services, 'choice', 'Microsoft O365'),
    });
    assert.match(shown(same), new RegExp(`Order ${number}`));
    assert.equal(typed(same, 'choice'), choiceOf(same, 'choice', 'Academic'));
    assert.equal((await linesOf(talk.db, number)).length, 1);
  });

  test('keeps what was typed at the last look', async () => {
    const confirm = await nora.say('increase 10024/1 3');
    const number = numberIn(confirm);
    const basket = await nora.press(confirm, 'Back', { description: 'Desks', payment: 'PO 4711' });
    const again = await nora.press(basket, 'Check out');
    assert.deepEqual([typed(again, 'description'), typed(again, 'payment')], ['Desks', 'PO 4711']);
    await nora.press(again, 'Save as draft', { description: 'Chairs', payment: '' });
    const { description, payment_details, status } = await orderOf(talk.db, number);
    assert.deepEqual([description, payment_details, status], ['Chairs', null, 'Draft']);
    // Whose order it is not changes nothing.
    await talk.as('chris').submit('ordering.open', { order: number, description: 'Mine', payment: 'x' });
    assert.equal((await orderOf(talk.db, number)).description, 'Chairs');
  });

  test('by somebody else says by whom, alone, among others and at the last look', async () => {
    const own = await nora.say('basket');
    assert.doesNotMatch(shown(own), /begun by Nora/);
    const several = await carla.say('basket');
    assert.match(shown(several), /begun by Nora Lindgren, Northwind Partners/);
    assert.match(several.text, /begun by Nora Lindgren, Northwind Partners/);
    const number = /(\d+): .*begun by Nora/.exec(several.text)?.[1] ?? '';
    const one = await carla.say(`basket ${number}`);
    assert.match(shown(one), /begun by Nora Lindgren, Northwind Partners/);
    assert.match(one.text, /is in the basket, begun by Nora Lindgren, Northwind Partners\./);
    assert.match(shown(await carla.say(`checkout ${number}`)), /begun by Nora Lindgren, Northwind Partners/);
  });

  test('in the data to begin with is the person’s own', async () => {
    assert.match(shown(await carla.say('home')), /begun by you/);
    assert.doesNotMatch(shown(await carla.say('home')), /begun by Carla/);
    assert.match(shown(await nora.say('resume 10027')), /begun by Carla Diaz, Contoso/);
    assert.doesNotMatch(shown(await carla.say('basket 10027')), /begun by/);
  });
});
