/**
 * Chromium for tests. On a machine without it the browser tests are left out, and one line says so; where
 * they must run (CI, or QM_BROWSER=1), a missing browser is a failure. QM_NO_BROWSER=1 leaves them out everywhere.
 */
import { existsSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const KNOWN_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** `CHROMIUM` names another browser to use. */
function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  return [...(CHROMIUM ? [CHROMIUM] : []), ...KNOWN_PATHS].find((path) => existsSync(path));
}

function decide(): { run: true } | { run: false; because: string } {
  const { CI, QM_BROWSER, QM_NO_BROWSER } = process.env;
  if (QM_NO_BROWSER === '1') {
    return { run: false, because: 'QM_NO_BROWSER=1 leaves the browser tests out.' };
  }
  if (CI === 'true' || QM_BROWSER === '1' || findChromium()) {
    return { run: true };
  }
  return {
    run: false,
    because: 'There is no Chromium here, so the browser tests are left out (QM_BROWSER=1 insists).',
  };
}

export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/** A `describe` whose tests share one browser. `openPage` gives a page of its own, as a new visitor has it. */
export function describeInBrowser(name: string, register: (openPage: OpenPage) => void): void {
  const decision = decide();
  if (!decision.run) {
    test(name, { skip: decision.because }, () => undefined);
    return;
  }
  describe(name, () => {
    let browser: Browser | undefined;
    before(async () => {
      browser = await launch();
    });
    afterEach(async () => {
      await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    });
    after(() => browser?.close());
    register(async (options) => {
      const context = await browser?.newContext({ reducedMotion: 'reduce', ...options });
      if (!context) {
        throw new Error('The browser is not open.');
      }
      context.setDefaultTimeout(10_000);
      return context.newPage();
    });
  });
}

export async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error(
      'The browser tests need Chromium: install it as /usr/bin/chromium, or name it in CHROMIUM, or set QM_NO_BROWSER=1.',
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
