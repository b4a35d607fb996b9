/** A visitor at the console, and the bot she meets there. */
import assert from 'node:assert/strict';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Respond } from '../../../src/chat/edge.ts';
import type { Inbound } from '../../../src/chat/inbound.ts';
import type { OpenPage } from './browser.ts';
import { open } from './requests.ts';
import {
  associateCard,
  associatedCard,
  hostile,
  hostileCard,
  orderCard,
  previewCard,
} from './sample-cards.ts';
import { type StageOptions, text } from './support.ts';

export const OPERATIONS = {
  platform: 'console',
  conversation: 'channel:operations',
  kind: 'channel',
  name: '#operations',
} as const;
const FILES = {
  r1: { name: 'result 7.xlsx', contentType: 'application/octet-stream', bytes: Buffer.from('rows') },
};

/** A bot with one answer for each thing that a page must be able to show. */
export async function script(inbound: Inbound, respond: Respond): Promise<void> {
  if (inbound.kind === 'submit') {
    await answerForm(inbound.values, respond);
  } else if (inbound.text.startsWith('order')) {
    await respond(text('Order 10023', { card: orderCard }));
  } else if (inbound.text.startsWith('associate')) {
    await respond(text('Associate a user', { card: associateCard() }));
  } else if (inbound.text.startsWith('preview')) {
    await respond(text('Preview', { card: previewCard }));
  } else if (inbound.text.startsWith('hostile')) {
    await respond(text(hostile, { card: hostileCard }));
  } else if (inbound.text.startsWith('private')) {
    await respond(text('7 of 10 units are free.', { audience: 'asker' }));
  } else if (inbound.text.startsWith('report')) {
    await respond(text('The report.', { files: [{ id: 'r1', name: 'result 7.xlsx' }] }));
  } else {
    await respond(text(`Heard ${inbound.text}, ${inbound.attachments.length} files.`));
  }
}

async function answerForm(values: Readonly<Record<string, unknown>>, respond: Respond): Promise<void> {
  const email = String(values.email ?? '');
  const card = email.includes('@')
    ? associatedCard
    : associateCard({ email, units: Number(values.units), problem: `“${email}” is not an e-mail address.` });
  await respond(text('Associated', { card, position: 'instead' }));
}

type Visit = {
  readonly hash?: string;
  readonly stage?: StageOptions;
  readonly context?: BrowserContextOptions;
};

/** Opens the console as a new visitor; `problems` are those that the page reports. */
export async function visit(openPage: OpenPage, { hash = '#as=anna', ...options }: Visit = {}) {
  const here = await open({ script, files: FILES, ...options.stage });
  const page = await openPage(options.context);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  await page.goto(`${here.url}/${hash}`);
  await page.getByTestId('entry').or(page.getByTestId('welcome')).first().waitFor();
  return { page, here, problems, entries: page.getByTestId('entry') };
}

export async function say(page: Page, words: string): Promise<void> {
  await page.getByTestId('message').fill(words);
  await page.getByTestId('message').press('Enter');
}

export async function eventually(check: () => Promise<boolean> | boolean, sentence: string): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 8_000; ) {
    if (await check()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(sentence);
}

export function property(locator: Locator, name: string): Promise<unknown> {
  return locator.evaluate((node: object, key: string) => Reflect.get(node, key), name);
}

export function style(locator: Locator, name: string): Promise<unknown> {
  return locator.evaluate((node: object, key: string) => {
    return Reflect.get(Reflect.get(globalThis, 'getComputedStyle').call(globalThis, node), key);
  }, name);
}

export async function overflows(locator: Locator): Promise<boolean> {
  return Number(await property(locator, 'scrollWidth')) > Number(await property(locator, 'clientWidth'));
}
