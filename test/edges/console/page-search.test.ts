import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Dataset, Within } from '../../../src/chat/card.ts';
import type { Query } from '../../../src/chat/edge.ts';
import { describeInBrowser, type OpenPage } from './browser.ts';
import { closeAfterEach } from './requests.ts';
import { button, card, line } from './sample-cards.ts';
import { text } from './support.ts';
import { eventually, say, visit } from './visit.ts';

const PEOPLE = ['alice', 'alan', 'bob'].map((name) => ({
  title: `${name}@contoso.example · ${name} <b>Berg</b>`,
  value: `${name}@contoso.example`,
}));

const searched = (id: string, label: string, dataset: Dataset, within?: Within) =>
  ({
    type: 'Input.ChoiceSet',
    id,
    label,
    choices: [],
    'choices.data': { type: 'Data.Query', dataset, ...(within && { within }) },
    style: 'compact',
  }) as const;

const form = card(
  [
    searched('user', 'User name', 'users'),
    line('No user', { id: 'user.error', color: 'attention' }),
    {
      ...searched('service', 'Service', 'free-services'),
      choices: [
        { title: '10023/1 · Messaging · 7 free', value: '10023/1' },
        { title: '10023/3 · Webex Suite · 2 free', value: '10023/3' },
      ],
      value: '10023/1',
    },
    searched('from', 'From', 'used-services', { user: 'user' }),
  ],
  [
    button('Associate', 'associate', { style: 'positive', data: { once: '1' } }),
    button('Cancel job', 'bulk.cancel', {
      style: 'destructive',
      associatedInputs: 'none',
      confirm: { title: 'Stop job 7?', text: 'What is done <i>stays</i> done.', yes: 'Stop it' },
    }),
  ],
);

async function open(openPage: OpenPage, search?: (query: Query) => Promise<typeof PEOPLE>) {
  const asked: Query[] = [];
  const at = await visit(openPage, {
    stage: {
      script: async (inbound, respond) => {
        const answer = inbound.kind === 'submit' ? text(`did ${inbound.verb}`) : text('Form', { card: form });
        await respond(answer);
      },
      search: async (query) => {
        asked.push(query);
        return search ? search(query) : PEOPLE.filter(({ value }) => value.startsWith(query.words));
      },
    },
  });
  await say(at.page, 'associate');
  await at.page.getByRole('combobox', { name: 'User name' }).waitFor();
  return { ...at, asked };
}

const user = (page: Page) => page.getByRole('combobox', { name: 'User name' });
const service = (page: Page) => page.getByRole('combobox', { name: 'Service' });
const options = (page: Page) => page.getByRole('listbox').getByRole('option');

