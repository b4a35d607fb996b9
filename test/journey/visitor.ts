/** Somebody at the console of the real bot, who reads what is there and presses what there is to press. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Running, start } from '../../src/start.ts';
import type { OpenPage } from '../edges/console/browser.ts';
import { type Home, newHome } from '../support/database.ts';

export const PERSONAS = [
  'Priya Raman',
  'Nora Lindgren',
  'Carla Diaz',
  'Chris Young',
  'Sam Stranger',
] as const;
type Persona = (typeof PERSONAS)[number];
type Settings = Readonly<Record<string, string>>;

/** The bot as `npm start` runs it, in a home of its own that outlives a restart. */
export type Bot = {
  readonly url: string;
  readonly running: Running;
  restart(settings?: Settings): Promise<Bot>;
};

const closing: (() => Promise<void>)[] = [];

/** To be called after each test. */
export async function closeBots(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

export async function openBot(settings: Settings = {}): Promise<Bot> {
  const home = await newHome('PGlite');
  closing.push(home.remove);
  return startIn(home, { PORT: '0', ...settings });
}

async function startIn(home: Home, settings: Settings): Promise<Bot> {
  const config = readConfig({ DATA_DIR: home.dataDir, LOG_LEVEL: 'silent', ...settings });
  assert.ok(!('problems' in config));
  const running = await start(config, openLog(config.logLevel));
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= running.stop();
    return stopped;
  };
  closing.push(stop);
  return {
    url: `http://localhost:${running.port}`,
    running,
    async restart(other = {}) {
      await stop();
      return startIn(home, { PORT: String(running.port), ...other });
    },
  };
}

export type Visitor = {
  readonly page: Page;
  /** What the page reported as errors. */
  readonly problems: readonly string[];
  /** Says it, and gives the answer; an answer that one has to scroll to is none. */
  say(text: string, file?: Sheet): Promise<Answer>;
  /** Becomes somebody else, by the menu. */
  be(name: Persona): Promise<void>;
  goTo(conversation: string): Promise<void>;
  /** The messages of the bot in this conversation. */
  readonly fromBot: Locator;
  /** The message that says this. */
  saying(words: string | RegExp): Locator;
};

export type Answer = {
  readonly entry: Locator;
  /** All that is to be read in it, once it says `words`. */
  reads(...words: readonly (string | RegExp)[]): Promise<void>;
  press(title: string | RegExp): Promise<void>;
  /** Presses what is asked about first, and says yes. */
  confirm(title: string, yes: string): Promise<void>;
  buttons(): Promise<string[]>;
  field(id: string): Locator;
};

export async function visit(
  openPage: OpenPage,
  bot: Bot,
  options: { as?: Persona; in?: string; context?: BrowserContextOptions } = {},
): Promise<Visitor> {
  const page = await openPage(options.context);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(bot.url);
  const ready = () => page.locator('[data-testid="feed"][aria-busy="false"]').waitFor();
  await ready();
  const entries = page.getByTestId('entry');
  const visitor: Visitor = {
    page,
    problems,
    fromBot: page.locator('[data-testid="entry"][data-from="bot"]'),
    saying: (words) => entries.filter({ hasText: words }),
    async say(text, file) {
      const before = await entries.count();
      if (file) {
        await page.getByTestId('picker').setInputFiles(file);
        await page.locator('[data-testid="upload"]:not([aria-busy])').waitFor();
      }
      await page.getByTestId('message').fill(text);
      await page.getByTestId('message').press('Enter');
      const entry = entries.nth(before + 1);
      await entry.waitFor();
      await page.getByTestId('jump').waitFor({ state: 'hidden' });
      return answer(page.locator(`[data-entry="${await entry.getAttribute('data-entry')}"]`));
    },
    async be(name) {
      await page.getByTestId('persona').click();
      await page.getByTestId('personas').getByText(name, { exact: true }).click();
      await page.getByTestId('persona').getByText(name).waitFor();
      await ready();
    },
    async goTo(conversation) {
      await page.getByTestId(`place-channel:${conversation}`).click();
      await page.getByTestId('place-name').getByText(`#${conversation}`).waitFor();
      await ready();
    },
  };
  if (options.as) await visitor.be(options.as);
  if (options.in) await visitor.goTo(options.in);
  return visitor;
}

export function answer(entry: Locator): Answer {
  return {
    entry,
    async reads(...words) {
      for (const one of words) await entry.getByText(one).first().waitFor();
    },
    press: (title) => entry.getByRole('button', { name: title, exact: typeof title === 'string' }).click(),
    async confirm(title, yes) {
      await entry.getByRole('button', { name: title, exact: true }).click();
      await entry.page().getByTestId('confirm').getByRole('button', { name: yes, exact: true }).click();
    },
    buttons: () => entry.getByRole('button').allTextContents(),
    field: (id) => entry.getByTestId(`input-${id}`).locator('input, select, textarea').first(),
  };
}

type Sheet = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
type Cells = readonly (string | number)[];

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function workbook(name: string, rows: readonly Cells[]): Promise<Sheet> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Users').addRows(rows.map((row) => [...row]));
  return { name, mimeType: XLSX, buffer: Buffer.from(await book.xlsx.writeBuffer()) };
}

export const textFile = (name: string, content: string): Sheet => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
});

/** Downloads a workbook by its link and reads its first sheet, as Excel would. */
export async function download(page: Page, link: Locator): Promise<{ name: string; rows: string[][] }> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(await readFile(await file.path())).buffer);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    rows.push(Array.from({ length: row.cellCount }, (_, index) => row.getCell(index + 1).text));
  });
  return { name: file.suggestedFilename(), rows };
}
