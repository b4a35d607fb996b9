import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { type Edge, PostFailed } from '../../chat/edge.ts';
import type { Place } from '../../chat/place.ts';
import { mentionedIn, type Reply } from '../../chat/reply.ts';
import { respondTo } from './answers/answering.ts';
import { toPostFailed } from './answers/failures.ts';
import { type Desk, postMessage, redrawMessage } from './answers/posting.ts';
import { boltApp, listen, socketReceiver } from './bolt.ts';
import { checkSlack } from './check.ts';
import { type Handle, handleWith, httpReceiver } from './http-door.ts';
import type { Log, SlackOptions } from './options.ts';
import type { Reader } from './requests/attachments.ts';
import { openDirectory } from './requests/directory.ts';
import type { Reception } from './requests/inbound.ts';
import { clockedClient, identityOf, onceClient, webClient } from './web-api.ts';

export { command } from './bolt.ts';
export type { Handle } from './http-door.ts';
export { path } from './http-door.ts';
export type { Log, SlackOptions } from './options.ts';

export type Slack = {
  readonly edge: Edge;
  /** To be mounted at `POST /slack/events`, before any body parser; absent in Socket Mode. */
  readonly handle?: Handle;
  /** Asks Slack who the bot is, and in Socket Mode opens the socket. Rejects where Slack does not accept the token. */
  start(): Promise<void>;
  /** Takes no more from a socket and waits for the requests under way. */
  stop(): Promise<void>;
};

/** The bot in Slack: requests come in through Bolt, answers and posts go out through the Web API. */
export async function openSlack(options: SlackOptions): Promise<Slack> {
  const { log, openFile, now = Date.now } = options;
  const client = webClient(options);
  const identity = identityOf(client);
  const desk: Desk = {
    client,
    once: onceClient(options),
    identity,
    openFile,
    fileUrl: options.fileUrl,
    apiOrigin: originOf(options.apiUrl),
    log,
  };
  const reader = readerOf(options, desk);
  const reception: Reception = { directory: openDirectory(client, identity, log, now), reader, identity };
  const work = workList(log);

  const door =
    options.appToken === undefined ? httpReceiver(options) : socketReceiver(options, options.appToken);
  listen(boltApp(options, door), reception, (requested) =>
    work.add(async () => {
      const request = await requested();
      if (request !== undefined) await options.receive(request.inbound, respondTo(desk, request.asked));
    }),
  );
  const socket = door instanceof SocketModeReceiver ? door : undefined;
  const isOpen = socket && (() => socket.client.websocket?.isActive() === true);
  return {
    edge: edgeOf(desk, () => checkSlack({ ...clockedClient(options, now), isOpen })),
    ...(door instanceof HTTPReceiver ? { handle: handleWith(door, now) } : {}),
    async start() {
      const { user, team } = await identity();
      log.info({ user, team }, 'Slack knows the bot');
      await socket?.start();
    },
    async stop() {
      await socket?.stop();
      await work.done();
    },
  };
}

const readerOf = ({ botToken }: SlackOptions, { client, apiOrigin, log }: Desk): Reader => ({
  client,
  token: botToken,
  apiOrigin,
  log,
});

const originOf = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : new URL(url).origin;

/** Source: https://docs.slack.dev/apis/web-api/rate-limits */
const pace = [{ most: 1, seconds: 1 }];

const edgeOf = (desk: Desk, check: NonNullable<Edge['check']>): Edge => ({
  platform: 'slack',
  pace,
  async post(place, reply, key, since) {
    if (isForNobody(place, reply)) {
      throw new PostFailed('refused', 'A reply to one person can not be posted where others read');
    }
    return postMessage(desk, place, mentionedIn(reply, place), { key, since }).catch((err: unknown) =>
      Promise.reject(toPostFailed(err)),
    );
  },
  update: (sent, reply) =>
    redrawMessage(desk, sent, reply).catch((err: unknown) => Promise.reject(toPostFailed(err))),
  check,
});

/** A post answers no request, so in a channel there is no asker to show it to alone. */
const isForNobody = (place: Place, { audience }: Reply): boolean =>
  audience === 'asker' && place.kind !== 'personal';

/** The requests under way; none of them takes the process down. */
function workList(log: Log) {
  const running = new Set<Promise<void>>();
  return {
    add(task: () => Promise<void>): void {
      const run = task()
        .catch((err: unknown) => log.error({ err }, 'A request from Slack could not be handled'))
        .finally(() => running.delete(run));
      running.add(run);
    },
    async done(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
