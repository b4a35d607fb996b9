import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type App,
  HTTPResponseAck,
  HTTPModuleFunctions as http,
  isRawBodyError,
  type Receiver,
} from '@slack/bolt';
import type { Log, SlackOptions } from './options.ts';
import { isRequest } from './requests/shape.ts';
import { boltLog } from './web-api.ts';

/** Takes the raw request of `POST /slack/events`. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What Bolt receives from, on the port that the bot shares. */
export type HttpDoor = Receiver & { readonly handle: Handle };

/** Where Slack sends everything: events, commands and interactions. */
export const path = '/slack/events';

const tolerance = 5 * 60;
const bodyLimit = 1024 * 1024;

/** Bolt's own receiver wants a port to itself, lets requests from the future in, and falls over a body that is no request. */
export function httpDoor(options: SlackOptions, now: () => number): HttpDoor {
  const { log } = options;
  let app: App | undefined;
  return {
    init(to) {
      app = to;
    },
    start: async () => undefined,
    stop: async () => undefined,
    handle: (request, response) =>
      void take(options, now, app, request, response).catch((err: unknown) => {
        log.error({ err }, 'A request from Slack could not be taken');
        // Slack sends an event again, and it is done once however often it comes.
        refuse(response, 500);
      }),
  };
}

async function take(
  { signingSecret, apiUrl, log }: SlackOptions,
  now: () => number,
  app: App | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const buffered = await verified(signingSecret, now, log, request);
  if (typeof buffered === 'number') return refuse(response, buffered);
  const body = bodyOf(buffered);
  if (answerBySelf(body, response, log)) return;
  const apiOrigin = apiUrl === undefined ? undefined : new URL(apiUrl).origin;
  if (!isRequest(body, apiOrigin) || app === undefined) {
    log.warn({ type: typeOf(body) }, 'What Slack sent is no request that the bot knows');
    return refuse(response, 400);
  }
  const ack = new HTTPResponseAck({
    logger: boltLog(log),
    processBeforeResponse: false,
    httpRequest: buffered,
    httpRequestBody: body,
    httpResponse: response,
  });
  await app.processEvent({
    body,
    ack: ack.bind(),
    ...defined('retryNum', http.extractRetryNumFromHTTPRequest(request)),
    ...defined('retryReason', http.extractRetryReasonFromHTTPRequest(request)),
  });
}

const defined = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);

/**
 * The request with its body, or the status to refuse it with. Bolt refuses old timestamps only
 * (receivers/verify-request.ts): one from the future could be replayed until its time has come.
 */
async function verified(signingSecret: string, now: () => number, log: Log, request: IncomingMessage) {
  const sentAt = Number(request.headers['x-slack-request-timestamp']);
  if (sentAt > now() / 1_000 + tolerance) return 401;
  try {
    return await http.parseAndVerifyHTTPRequest(
      { enabled: true, signingSecret, bodyLimit, logger: boltLog(log) },
      request,
    );
  } catch (err) {
    const isTooLarge = isRawBodyError(err) && err.statusCode === 413;
    log.warn(
      { reason: err instanceof Error ? err.message : String(err) },
      'A request to Slack’s door was refused',
    );
    return isTooLarge ? 413 : 401;
  }
}

function bodyOf(request: Parameters<typeof http.parseHTTPRequestBody>[0]): unknown {
  try {
    return http.parseHTTPRequestBody(request);
  } catch {
    return undefined;
  }
}

/** What Slack asks the address, and not the app. */
function answerBySelf(body: unknown, response: ServerResponse, log: Log): boolean {
  const { ssl_check, team_id, minute_rate_limited } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const type = typeOf(body);
  if (ssl_check === '1') http.buildSSLCheckResponse(response);
  else if (type === 'url_verification') http.buildUrlVerificationResponse(response, body);
  else if (type === 'app_rate_limited') {
    // Source: https://docs.slack.dev/reference/events/app_rate_limited
    log.warn({ team_id, minute_rate_limited }, 'Slack holds events back: there are more than 30,000 an hour');
    http.buildNoBodyResponse(response, 200);
  } else return false;
  return true;
}

const typeOf = (body: unknown): unknown => (body as { readonly type?: unknown } | null | undefined)?.type;

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  // Not chained: restify's writeHead returns nothing.
  response.writeHead(status, { connection: 'close' });
  response.end();
}
