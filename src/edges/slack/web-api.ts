import { LogLevel, webApi } from '@slack/bolt';
import type { Logger } from '@slack/logger';
import type { FetchFunction, WebClient, WebClientOptions } from '@slack/web-api';
import type { Log, SlackOptions } from './options.ts';

/** The server that is Slack. */
type Server = Pick<SlackOptions, 'apiUrl' | 'log'>;

/** Who the bot is in Slack. */
export type Identity = {
  /** Where the app is installed: a workspace, or an organization of several. All ids of people and places begin with it. */
  readonly team: string;
  readonly enterprise: string | undefined;
  readonly user: string;
  readonly bot: string;
  /** In an organization: the workspace that is meant. */
  readonly within?: string | undefined;
};

/**
 * The client of the Web API. It gives up soon, unlike its default of ten tries in half an hour: somebody
 * waits for the answer, and posts that fail are tried again by whoever sent them.
 */
export const webClient = (options: Server, token: string, within?: string): WebClient =>
  new webApi.WebClient(token, { ...clientOptions(options), ...inTeam(within) });

/**
 * For what must not be there twice: a request whose answer is lost may have got through, so it is not simply sent again.
 * Whoever posts tries again, and looks first.
 */
export const onceClient = (options: Server, token: string, within?: string): WebClient =>
  new webApi.WebClient(token, {
    ...clientOptions(options),
    ...inTeam(within),
    retryConfig: { retries: 0 },
  });

/** Of an organization, each call names the workspace. Source: https://docs.slack.dev/enterprise/organization-ready-apps */
const inTeam = (teamId: string | undefined) => (teamId === undefined ? {} : { teamId });

export const clientOptions = ({ apiUrl, log }: Server): WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiRoot(apiUrl) }),
  logger: boltLog(log),
  retryConfig: { retries: 2, minTimeout: 250, maxTimeout: 1_000 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
});

/** Hears how far our clock is from Slack's, which Slack tells with each answer, to the second. */
export function clockedClient(options: Server, token: string, now: () => number) {
  let apart: number | undefined;
  const fetchDated: FetchFunction = async (url, init) => {
    const asked = now();
    const answer = await fetch(url, init as RequestInit);
    const second = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(second)) apart = Math.max(0, asked - (second + 1_000), second - now()) / 1_000;
    return answer;
  };
  const client = new webApi.WebClient(token, { ...clientOptions(options), fetch: fetchDated });
  return { client, secondsApart: () => apart };
}

/** Asked once; a failure is not remembered. */
export function identityOf(client: WebClient): () => Promise<Identity> {
  let known: Promise<Identity> | undefined;
  const ask = async (): Promise<Identity> => {
    const { team_id, enterprise_id, user_id, bot_id, is_enterprise_install } = await client.auth.test();
    const team = is_enterprise_install ? enterprise_id : team_id;
    return { team: team ?? '', enterprise: enterprise_id, user: user_id ?? '', bot: bot_id ?? '' };
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** Bolt's logger writes lines; ours writes objects. Its debug lines hold whole payloads and are dropped. */
export function boltLog(log: Log): Logger {
  const write =
    (level: keyof Log) =>
    (...words: unknown[]) => {
      // One try of several: whoever asked hears of the last, and says what came of it.
      if (words[0] !== 'http request failed') log[level]({ slack: words }, words.map(String).join(' '));
    };
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

function apiRoot(apiUrl: string): string {
  const url = new URL(apiUrl);
  if (url.pathname === '/') url.pathname = '/api/';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}
