import { LogLevel, webApi } from '@slack/bolt';
import type { Logger } from '@slack/logger';
import type { FetchFunction, WebClient, WebClientOptions } from '@slack/web-api';
import type { Log, SlackOptions } from './options.ts';

/** Who the bot is in Slack. */
export type Identity = { team: string; enterprise: string | undefined; user: string; bot: string };

/**
 * The client of the Web API. It gives up soon, unlike its default of ten tries in half an hour: somebody
 * waits for the answer, and posts that fail are tried again by whoever sent them.
 */
export const webClient = (options: SlackOptions): WebClient =>
  new webApi.WebClient(options.botToken, clientOptions(options));

/**
 * For what must not be there twice: a request whose answer is lost may have got through, so it is not simply sent again.
 * Whoever posts tries again, and looks first.
 */
export const onceClient = (options: SlackOptions): WebClient =>
  new webApi.WebClient(options.botToken, { ...clientOptions(options), retryConfig: { retries: 0 } });

export const clientOptions = ({ apiUrl, log }: SlackOptions): WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiRoot(apiUrl) }),
  logger: boltLog(log),
  retryConfig: { retries: 2, minTimeout: 250, maxTimeout: 1_000 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
});

/** Hears how far our clock is from Slack's, which Slack tells with each answer, to the second. */
export function clockedClient(options: SlackOptions, now: () => number) {
  let apart: number | undefined;
  const fetchDated: FetchFunction = async (url, init) => {
    const asked = now();
    const answer = await fetch(url, init as RequestInit);
    const second = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(second)) apart = Math.max(0, asked - (second + 1_000), second - now()) / 1_000;
    return answer;
  };
  const client = new webApi.WebClient(options.botToken, { ...clientOptions(options), fetch: fetchDated });
  return { client, secondsApart: () => apart };
}

/** Asked once; a failure is not remembered. */
export function identityOf(client: WebClient): () => Promise<Identity> {
  let known: Promise<Identity> | undefined;
  const ask = async (): Promise<Identity> => {
    const { team_id, enterprise_id, user_id, bot_id } = await client.auth.test();
    return { team: team_id ?? '', enterprise: enterprise_id, user: user_id ?? '', bot: bot_id ?? '' };
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
    (...words: unknown[]) =>
      log[level]({ slack: words }, words.map(String).join(' '));
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
