import { readFile } from 'node:fs/promises';
import type { WebClient } from '@slack/web-api';
import type { Check } from '../../chat/edge.ts';
import { slackWord } from './failures.ts';

/** The app as it is meant to be: what is installed in Slack may be an older one. */
const MANIFEST = new URL('../../../manifest/slack/manifest.json', import.meta.url);

type Manifest = {
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly features: { readonly slash_commands: readonly { readonly command: string }[] };
};

/** What Slack says of the token, what it may do, and whether that is what the manifest asks for. */
export async function checkSlack(client: WebClient, command: string): Promise<readonly Check[]> {
  const [token, manifest] = await Promise.all([checkToken(client), readManifest()]);
  if (manifest === undefined) return [token.check];
  return [
    token.check,
    ...(token.scopes === undefined ? [] : [checkScopes(token.scopes, manifest.oauth_config.scopes.bot)]),
    checkCommand(
      manifest.features.slash_commands.map((one) => one.command),
      command,
    ),
  ];
}

async function checkToken(client: WebClient) {
  try {
    const { user, team, response_metadata } = await client.auth.test();
    const check: Check = { what: 'Token', state: 'good', says: `The bot is @${user} in ${team}.` };
    return { check, scopes: response_metadata?.scopes };
  } catch (err) {
    const why = slackWord(err) ?? (err instanceof Error ? err.message : String(err));
    const check: Check = {
      what: 'Token',
      state: 'attention',
      says: `Slack did not let the bot in (${why}).`,
      remedy:
        slackWord(err) === undefined
          ? 'See whether this machine reaches slack.com.'
          : 'Install the app again and set SLACK_BOT_TOKEN to its new token.',
    };
    return { check, scopes: undefined };
  }
}

function checkScopes(given: readonly string[], wanted: readonly string[]): Check {
  const missing = wanted.filter((scope) => !given.includes(scope));
  if (missing.length === 0) {
    return { what: 'Permissions', state: 'good', says: `All ${wanted.length} of the manifest are given.` };
  }
  return {
    what: 'Permissions',
    state: 'attention',
    says: `Not given: ${missing.join(', ')}.`,
    remedy: 'Put manifest/slack/manifest.json into the app and install it again.',
  };
}

const checkCommand = (offered: readonly string[], command: string): Check =>
  offered.length === 1 && offered[0] === command
    ? { what: 'Manifest', state: 'good', says: `Its slash command ${command} is the one the bot answers.` }
    : {
        what: 'Manifest',
        state: 'attention',
        says: `It offers ${offered.join(', ') || 'no slash command'}; the bot answers ${command}.`,
        remedy: 'Mend manifest/slack/manifest.json and put it into the app again.',
      };

async function readManifest(): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(MANIFEST, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}
