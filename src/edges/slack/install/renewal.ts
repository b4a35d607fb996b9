import { webApi } from '@slack/bolt';
import type { Access, Installed } from '../../../chat/installation.ts';
import { isPassing, slackWord } from '../answers/failures.ts';
import { pause, realTimers } from '../forms/timers.ts';
import type { InstallOptions, SlackOptions } from '../options.ts';
import { clientOptions } from '../web-api.ts';
import type { Unwritten } from './unwritten.ts';

/**
 * `no key`: a key is missing that the token was sealed with. `settings`: Slack does not know the app by its id and secret.
 * `busy`: another copy of the bot has yet to renew it. `unreachable`: Slack can't be asked just now. `refused`: never again
 * with this token, or the bot was taken out.
 */
export type Reason = 'no key' | 'settings' | 'busy' | 'unreachable' | 'refused';

/** The bot was installed there, but has no token that is good now; the message says why. */
export class NoAccess extends Error {
  override name = 'NoAccess';
  readonly reason: Reason;

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A token is good for twelve hours. Source: https://docs.slack.dev/authentication/using-token-rotation */
const RENEW_BEFORE_MS = 2 * 60 * 60 * 1_000;
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 250;

export type Known = Installed & { readonly access: Access };
/** What this copy of the bot knows of tokens, and the database does not. */
export type Memory = {
  readonly unwritten: Unwritten;
  /** What Slack said of a token to renew with that is good no more, until the bot is installed there anew. */
  readonly spent: Map<string, { readonly version: string; readonly refusal: unknown }>;
};
export type Renewing = SlackOptions & { readonly install: InstallOptions; readonly memory: Memory };

/** The installation with a token that is good for a while. Rejects with `NoAccess`. */
export async function freshened(options: Renewing, installed: Installed): Promise<Known> {
  const { memory, install, now = Date.now } = options;
  const unwritten = memory.unwritten.of(installed);
  if (unwritten !== undefined) return { ...installed, access: unwritten };
  const known = knownOf(installed);
  const { renewal } = known.access;
  if (renewal === undefined || renewal.expiresAt.getTime() - now() > RENEW_BEFORE_MS) return known;
  const spent = memory.spent.get(installed.workspace);
  if (spent?.version === installed.version) {
    if (!isExpired(renewal, now)) return known;
    throw notRenewed(spent.refusal);
  }
  if (await install.installations.beginRenewal(installed)) return renew(options, known, renewal);
  return isExpired(renewal, now) ? othersRenewal(options, known) : known;
}

type Renewal = NonNullable<Access['renewal']>;

const isExpired = ({ expiresAt }: Renewal, now: () => number) => expiresAt.getTime() <= now();

function knownOf(installed: Installed): Known {
  const { access } = installed;
  if (access === undefined) throw new NoAccess('no key', 'No key of SECRET_KEY opens its token.');
  return { ...installed, access };
}

/**
 * Once Slack has given the next token there is no way back: it is used, whether it can be written down now or not. The library
 * of Slack would let two of us renew at once, and keep a token that is good no more: https://github.com/slackapi/node-slack-sdk/issues/2504
 */
async function renew(options: Renewing, known: Known, renewal: Renewal): Promise<Known> {
  const { now = Date.now, install, memory } = options;
  let access: Access;
  try {
    access = await nextAccess(options, renewal, now);
  } catch (err) {
    return goOn(options, known, renewal, err);
  }
  const next = { ...known, access };
  let isOurs: boolean;
  try {
    isOurs = await install.installations.renewed(known, access);
  } catch (err) {
    memory.unwritten.keep(next, err);
    return next;
  }
  return isOurs ? next : found(options, known);
}

/** A refusal leaves the token that there is, for as long as it is good. */
async function goOn(options: Renewing, known: Known, renewal: Renewal, refusal: unknown): Promise<Known> {
  const { log, now = Date.now, install, memory } = options;
  const { workspace, version } = known;
  log.error({ workspace, why: whyOf(refusal) }, 'Slack did not renew the token of a workspace');
  if (slackWord(refusal) === 'invalid_refresh_token') memory.spent.set(workspace, { version, refusal });
  // While the token is good, Slack is not asked again within the minute: it may be out of order.
  if (!isExpired(renewal, now)) return known;
  await install.installations.endRenewal(known);
  throw notRenewed(refusal);
}

const whyOf = (err: unknown) => slackWord(err) ?? (err instanceof Error ? err.message : String(err));

/** Source: https://docs.slack.dev/reference/methods/oauth.v2.access */
const ofSettings = new Set(['bad_client_secret', 'invalid_client_id']);

function notRenewed(cause: unknown): NoAccess {
  const isOfSettings = ofSettings.has(slackWord(cause) ?? '');
  const reason = isOfSettings ? 'settings' : isPassing(cause) ? 'unreachable' : 'refused';
  return new NoAccess(reason, `Slack did not renew its token (${whyOf(cause)}).`, { cause });
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
  throw new NoAccess('busy', 'Its token has expired, and another copy of the bot has yet to renew it.');
}

async function found({ install }: Renewing, { workspace }: Known): Promise<Known> {
  const installed = await install.installations.find(workspace);
  if (installed === undefined) throw new NoAccess('refused', 'The bot was taken out of it.');
  return knownOf(installed);
}
