/**
 * A Connector as Microsoft's REST documentation describes it, on this machine.
 * Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { listen } from './listen.ts';

type Body = Readonly<Record<string, unknown>>;
export type Call = {
  readonly method: string;
  readonly path: string;
  /** It is about a message that one person of the conversation alone sees. */
  readonly targeted: boolean;
  readonly body: Body;
  readonly authorization: string | undefined;
};
type Result = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };
type Member = {
  id: string;
  name: string;
  aadObjectId?: string;
  email?: string;
  userPrincipalName?: string;
  tenantId?: string;
};
type Route = readonly [pattern: RegExp, answer: (found: string[], call: Call) => Result];

export async function openConnector(members: readonly Member[]) {
  const calls: Call[] = [];
  const failures: { readonly when: (call: Call) => boolean; readonly result: Result }[] = [];
  const holds: { readonly when: (call: Call) => boolean; readonly until: Promise<void> }[] = [];
  const heard = new EventEmitter();
  let count = 0;
  const nextId = () => `${1_700_000_000_000 + ++count}`;

  /**
   * The messages that one person alone sees.
   * Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
   */
  const targeted = new Set<string>();

  function created(call: Call): Result {
    const id = nextId();
    if (!call.targeted) return { status: 201, body: { id } };
    if (recipientOf(call) === undefined) return badArgument('Missing recipient.');
    targeted.add(id);
    return { status: 201, body: { id } };
  }

  function changed(id: string | undefined, call: Call): Result {
    if (targeted.has(id ?? '') !== call.targeted) return badArgument('The visibility can not be changed.');
    if (call.targeted && recipientOf(call) !== undefined) return badArgument('Cannot edit Recipient.');
    return { status: 200, body: { id } };
  }

  const routes: readonly Route[] = [
    [/^POST \/v3\/conversations$/, (_, { body }) => createConversation(body)],
    [/^POST \/v3\/conversations\/[^/]+\/activities(?:\/[^/]+)?$/, (_, call) => created(call)],
    [
      /^(?:PUT|DELETE) \/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/,
      ([, activity], call) => changed(activity, call),
    ],
    [
      /^GET \/v3\/conversations\/[^/]+\/members\/([^/]+)$/,
      // By each of these: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#get-single-member-details
      ([named = '']) =>
        found(
          members.find(({ id, aadObjectId, userPrincipalName }) =>
            [id, aadObjectId, userPrincipalName].includes(named),
          ),
        ),
    ],
    [/^GET \/v3\/conversations\/[^/]+\/pagedmembers$/, () => found({ members })],
    [/^GET \/v3\/teams\/([^/]+)$/, ([id]) => found({ id, name: 'Sales', aadGroupId: 'group-of-sales' })],
    [
      /^GET \/v3\/teams\/([^/]+)\/conversations$/,
      ([id]) => found({ conversations: [{ id }, { id: '19:orders@thread.tacv2', name: 'Orders' }] }),
    ],
  ];

  function createConversation({ members: invited, channelData, activity }: Body): Result {
    const channel = (channelData as { channel?: { id: string } } | undefined)?.channel;
    if (channel === undefined) {
      const [member] = invited as { id: string }[];
      return { status: 201, body: { id: `a:with-${member?.id}` } };
    }
    // A thread can't be started without its first message.
    if (activity === undefined) return { status: 400, body: { error: { code: 'BadSyntax' } } };
    const id = nextId();
    return { status: 201, body: { id: `${channel.id};messageid=${id}`, activityId: id } };
  }

  function answer(call: Call): Result {
    const failure = failures.findIndex(({ when }) => when(call));
    if (failure >= 0) return failures.splice(failure, 1)[0]?.result ?? found(undefined);
    for (const [pattern, reply] of routes) {
      const match = pattern.exec(`${call.method} ${call.path}`);
      if (match !== null) return reply(match.slice(1), call);
    }
    return found(undefined);
  }

  const server = createServer(async (request, response) => {
    const call = await read(request);
    heard.emit('begun', call);
    await holds.find(({ when }) => when(call))?.until;
    const { status, body = {}, headers = {} } = answer(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
    calls.push(call);
    heard.emit('call', call);
  });
  const { port, close } = await listen(server);

  return {
    serviceUrl: `http://127.0.0.1:${port}`,
    calls,
    /** What the bot put into conversations, in its order: messages and updates. */
    messages: () => calls.filter(isMessage),
    /** The first call like this, also where it is still to come. */
    async call(when: (call: Call) => boolean): Promise<Call> {
      for (;;) {
        const found = calls.find(when);
        if (found !== undefined) return found;
        await once(heard, 'call');
      }
    },
    /** The next call like this that comes in, whether it is answered or not. */
    async hear(when: (call: Call) => boolean): Promise<Call> {
      for (;;) {
        const [call] = (await once(heard, 'begun')) as [Call];
        if (when(call)) return call;
      }
    },
    /** The next call, whatever it is. */
    next: () => once(heard, 'call'),
    /** The next call like this fails. */
    fail(when: (call: Call) => boolean, result: Result) {
      failures.push({ when, result });
    },
    /** Calls like this are not answered before what is given back is called. */
    hold(when: (call: Call) => boolean): () => void {
      const { promise: until, resolve } = Promise.withResolvers<void>();
      holds.push({ when, until });
      return resolve;
    },
    close,
  };
}

export const isMessage = ({ method, body }: Call): boolean =>
  (method === 'POST' || method === 'PUT') && body.type === 'message';

/** The card that a message carries. */
export function cardIn({ body }: Call): Record<string, unknown> | undefined {
  const [attachment] = (body.attachments ?? []) as { content: Record<string, unknown> }[];
  return attachment?.content;
}

const recipientOf = ({ body }: Call): unknown => (body.recipient as { id?: string } | undefined)?.id;

const badArgument = (message: string): Result => ({
  status: 400,
  body: { error: { code: 'BadArgument', message } },
});

const found = (body: unknown): Result =>
  body === undefined
    ? { status: 404, body: { error: { code: 'ConversationNotFound', message: 'Not found.' } } }
    : { status: 200, body };

async function read(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://connector');
  return {
    method: request.method ?? '',
    path: decodeURIComponent(pathname),
    targeted: searchParams.get('isTargetedActivity') === 'true',
    body: text === '' ? {} : (JSON.parse(text) as Body),
    authorization: request.headers.authorization,
  };
}