describeInBrowser('fields that are searched', (openPage) => {
  closeAfterEach();

  test('find while one types, and send what was chosen by keyboard', async () => {
    const { page, here, asked, problems } = await open(openPage);
    await user(page).fill('al');
    await eventually(async () => (await options(page).count()) === 2, 'two fit');
    assert.deepEqual(
      { ...asked.at(-1), person: asked.at(-1)?.person.id, place: asked.at(-1)?.place.conversation },
      {
        person: 'anna',
        place: 'personal:anna',
        dataset: 'users',
        words: 'al',
        most: 20,
      },
    );
    assert.equal(await user(page).getAttribute('aria-expanded'), 'true');
    assert.equal(await page.getByRole('status').filter({ hasText: '2 choices' }).count(), 1);

    await user(page).press('ArrowDown');
    await user(page).press('ArrowDown');
    const active = (await user(page).getAttribute('aria-activedescendant')) ?? '';
    assert.equal(await page.locator(`#${active}`).textContent(), PEOPLE[1]?.title);
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await user(page).press('Enter');
    assert.equal(await user(page).inputValue(), PEOPLE[1]?.title);
    assert.equal(await user(page).getAttribute('aria-expanded'), 'false');
    assert.equal(here.heard.length, 1, 'a choice is no answer yet');

    await user(page).press('Enter');
    await eventually(() => here.heard.length === 2, 'the form is sent');
    const sent = here.heard[1];
    assert.ok(sent?.kind === 'submit');
    assert.deepEqual({ ...sent.values }, { once: '1', user: 'alan@contoso.example', service: '10023/1' });
    assert.deepEqual(problems, []);
  });

  test('what narrows a search is told, also where it is only typed', async () => {
    const { page, asked, problems } = await open(openPage);
    const from = page.getByRole('combobox', { name: 'From' });
    await from.fill('web');
    await eventually(() => asked.at(-1)?.dataset === 'used-services', 'it is searched');
    assert.equal(asked.at(-1)?.within, undefined);
    await user(page).fill('alan@contoso.example');
    await from.fill('webe');
    await eventually(() => asked.at(-1)?.within !== undefined, 'it is narrowed');
    assert.deepEqual(asked.at(-1)?.within, { user: 'alan@contoso.example' });
    assert.deepEqual(problems, []);
  });

  test('by mouse, and Escape leaves what was typed', async () => {
    const { page, problems } = await open(openPage);
    await user(page).fill('bo');
    await options(page).first().click();
    assert.equal(await user(page).inputValue(), PEOPLE[2]?.title);
    assert.equal(await page.locator('#entries b').count(), 0, 'a name is no markup');
    await user(page).fill('al');
    await options(page).first().waitFor();
    await user(page).press('Escape');
    assert.equal(await page.getByTestId('found').filter({ visible: true }).count(), 0);
    assert.equal(await user(page).inputValue(), 'al');
    assert.deepEqual(problems, []);
  });

  test('take what nobody found as it was typed', async () => {
    const { page, here } = await open(openPage);
    await user(page).fill('dave@contoso.example');
    await page.getByTestId('found').getByText('Nothing found. What you typed is taken as it is.').waitFor();
    await user(page).press('Enter');
    await eventually(() => here.heard.length === 2, 'the form is sent');
    const sent = here.heard[1];
    assert.ok(sent?.kind === 'submit');
    assert.equal(sent.values.user, 'dave@contoso.example');
  });

  test('show the choices at hand before anything is typed, and look further for more', async () => {
    const { page, asked } = await open(openPage);
    assert.equal(await service(page).inputValue(), '10023/1 · Messaging · 7 free');
    await service(page).click();
    assert.equal(await options(page).count(), 2);
    assert.equal(asked.length, 0);
    await service(page).fill('webex');
    await eventually(() => asked.at(-1)?.dataset === 'free-services', 'it is looked for');
  });

  test('show the answer to what was typed last, whichever comes first', async () => {
    const late: (() => void)[] = [];
    const { page } = await open(openPage, async ({ words }) => {
      if (words === 'a') await new Promise<void>((resolve) => late.push(resolve));
      return PEOPLE.filter(({ value }) => value.startsWith(words));
    });
    await user(page).fill('a');
    await eventually(() => late.length > 0, 'the first search is under way');
    await user(page).fill('bob');
    await eventually(async () => (await options(page).count()) === 1, 'bob is found');
    for (const answer of late) answer();
    await page.waitForTimeout(100);
    assert.deepEqual(await options(page).allTextContents(), [PEOPLE[2]?.title]);
  });

  test('say beside themselves what is wrong', async () => {
    const { page } = await open(openPage);
    assert.equal(await user(page).getAttribute('aria-invalid'), 'true');
    const error = await user(page).getAttribute('aria-describedby');
    assert.equal(await page.locator(`#${error}`).textContent(), 'No user');
  });
});

describeInBrowser('a button that asks first', (openPage) => {
  closeAfterEach();

  test('does nothing before it is meant, and begins at No', async () => {
    const { page, here, problems } = await open(openPage);
    const cancel = page.getByRole('button', { name: 'Cancel job' });
    const question = page.getByRole('alertdialog', { name: 'Stop job 7?' });
    await cancel.click();
    await question.getByText('What is done <i>stays</i> done.').waitFor();
    assert.equal(await page.locator(':focus').textContent(), 'No');
    await page.keyboard.press('Enter');
    await eventually(async () => (await question.count()) === 0, 'the question is gone');
    assert.equal(await page.locator(':focus').textContent(), 'Cancel job', 'the keyboard is where it was');

    await page.waitForTimeout(400);
    await cancel.click();
    await page.keyboard.press('Escape');
    await eventually(async () => (await question.count()) === 0, 'the question is gone');
    assert.equal(here.heard.length, 1);

    await page.waitForTimeout(400);
    await cancel.click();
    await question.getByRole('button', { name: 'Stop it' }).click();
    await eventually(() => here.heard.length === 2, 'it is sent');
    assert.ok(here.heard[1]?.kind === 'submit' && here.heard[1].verb === 'bulk.cancel');
    assert.deepEqual(problems, []);
  });
});
