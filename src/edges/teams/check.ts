import { readFile } from 'node:fs/promises';
import type { Check } from '../../chat/edge.ts';
import { dig } from './request.ts';

/** The app as it is uploaded to Teams. */
const MANIFEST = new URL('../../../manifest/teams/manifest.json', import.meta.url);
const LONGEST_MS = 8_000;

export type Checking = {
  /** Asks Microsoft for a token with the bot's secret; nothing in local mode, which has none. */
  readonly signIn: (() => Promise<unknown>) | undefined;
  /** Does the bot know a command of these words? */
  readonly understands: ((words: string) => boolean) | undefined;
};

/**
 * What can be known without a conversation. Which version of the app a team has installed, and whether the messages that
 * Teams sends arrive, nobody can ask Teams.
 */
export async function checkTeams({ signIn, understands }: Checking): Promise<readonly Check[]> {
  const checks = await Promise.all([checkToken(signIn), understands && checkMenu(understands)]);
  return checks.filter((check) => check !== undefined);
}

async function checkToken(signIn: Checking['signIn']): Promise<Check | undefined> {
  if (signIn === undefined) return undefined;
  const away = new Promise((_, reject) =>
    setTimeout(() => reject(new Error('no answer in time')), LONGEST_MS).unref(),
  );
  try {
    await Promise.race([signIn(), away]);
    return { what: 'Token', state: 'good', says: 'Microsoft gives the bot a token.' };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 160) : String(error);
    return {
      what: 'Token',
      state: 'attention',
      says: `Microsoft gave the bot no token (${why}).`,
      remedy:
        'See whether the client secret has expired, and MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId and MicrosoftAppType.',
    };
  }
}

/** The menu of commands in Teams is part of the manifest. */
async function checkMenu(understands: (words: string) => boolean): Promise<Check | undefined> {
  const offered = titlesIn(await readManifest());
  if (offered.length === 0) return undefined;
  const unknown = offered.filter((title) => !understands(title));
  if (unknown.length === 0) {
    return {
      what: 'Manifest',
      state: 'good',
      says: `The bot knows all ${offered.length} commands of its menu.`,
    };
  }
  return {
    what: 'Manifest',
    state: 'attention',
    says: `Its menu offers what the bot does not know: ${unknown.join(', ')}.`,
    remedy: 'Mend manifest/teams/manifest.json and upload the app again.',
  };
}

async function readManifest(): Promise<unknown> {
  try {
    return JSON.parse(await readFile(MANIFEST, 'utf8'));
  } catch {
    return undefined;
  }
}

function titlesIn(manifest: unknown): string[] {
  const list = (value: unknown) => (Array.isArray(value) ? value : []);
  const titles = list(dig(manifest, 'bots'))
    .flatMap((bot) => list(dig(bot, 'commandLists')))
    .flatMap((one) => list(dig(one, 'commands')))
    .map((command) => dig(command, 'title'));
  return [...new Set(titles.filter((title) => typeof title === 'string'))];
}
