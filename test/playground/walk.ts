import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launch } from '../edges/console/browser.ts';

/** A personal chat, a group chat and a channel: the bot is asked, a form is filled in, the answers are read. */
export async function walk(url: string, pictures: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1300, height: 1100 } });
  const keep = async (name: string) => {
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    process.stdout.write(`✔ ${name}\n`);
  };
  try {
    await page.goto(url);
    await inPersonalChat(page, keep);
    await inGroupChat(page, keep);
    await inChannel(page, keep);
    process.stdout.write(`Pictures: ${pictures}\n`);
  } catch (error) {
    await page.screenshot({ path: join(pictures, 'where it ended.png') });
    throw error;
  } finally {
    await browser.close();
  }
}

type Keep = (name: string) => Promise<void>;

async function inPersonalChat(page: Page, keep: Keep): Promise<void> {
  await open(page, page.getByText('Personal Chat', { exact: true }).first());
  await answerTo(page, 'use contoso', /Contoso/);
  await answerTo(page, 'orders', /Orders of Contoso|orders/);
  await keep('personal: orders');
  await answerTo(page, 'order 10023', /10023/);
  await keep('personal: order');
  const form = await answerTo(page, 'associate', /Associate/);
  await keep('personal: form');
  await form.getByRole('button', { name: 'Associate', exact: true }).click();
  await keep('personal: form with an error');
}

async function inGroupChat(page: Page, keep: Keep): Promise<void> {
  await open(page, page.getByText('Group Chat', { exact: true }).last());
  await mention(page);
  await answerTo(page, 'use contoso here', /Contoso/);
  await mention(page);
  await answerTo(page, 'free', /free/i);
  await keep('group: free units, for everybody');
}

async function inChannel(page: Page, keep: Keep): Promise<void> {
  await open(page, page.getByText('General', { exact: true }).first());
  await mention(page);
  await say(page, 'order 10023');
  await page
    .getByText(/sent you the answer privately|only you/i)
    .first()
    .waitFor();
  await keep('channel: an order, in private');
}

/** The bot greets whoever opens a conversation with it. */
async function open(page: Page, conversation: Locator): Promise<void> {
  await conversation.click();
  await page
    .getByText(/help \[command\]|Hello\. Mention me/)
    .first()
    .waitFor();
}

const box = (page: Page): Locator => page.locator('[role=textbox][contenteditable=true]').first();

async function mention(page: Page): Promise<void> {
  await box(page).pressSequentially('@');
  await page.getByRole('menuitem', { name: 'Test Bot' }).first().click();
}

/** Says something, and waits for a card with these words that was not there before. */
async function answerTo(page: Page, words: string, hasText: RegExp): Promise<Locator> {
  const answers = page.locator('.ac-adaptiveCard').filter({ hasText });
  const answer = answers.nth(await answers.count());
  await say(page, words);
  await answer.waitFor();
  return answer;
}

async function say(page: Page, words: string): Promise<void> {
  await box(page).pressSequentially(words);
  await page.keyboard.press('Enter');
  // A channel has a button for a new post.
  const post = page.getByRole('button', { name: 'Post', exact: true });
  if (await post.isVisible()) await post.click();
}
