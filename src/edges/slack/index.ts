import { SocketModeReceiver } from '@slack/bolt';
import { type Edge, PostFailed } from '../../chat/edge.ts';
import type { Place } from '../../chat/place.ts';
import { mentionedIn, type Reply } from '../../chat/reply.ts';
import { toPostFailed } from './answers/failures.ts';
import { postMessage, redrawMessage } from './answers/posting.ts';
import { atStart } from './at-start.ts';
import { boltApp, listen, listenForEnd, socketReceiver } from './bolt.ts';
import { beginWith, listenInWindows } from './forms/begin.ts';
import type { Forms } from './forms/forms.ts';
import { invited } from './forms/invitation.ts';
import { realTimers } from './forms/timers.ts';
import { listenAtHome } from './home/listen.ts';
import { drawPage, whoseTab } from './home/page.ts';
import { type Handle, httpDoor } from './http-door.ts';
import { type InstallDoor, installDoor } from './install/oauth.ts';
import { severalWorkspaces } from './install/several.ts';
import { oneWorkspace } from './install/single.ts';
import { welcome } from './install/turn-away.ts';
import type { Whose, Workspaces } from './install/workspaces.ts';
import type { Log, SlackOptions } from './options.ts';
import { listenForTyping } from './requests/options.ts';

export { command } from './bolt.ts';
export type { Handle } from './http-door.ts';
export { path } from './http-door.ts';
export type { Log, SlackOptions } from './options.ts';

export type Slack = {
  readonly edge: Edge;
  /** To be mounted at `POST /slack/events`, before any body parser; absent in Socket Mode. */
  readonly handle?: Handle;
  /** To be mounted at `GET` of `installPaths`; absent where the settings name the one workspace. */
  readonly install?: InstallDoor;
  /** Asks Slack who the bot is, and in Socket Mode opens the socket. Rejects where Slack does not accept the token. */
  start(): Promise<void>;
  /** Takes no more from a socket and waits for the requests under way. */
  stop(): Promise<void>;
};

/** The bot in Slack: requests come in through Bolt, answers and posts go out through the Web API. */
export async function openSlack(options: SlackOptions): Promise<Slack> {
  const { log, now = Date.now } = options;
  const workspaces = workspacesOf(options);
  const work = workList(log);

  const door =
    options.appToken === undefined ? httpDoor(options, now) : socketReceiver(options, options.appToken);
  const app = boltApp(options, door);
  listenForEnd(app, (whose) => work.add(() => workspaces.lost(whose)));
  const { receive, forms: store, timers = realTimers } = options;
  // In Socket Mode nothing is signed.
  const secret = options.signingSecret || (options.appToken ?? '');
  const forms: Forms = { store, receive, timers, now, secret };
  const workspaceOf = (whose: Whose) => welcome(workspaces, whose, log);
  const begin = beginWith(forms, workspaceOf, work);
  listen(app, begin);
  listenInWindows(app, forms, workspaceOf, work);
  listenForTyping(app, { search: options.search, forms: store, timers, log, workspaceOf });
  const { homeOpened, listening } = options;
  listenAtHome(app, { begin, workspaceOf, work, homeOpened, listening });
  const socket = door instanceof SocketModeReceiver ? door : undefined;
  const isOpen = socket && (() => socket.client.websocket?.isActive() === true);
  return {
    edge: edgeOf(workspaces, forms, () => workspaces.check(isOpen)),
    ...('handle' in door ? { handle: door.handle } : {}),
    ...(options.install && { install: installDoor(options, options.install) }),
    async start() {
      await workspaces.start();
      if (socket) await atStart(socketAsk(options), () => socket.start());
    },
    async stop() {
      await socket?.stop();
      await work.done();
      await workspaces.stop();
    },
  };
}

const socketAsk = ({ apiUrl }: SlackOptions) => ({
  setting: 'SLACK_APP_TOKEN',
  remedy: 'Generate an app-level token with the scope connections:write and set it.',
  apiUrl,
});

function workspacesOf(options: SlackOptions): Workspaces {
  const { install, botToken } = options;
  if (install !== undefined) return severalWorkspaces(options, install);
  if (botToken === undefined) throw new Error('There is neither a bot token nor a way to be installed');
  return oneWorkspace(options, botToken);
}

/** Source: https://docs.slack.dev/apis/web-api/rate-limits */
const pace = [{ most: 1, seconds: 1 }];

const edgeOf = (workspaces: Workspaces, forms: Forms, check: NonNullable<Edge['check']>): Edge => ({
  platform: 'slack',
  pace,
  async post(place, reply, key, since) {
    if (isForNobody(place, reply)) {
      throw new PostFailed('refused', 'A reply to one person can not be posted where others read');
    }
    return orPostFailed(workspaces, place, async () => {
      const { desk } = await workspaces.at(place);
      const post = await invited(forms, mentionedIn(reply, place), {
        place,
        message: `post ${place.conversation} ${key}`,
      });
      return postMessage(desk, place, post, { key, since });
    });
  },
  update: (sent, reply) =>
    orPostFailed(workspaces, sent.place, async () => {
      const { desk } = await workspaces.at(sent.place);
      const { place } = sent;
      const message = `message ${place.conversation} ${sent.message}`;
      return redrawMessage(desk, sent, await invited(forms, reply, { place, message }));
    }),
  drawHome: (home, reply, mark) =>
    orPostFailed(workspaces, home.place, async () =>
      drawPage((await workspaces.at(home.place)).desk, home, reply, mark),
    ),
  personNow: (home) =>
    orPostFailed(workspaces, home.place, async () => whoseTab(await workspaces.at(home.place), home)),
  check,
});

async function orPostFailed<Result>(
  workspaces: Workspaces,
  place: Place,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (err) {
    throw (await workspaces.closed(place, err)) ?? toPostFailed(err);
  }
}

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
