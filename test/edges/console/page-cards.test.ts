import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from './browser.ts';
import { closeAfterEach } from './requests.ts';
import { hostile, jobCard, orderCard, previewCard } from './sample-cards.ts';
import { text } from './support.ts';
import { eventually, OPERATIONS, property, say, script, style, visit } from './visit.ts';

describeInBrowser('cards in the console', (openPage) => {
  closeAfterEach();

  test('answers a command with its card', async () => {
    const { page, here, problems, entries } = await visit(openPage);
    await page.getByTestId('welcome').getByRole('button', { name: 'order 10023' }).click();
    await entries.nth(1).getByText('HAMARACLOUD10023').waitFor();
    assert.equal(await entries.nth(0).getByTestId('text').textContent(), 'order 10023');
    assert.equal(await entries.nth(1).getByRole('row').count(), 4);
    assert.equal(await page.getByTestId('announcer').textContent(), 'Quartermaster: Order 10023');
    const units = entries.nth(1).getByRole('cell', { name: '10', exact: true }).locator('div');
    assert.equal(await style(units, 'textAlign'), 'end');
    assert.equal(here.heard.length, 1);
    assert.deepEqual(problems, []);
  });

  test('brings a form back with the error and what was typed, then the answer in its place', async () => {
    const { page, here, problems, entries } = await visit(openPage);
    await say(page, 'associate');
    const form = entries.nth(1);
    await form.getByLabel('User', { exact: true }).fill('alice');
    await form.getByLabel('Units').fill('2');
    await form.getByLabel('Units').press('Enter');
    await form.getByText('“alice” is not an e-mail address.').waitFor();
    assert.equal(await form.getByLabel('User', { exact: true }).inputValue(), 'alice');
    assert.equal(await form.getByLabel('Units').inputValue(), '2');
    assert.equal(await form.locator(':focus').getAttribute('name'), 'units');

    await page.waitForTimeout(400);
    await form.getByLabel('User', { exact: true }).fill('alice@contoso.example');
    await form.getByRole('button', { name: 'Associate', exact: true }).dblclick();
    await form.getByText('alice@contoso.example now has 3 units.').waitFor();
    assert.equal(await entries.count(), 2);
    assert.equal(here.heard.length, 3, 'a double click is one press');
    const heard = here.heard[2];
    assert.ok(heard?.kind === 'submit');
    const values = {
      email: 'alice@contoso.example',
      units: '2',
      source: 'entered',
      service: '1',
      mail: 'true',
    };
    assert.deepEqual({ ...heard.values }, { order: 10023, ...values });
    assert.deepEqual(problems, []);
  });

  test('lets the buttons of a card rest while the bot works', async () => {
    let finish = () => {};
    const working = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { page, entries } = await visit(openPage, {
      stage: {
        script: async (inbound, respond) => {
          if (inbound.kind === 'submit') {
            await working;
          }
          await script(inbound, respond);
        },
      },
    });
    await say(page, 'associate');
    await entries.nth(1).getByRole('button', { name: 'Associate', exact: true }).click();
    await entries.nth(1).locator('button[data-pressed]').waitFor();
    assert.equal(await entries.nth(1).locator('.ac-pushButton[aria-disabled="true"]').count(), 2);
    finish();
    await entries.nth(1).locator('.ac-pushButton:not([aria-disabled])').first().waitFor();
  });

  test('moves a progress bar in its place and leaves the reader where she is', async () => {
    const { page, here, entries } = await visit(openPage, { hash: '#as=anna&in=channel:operations' });
    const sent = await here.console.edge.post(OPERATIONS, text('Job 7', { card: jobCard(200) }), 'k');
    for (let count = 0; count < 6; count += 1) {
      await here.console.edge.post(OPERATIONS, text('Order', { card: orderCard }), `k${count}`);
    }
    await entries.nth(6).waitFor();
    await page.getByTestId('feed').evaluate((node: object) => void Reflect.set(node, 'scrollTop', 120));
    const bar = entries.nth(0).getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), '200');
    await here.console.edge.update(sent, text('Job 7', { card: jobCard(1400, 2) }));
    await eventually(async () => (await bar.getAttribute('aria-valuenow')) === '1400', 'the bar moves');
    assert.equal(await entries.count(), 7);
    assert.equal(await property(page.getByTestId('feed'), 'scrollTop'), 120);
    await here.console.edge.post(OPERATIONS, text('News'), 'last');
    await page.getByTestId('jump').click();
    await eventually(() => page.getByTestId('jump').isHidden(), 'the button goes at the end');
  });

  test('links a file to download', async () => {
    const { page, entries } = await visit(openPage);
    await say(page, 'report');
    const downloading = page.waitForEvent('download');
    await entries.nth(1).getByTestId('file').click();
    assert.equal((await downloading).suggestedFilename(), 'result 7.xlsx');
  });

  test('shows markup as text, wherever it comes from', async () => {
    const { page, problems, entries } = await visit(openPage);
    await say(page, `hostile ${hostile}`);
    const shown = entries.nth(1).getByTestId('card');
    await shown.getByRole('heading', { name: hostile }).waitFor();
    assert.equal(await entries.nth(0).getByTestId('text').textContent(), `hostile ${hostile}`);
    assert.equal(await shown.locator('.badge').textContent(), hostile);
    assert.equal(await shown.getByRole('textbox', { name: hostile }).inputValue(), hostile);
    assert.equal(await page.locator('#entries :is(img, b, script)').count(), 0);
    await shown.getByText('Run', { exact: true }).click();
    assert.equal(await page.title(), 'Quartermaster');
    assert.equal(page.context().pages().length, 1);
    assert.deepEqual(problems, []);
  });

  test('shows every sample card in the gallery', async () => {
    const samples = { orders: { order: orderCard }, bulk: { preview: previewCard, job: jobCard(700) } };
    const { page, here, problems } = await visit(openPage, { stage: { samples } });
    await page.goto(`${here.url}/console/cards`);
    await page.getByTestId('sample').nth(2).waitFor();
    await page.getByRole('button', { name: 'Associate a user' }).click();
    await page.getByText('associate {}').waitFor();
    await page.getByTestId('filter').fill('job');
    assert.equal(await page.getByTestId('sample').filter({ visible: true }).count(), 1);
    assert.deepEqual(problems, []);
  });
});
