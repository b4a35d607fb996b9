/**
 * Teams: activities of the Bot Framework become requests to the bot, its replies become messages and cards.
 * Everything that Microsoft's packages know stays in this folder.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Activity, CloudAdapter } from 'botbuilder';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import { type Edge, PostFailed } from '../../chat/edge.ts';
import type { Place } from '../../chat/place.ts';
import { mentionedIn, type Reply } from '../../chat/reply.ts';
import { type Answer, answerTo } from './answers/answer.ts';
import { isPrivate } from './answers/asked.ts';
import { type Delivery, openDelivery } from './answers/delivery.ts';
import { patient } from './answers/patience.ts';
import { openPosting } from './answers/posting.ts';
import { openUnfinished } from './answers/unfinished.ts';
import { checkGraph, openGraphFor } from './files/graph-token.ts';
import { openSaving } from './files/saving.ts';
import { openAuthentication, signIn } from './identity/authentication.ts';
import { checkTeams } from './identity/check.ts';
import { isLocalProgram, isServiceUrl } from './identity/hosts.ts';
import { isAllowedTenant, tenantsOf } from './identity/tenants.ts';
import { claimsToBeConnector } from './identity/token.ts';
import { type TeamsOptions, TIMING } from './options.ts';
import { openChats } from './requests/chats.ts';
import type { Desk } from './requests/desk.ts';
import { BadRequest, readActivity } from './requests/request.ts';
import { openRoster } from './requests/roster.ts';
import { takeTurn } from './requests/turn.ts';

export type { Consent } from './files/consent.ts';
export type { Credentials, Log, TeamsOptions, Timing } from './options.ts';

export type Teams = {
  readonly edge: Edge;
  /** For `POST /api/messages`, as restify takes it. The body is still unread: no body parser here. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

export function openTeams(options: TeamsOptions): Teams {
  const { credentials, log } = options;
  const local = credentials === undefined;
  const authentication = openAuthentication(credentials);
  const adapter = new CloudAdapter(authentication);
  const home = credentials?.tenantId;
  const { consent, fileUrl } = options;
  const timing = { ...TIMING, ...options.timing };
  const ways = { fileUrl, local: options.playground ?? local, log };
  const once = openPosting(adapter, credentials?.appId ?? '');
  const posting = patient(once, timing);
  const lasting = patient(once, { ...timing, againWithinMs: timing.restWithinMs });
  const desk: Desk = {
    options,
    local,
    timing,
    roster: openRoster({ local, log, patience: timing, ...(home !== undefined && { home }) }),
    chats: openChats(),
    posting,
    once,
    delivery: openDelivery(posting, { ...ways, consent, rest: lasting }),
    saving: consent && openSaving({ posting, consent, fileUrl, local, log }),
    graph: openGraphFor(options),
  };
  return {
    // Whoever posts by itself waits in the queue, and is told at once what hinders it.
    edge: openEdge(
      openDelivery(once, { ...ways, consent, rest: posting, unfinished: openUnfinished(options.forms, log) }),
      options,
    ),
    handle: async (request, response) =>
      handle({ ...desk, adapter, authentication }, request, answerTo(response)),
  };
}

/** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const pace = [
  { most: 7, seconds: 1 },
  { most: 8, seconds: 2 },
  { most: 60, seconds: 30 },
  { most: 1_800, seconds: 3_600 },
];

/**
 * Teams knows no key by which it would tell the same post again, gives a message its id only in the answer, and lets a bot
 * read no conversation: a post whose answer never arrived, because the bot was killed or the connection broke between
 * Teams taking it and the answer being noted, is posted a second time. Nothing else is: of a long post whose beginning Teams
 * took, the next try posts the rest.
 */
function openEdge(delivery: Delivery, options: TeamsOptions): Edge {
  const { credentials } = options;
  return {
    platform: 'teams',
    pace,
    post: async (place, reply, key) => delivery.post(place, mentionedIn(guarded(reply, place), place), key),
    async check() {
      const signed = checkTeams({ signIn: credentials && (() => signIn(credentials)) });
      return [...(await signed), ...(await checkGraph(options))];
    },
    update: async (sent, reply) => delivery.update(sent, guarded(reply, sent.place)),
  };
}

/** There is no asker to go to here, and a channel must not read what is for one person. */
function guarded(reply: Reply, place: Place): Reply {
  if (isPrivate(reply, place))
    throw new PostFailed('refused', 'a private reply was posted where others read');
  return reply;
}

type Reception = Desk & {
  readonly adapter: CloudAdapter;
  readonly authentication: BotFrameworkAuthentication;
};

async function handle(reception: Reception, request: IncomingMessage, answer: Answer): Promise<void> {
  const { adapter, options } = reception;
  try {
    const { activity, identity } = await admit(reception, request);
    await adapter.processActivityDirect(identity, activity, (context) =>
      takeTurn(reception, context, answer),
    );
  } catch (error) {
    if (error instanceof BadRequest) {
      options.log.warn({ status: error.status, reason: error.message }, 'a request to Teams was refused');
      return answer.end(error.status);
    }
    options.log.error({ err: error }, 'a request of Teams failed');
    answer.end(500);
  }
}

/** Lets in what comes from Teams, or from this machine in local mode. */
async function admit({ authentication, local, options }: Reception, request: IncomingMessage) {
  const { authorization } = request.headers;
  if (!local && !claimsToBeConnector(authorization)) throw new BadRequest(401, 'no token of the Connector');
  if (local && !isLocalProgram(request.headers)) throw new BadRequest(403, 'sent by a page in a browser');
  const activity = await readActivity(request, local ? 400 : 401);
  const identity = await verify(authentication, activity, authorization ?? '', local);
  if (options.credentials && !isAllowedTenant(activity, options.credentials)) {
    throw new BadRequest(
      401,
      `not of a tenant that is talked to: ${tenantsOf(activity).join(' ') || 'none'}`,
    );
  }
  if (!isServiceUrl(activity.serviceUrl, local)) {
    throw new BadRequest(403, `not a service of Teams: ${activity.serviceUrl}`);
  }
  return { activity, identity };
}

async function verify(
  authentication: BotFrameworkAuthentication,
  activity: Activity,
  authorization: string,
  local: boolean,
) {
  // Botbuilder checks the token against the channel and the service URL only where they are given.
  if (!local && activity.channelId !== 'msteams') throw new BadRequest(401, 'not of the channel of Teams');
  try {
    return await authentication.authenticateRequest(activity, authorization);
  } catch (error) {
    throw new BadRequest(401, error instanceof Error ? error.message : String(error));
  }
}
