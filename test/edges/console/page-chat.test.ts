import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from './browser.ts';
import { closeAfterEach, open } from './requests.ts';
import { text } from './support.ts';
import { eventually, OPERATIONS, overflows, say, script, style, visit } from './visit.ts';

describeInBrowser('the chat of the console', (openPage) => {
  closeAfterEach();

  test('sends files with a message, and one can be taken back', async () => {
    const { page, here, entries } = await visit(openPage);
    const file = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('a@b.example;2') });
    await page.getByTestId('picker').setInputFiles([file('users.csv'), file('wrong.csv')]);
    await page.getByRole('button', { name: 'Remove wrong.csv' }).click();
    await say(page, 'bulk 10024/1');
    await entries.nth(1).getByText('Heard bulk 10024/1, 1 files.').waitFor();
    assert.equal(await entries.nth(0).getByTestId('attachment').textContent(), 'users.csv');
    assert.equal(await page.getByTestId('upload').count(), 0);
    const heard = here.heard[0];
    assert.ok(heard?.kind === 'message');
    assert.equal(Buffer.from((await heard.attachments[0]?.read(100)) ?? []).toString(), 'a@b.example;2');
  });

  test('takes a dropped and a pasted file, and says why a large one stays', async () => {
    const { page } = await visit(openPage);
    const bring = (event: string, target: string, size: number) =>
      page.evaluate(`{
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(${size})], '${event}.csv'));
        const init = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
        const Kind = '${event}' === 'paste' ? ClipboardEvent : DragEvent;
        document.querySelector('${target}').dispatchEvent(new Kind('${event}', init));
      }`);
    await bring('drop', '#feed', 10);
    await bring('paste', '#composer-input', 10);
    await eventually(async () => (await page.getByTestId('upload').count()) === 2, 'two files wait');
    await bring('drop', '#feed', 31 * 1024 * 1024);
    await page.getByText('drop.csv has 31 MB; a file may have at most 30 MB.').waitFor();
  });

  test('shows whose turn it is: personas, private answers, unread channels', async () => {
    const { page, here, entries } = await visit(openPage, { hash: '#as=anna&in=channel:operations' });
    await say(page, '@Quartermaster private');
    await entries.nth(1).getByTestId('only-you').waitFor();
    await page.getByTestId('persona').click();
    await page.getByTestId('persona-ravi').click();
    await page.getByTestId('persona').getByText('Ravi Menon').waitFor();
    await eventually(async () => (await entries.count()) === 1, 'Ravi does not see what is only for Anna');
    assert.match(page.url(), /as=ravi&in=channel%3Aoperations/);

    const billing = page.getByTestId('place-channel:billing');
    await here.console.edge.post(
      { ...OPERATIONS, conversation: 'channel:billing', name: '#billing' },
      text('November is done.'),
      'k',
    );
    await billing.getByTestId('unread').waitFor();
    await page.getByTestId('place-channel:contoso').click();
    await page.getByTestId('welcome').waitFor();
    assert.equal(await billing.getByTestId('unread').count(), 1, 'it stays unread until it is read');
    await billing.click();
    await page.getByText('November is done.').waitFor();
    assert.equal(await billing.getByTestId('unread').count(), 0);

    await page.goto(`${here.url}/`);
    await page.getByTestId('persona').getByText('Ravi Menon').waitFor();
    assert.equal(await page.getByTestId('place-name').textContent(), 'Quartermaster');
  });

  test('completes commands and recalls messages by keyboard', async () => {
    const { page, here, entries } = await visit(openPage);
    const box = page.getByTestId('message');
    await box.pressSequentially('asso');
    await page.getByTestId('completion').getByText('Give units to a user').waitFor();
    await box.press('Enter');
    assert.equal(await box.inputValue(), 'associate ');
    await box.fill('');
    await box.pressSequentially('o');
    await box.press('ArrowDown');
    await box.press('Tab');
    assert.equal(await box.inputValue(), 'order ');
    await box.pressSequentially('10023');
    await box.press('Enter');
    await entries.nth(1).waitFor();
    await box.press('ArrowUp');
    assert.equal(await box.inputValue(), 'order 10023');
    await box.press('Escape');
    assert.equal(here.heard.length, 1);
  });

  test('sends a message again when the connection broke, and it happens once', async () => {
    const { page, here, entries } = await visit(openPage);
    let broken = 2;
    await page.route('**/console/messages', async (route) => {
      broken -= 1;
      if (broken === 1) {
        // It arrives, but the answer gets lost.
        await fetch(route.request().url(), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: route.request().postData() ?? '',
        });
        await route.abort('connectionreset');
      } else {
        await route.continue();
      }
    });
    await say(page, 'jobs');
    await entries.nth(1).waitFor();
    await eventually(() => broken <= 0, 'the page tries again');
    await page.waitForTimeout(200);
    assert.equal(here.heard.length, 1);
    assert.equal(await entries.count(), 2);
  });

  test('is light or dark as the system is, until one chooses', async () => {
    const { page } = await visit(openPage, { context: { colorScheme: 'dark' } });
    await say(page, 'order');
    const heading = page.getByTestId('card').getByText('HAMARACLOUD10023');
    const reads = (color: string) =>
      eventually(async () => (await style(heading, 'color')) === color, `The heading is ${color}`);
    await reads('rgb(231, 234, 238)');
    await page.getByTestId('theme').click();
    await reads('rgb(28, 37, 48)');
    await page.reload();
    await page.getByTestId('card').waitFor();
    await reads('rgb(28, 37, 48)');
  });

  test('fits a telephone', async () => {
    const { page, entries } = await visit(openPage, { context: { viewport: { width: 390, height: 780 } } });
    for (const [index, words] of ['order', 'preview', 'associate', 'hostile'].entries()) {
      await say(page, words);
      await entries.nth(index * 2 + 1).waitFor();
    }
    assert.equal(await overflows(page.locator('html')), false);
    assert.equal(await overflows(page.getByTestId('feed')), false);
    await page.getByTestId('menu').click();
    await page.getByTestId('place-channel:contoso').click();
    await page.getByRole('heading', { name: '#contoso', level: 1 }).waitFor();
    await page.getByTestId('persona').click();
    await page.getByTestId('personas').waitFor();
    assert.equal(await overflows(page.locator('html')), false);
  });

  test('comes back by itself when the bot was away', async () => {
    const { page, here, entries } = await visit(openPage, { hash: '#as=anna&in=channel:operations' });
    const port = Number(new URL(here.url).port);
    await here.close();
    await page.getByText('No connection to the bot.').waitFor();
    const again = await open({ script, port });
    await again.console.edge.post(OPERATIONS, text('Back again'), 'k');
    await entries.getByText('Back again').waitFor();
    assert.equal(await page.getByText('No connection to the bot.').isVisible(), false);
  });
});
