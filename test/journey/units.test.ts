/** Units are given, moved and taken back at the console, by mouse and by keyboard alone. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { describeInBrowser } from '../edges/console/browser.ts';
import { eventually } from '../edges/console/visit.ts';
import { closeBots, openBot, visit } from './visitor.ts';

describeInBrowser('units at the console', (openPage) => {
  afterEach(closeBots);

  test('are associated, added up, refused, moved, released and undone', async () => {
    const { say, saying } = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const first = await say('associate 10023/1 dave@contoso.example 2');
    await first.reads(
      'dave@contoso.example has 2 units now',
      '5 of 10 free now.',
      /is a new user of Contoso/,
    );
    await first.press('Undo');
    await first.reads('Undone', '7 of 10 free now.');

    await say('associate 10023/1 dave@contoso.example 1');
    const twice = await say('assign 10023/1 dave@contoso.example 1');
    await twice.reads('dave@contoso.example has 2 units now');

    const tooMany = await say('associate 10023/1 dave@contoso.example 100');
    await tooMany.reads('Only 5 of the 100 units you asked for are free');
    await tooMany.press('Associate 5');
    await saying('dave@contoso.example has 7 units now').waitFor();
    await (await say('free 10023/1')).reads('0 of 10 free');

    const moved = await say('move dave@contoso.example 10023/1 10024/1 7');
    await moved.reads('7 units moved from 10023/1 to 10024/1.', '1,993');
    const released = await say('release 10024/1 dave@contoso.example');
    await released.reads('7 units released from dave@contoso.example', /has none left/);

    await (await say('user alice@contoso.example')).reads('Has 4 units of 3 services.');
    const history = await say('history 10023');
    await history.reads(/^Associated dave@contoso\.example/, 'Carla Diaz');
    await (await say('undo')).reads('Undone', /^Released/);
  });

  test('a form keeps what was typed and says beside the field what is wrong', async () => {
    const { say, page } = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const form = await say('associate');
    await form.field('service').fill('10023/1');
    await page.getByRole('option', { name: /^10023\/1 · UniversalMessaging/ }).click();
    await form.field('users').fill('erin@contoso.example\nfrank at contoso\ngina@contoso.example x');
    await form.field('units').fill('two');
    await form.press('Associate');

    await form.reads('“two” is not a whole number greater than zero.', /“frank at contoso” is not an e-mail/);
    assert.match(await form.field('service').inputValue(), /^10023\/1 · UniversalMessaging/);
    assert.equal(await form.field('units').inputValue(), 'two');
    assert.match(await form.field('users').inputValue(), /^erin@contoso\.example\nfrank at contoso\n/);
    assert.equal(await page.locator(':focus').getAttribute('name'), 'users');
    assert.equal(await form.field('users').getAttribute('aria-invalid'), 'true');
    assert.equal(await form.field('service').getAttribute('aria-invalid'), null);

    await form.field('users').fill('erin@contoso.example\nfrank@contoso.example 2');
    await form.field('units').fill('1');
    await form.press('Associate');
    await form.reads('3 units given to 2 users', '4 of 10 free now.');
    assert.equal(await page.getByTestId('entry').count(), 2, 'the form became the answer');
  });

  test('by keyboard alone', async () => {
    const { page, say } = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const { keyboard } = page;
    const form = await say('associate 10024/1');
    const focused = page.locator(':focus');
    const reach = (words: string) =>
      eventually(async () => {
        if ((await focused.textContent()) === words) return true;
        await keyboard.press('Shift+Tab');
        return false;
      }, `Shift+Tab leads to ${words}`);

    await reach('Associate');
    await keyboard.press('Enter');
    await form.reads('Enter at least one e-mail address.');
    await keyboard.type('kay@contoso.example');
    await keyboard.press('Enter');
    await form.reads('kay@contoso.example has 1 unit now');
    await page.getByTestId('message').focus();
    await reach('Undo');
    await keyboard.press('Enter');
    await form.reads('Undone');
  });
});
