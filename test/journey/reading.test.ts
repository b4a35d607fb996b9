/** A new user's first minutes, in a real browser on the real bot: what there is, and for whom. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { describeInBrowser } from '../edges/console/browser.ts';
import { overflows, property } from '../edges/console/visit.ts';
import { answer, closeBots, openBot, visit } from './visitor.ts';

describeInBrowser('a new user', (openPage) => {
  afterEach(closeBots);

  test('finds the orders and their free units, also with a typing mistake', async () => {
    const visitor = await visit(openPage, await openBot());
    await visitor.page.getByTestId('welcome').getByRole('button', { name: 'help' }).click();
    await answer(visitor.fromBot).reads(
      'What you can type',
      'associate [10023/1 alice@contoso.example [units]]',
    );

    const orders = await visitor.say('orders');
    await orders.reads('Which customer?');
    await orders.press('Contoso');
    await orders.reads('Recent orders', 'No recent orders.');

    const order = await visitor.say('order hamaracloud10023');
    await order.reads('Completed', /^3 services, 10 of 17 units free/, 'Markup', '€154.90');
    const services = await visitor.say('services 10023');
    await services.reads('Services of order 10023', '10023/3 · 2 users · Fully implemented');
    await (await visitor.say('free 10023')).reads('10 of 17 free');
    await (await visitor.say('free 10023/1')).reads('7 of 10 free');
    await (await visitor.say('free universal')).reads('2,007 of 2,010 free');

    const unclear = await visitor.say('fre 10023/2');
    await unclear.reads('I don’t know “fre 10023/2”');
    await unclear.press('free 10023/2');
    await visitor.saying('3 of 5 free').waitFor();
    assert.deepEqual(visitor.problems, []);
  });

  test('sees what her role may see, and only buttons that she may press', async () => {
    const visitor = await visit(openPage, await openBot(), { as: 'Nora Lindgren' });
    await (await visitor.say('orders historical')).reads('4 orders, the newest first.', 'Markup change');
    await (await visitor.say('order 10026')).reads('15 %');

    await visitor.be('Chris Young');
    const orders = await visitor.say('orders historical');
    await orders.reads('3 orders, the newest first.');
    assert.doesNotMatch((await orders.entry.textContent()) ?? '', /markup|10026/i);
    await (await visitor.say('order 10026')).reads('There is no order 10026 that you can see.');
    await (await visitor.say('orders historical 10026')).reads('No orders with “10026”.');
    const order = await visitor.say('order 10023');
    await order.reads('Order 10023');
    assert.doesNotMatch((await order.entry.textContent()) ?? '', /markup/i);
    assert.deepEqual(await order.buttons(), ['Services', 'Set up the services', 'History', 'All orders']);
    await (await visitor.say('associate')).reads('Your role (customer) may not do that.');

    await visitor.be('Sam Stranger');
    await visitor.say('orders');
    const told = await visitor.fromBot.getByTestId('text').allTextContents();
    assert.deepEqual(told, [
      'I don’t know you yet: ask an admin of your provider to grant you access by your e-mail address.',
    ]);
  });

  test('reads everything on a phone, numbers and states too', async () => {
    const phone = { viewport: { width: 390, height: 844 } };
    const { page, say, goTo } = await visit(openPage, await openBot(), { context: phone });
    await say('use contoso');
    for (const command of ['orders historical', 'services 10023', 'subscriptions', 'reconcile preview']) {
      const { entry } = await say(command);
      assert.equal(await overflows(entry.locator('[role="table"]').first()), false, command);
    }
    assert.equal(await property(page.locator('html'), 'scrollWidth'), 390);
    await page.getByTestId('menu').click();
    await goTo('billing');
    await page.getByTestId('welcome').getByText('Nothing in #billing yet.').waitFor();
  });
});
