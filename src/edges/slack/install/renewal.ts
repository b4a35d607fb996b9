import { webApi } from '@slack/bolt';
import type { Access, Installed } from '../../../chat/installation.ts';
import { slackWord } from '../answers/failures.ts';
import { pause, realTimers } from '../forms/timers.ts';
import type { InstallOptions, SlackOptions } from '../options.ts';
import { clientOptions } from '../web-api.ts';

/** The bot was installed there, but has no token that is good now; the message says why. */
export class NoAccess extends Error {
  override name = 'NoAccess';
}

/** A token is good for twelve hours. Source: https://docs.slack.dev/authentication/using-token-rotation */
const RENEW_BEFORE_MS = 2 * 60 * 60 * 1_000;
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 250;

export type Known = Installed & { readonly access: Access };
export type Renewing = SlackOptions & { readonly install: InstallOptions };

/** The installation with a token that is good for a while. Rejects with `NoAccess`. */
export async function freshened(options: Renewing, installed: Installed): Promise<Known> {
  const known = knownOf(installed);
  const { renewal } = known.access;
  const now = options.now ?? Date.now;
  if (renewal === undefined || renewal.expiresAt.getTime() - now() > RENEW_BEFORE_MS) return known;
  if (await options.install.installations.beginRenewal(installed)) return renew(options, known, renewal);
  return isExpired(renewal, now) ? othersRenewal(options, known) : known;
}

type Renewal = NonNullable<Access['renewal']>;

const isExpired = ({ expiresAt }: Renewal, now: () => number) => expiresAt.getTime() <= now();

function knownOf(installed: Installed): Known {
  const { access } = installed;
  if (access === undefined) throw new NoAccess('No key of SECRET_KEY opens its token.');
  return { ...installed, access };
}

/**
 * A refusal leaves the token that there is, for as long as it is good. The library of Slack would let two of us renew at once,
 * and keep a token that is good no more: https://github.com/slackapi/node-slack-sdk/issues/2504
 */
async function renew(options: Renewing, known: Known, renewal: Renewal): Promise<Known> {
  const { log, now = Date.now, install } = options;
  try {
    const access = await nextAccess(options, renewal, now);
    if (await install.installations.renewed(known, access)) return { ...known, access };
  } catch (err) {
    const why = slackWord(err) ?? (err instanceof Error ? err.message : String(err));
    log.error({ workspace: known.workspace, why }, 'Slack did not renew the token of a workspace');
    // While the token is good, Slack is not asked again within the minute: it may be out of order.
    if (!isExpired(renewal, now)) return known;
    await install.installations.endRenewal(known);
    throw new NoAccess(`Slack did not renew its token (${why}).`, { cause: err });
  }
  return found(options, known);
}

/** A refresh token is good once: a lost answer may not be asked for again by the client of its own accord. */
async function nextAccess(options: Renewing, { token }: Renewal, now: () => number): Promise<Access> {
  const { clientId: client_id, clientSecret: client_secret } = options.install;
  const client = new webApi.WebClient(undefined, { ...clientOptions(options), retryConfig: { retries: 0 } });
  const asked = now();
  const answer = await client.oauth.v2.access({
    client_id,
    client_secret,
    grant_type: 'refresh_token',
    refresh_token: token,
  });
  const { access_token, refresh_token, expires_in } = answer;
  if (!access_token || !refresh_token || !expires_in) throw new Error('Slack gave no token');
  const expiresAt = new Date(asked + expires_in * 1_000);
  return { token: access_token, renewal: { token: refresh_token, expiresAt } };
}

/** Another copy of the bot asks for the token just now. */
async function othersRenewal(options: Renewing, known: Known): Promise<Known> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_EVERY_MS) {
    await pause(options.timers ?? realTimers, LOOK_EVERY_MS);
    const now = await found(options, known);
    if (now.version !== known.version) return now;
  }
  throw new NoAccess('Its token has expired, and another copy of the bot has yet to renew it.');
}

async function found({ install }: Renewing, { workspace }: Known): Promise<Known> {
  const installed = await install.installations.find(workspace);
  if (installed === undefined) throw new NoAccess('The bot was taken out of it.');
  return knownOf(installed);
}
