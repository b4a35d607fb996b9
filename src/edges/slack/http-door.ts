import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { SlackOptions } from './options.ts';
import { boltLog } from './web-api.ts';

/** Takes the raw request of `POST /slack/events`. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Where Slack sends everything: events, commands and interactions. */
export const path = '/slack/events';

const tolerance = 5 * 60;
const bodyLimit = 1024 * 1024;

/** Bolt's receiver checks the signature; it is never started, since it shares the port of the bot. */
export const httpReceiver = ({ signingSecret, log }: SlackOptions): HTTPReceiver =>
  new HTTPReceiver({ signingSecret, endpoints: path, bodyLimit, logger: boltLog(log) });

/**
 * Bolt refuses old timestamps only (receivers/verify-request.ts): one from the future could be replayed
 * until its time has come, so it is refused here.
 */
export const handleWith =
  (receiver: HTTPReceiver, now: () => number): Handle =>
  (request, response) => {
    const sentAt = Number(request.headers['x-slack-request-timestamp']);
    if (sentAt > now() / 1_000 + tolerance) return refuse(response, 401);
    try {
      receiver.requestListener(request, response);
    } catch {
      refuse(response, 404);
    }
  };

function refuse(response: ServerResponse, status: number): void {
  // Not chained: restify's writeHead returns nothing.
  response.writeHead(status, { connection: 'close' });
  response.end();
}
