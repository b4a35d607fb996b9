/** The edge behind a real restify server, with a bot that says what the test tells it. */
import type { TestContext } from 'node:test';
import restify from 'restify';
import type { Places, Respond } from '../../../src/chat/edge.ts';
import type { Inbound } from '../../../src/chat/inbound.ts';
import type { Place, Sent } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { openTeams, type TeamsOptions } from '../../../src/edges/teams/index.ts';
import { openConnector } from './connector.ts';
import { listen } from './listen.ts';

export const BOT = { id: '28:quartermaster', name: 'Quartermaster' };
export const ALICE = { id: '29:alice', name: 'Alice', aadObjectId: 'aad-alice' };
export const TENANT = 'tenant-1';
const MEMBERS = [
  {
    id: ALICE.id,
    name: 'Alice Adams',
    email: 'Alice@Contoso.example',
    userPrincipalName: 'alice@contoso.example',
  },
  { id: '29:bob', name: 'Alice', userPrincipalName: 'Bob@Contoso.example' },
  {
    id: '29:carol',
    name: 'Carol',
    email: 'carol@contoso.example',
    aadObjectId: '8c0f1a52-4a8e-4f7b-9d29-2f4a5d3b7c11',
  },
];

export const reply = (more: Partial<Reply> = {}): Reply => ({
  text: 'Three orders.',
  audience: 'everyone',
  position: 'below',
  ...more,
});

type Answered = { readonly status: number; readonly body: unknown };
/** What the bot does with a request; by itself it says `Three orders.` */
type Script = (inbound: Inbound, respond: Respond) => Promise<unknown>;

export async function openTalk(t: TestContext, options: Partial<TeamsOptions> = {}) {
  const connector = await openConnector(MEMBERS);
  t.after(connector.close);
  const heard: Inbound[] = [];
  const sent: (Sent | undefined)[] = [];
  const remembered: Place[] = [];
  const known: Place[] = [];
  const lost: { where: Places; why: string }[] = [];
  const found: Places[] = [];
  const logged: object[] = [];
  const note = (what: object, message: string) => void logged.push({ ...what, message });
  let script: Script = (_, respond) => respond(reply());

  const teams = openTeams({
    receive: async (inbound, respond) => {
      heard.push(inbound);
      await script(inbound, async (answer) => {
        const message = await respond(answer);
        sent.push(message);
        return message;
      }).catch((error: unknown) => note({ err: error }, 'the bot met a fault'));
    },
    search: async () => [],
    fileUrl: (id, name) => `https://bot.example/files/${id}/${encodeURIComponent(name)}`,
    remember: async (place) => void remembered.push(place),
    places: {
      known: async (within) => known.filter((place) => place.within === within),
      lost: async (where, why) => void lost.push({ where, why }),
      found: async (where) => void found.push(where),
    },
    log: { debug: note, info: note, warn: note, error: note },
    ...options,
    timing: { againAfterMs: 1, ...options.timing },
  });
  const server = restify.createServer();
  const handled: Promise<void>[] = [];
  server.post('/api/messages', async (request, response) => {
    handled.push(teams.handle(request, response));
    await handled.at(-1);
  });
  const { port, close } = await listen(server.server);
  t.after(close);

  const post = async (body: string, headers: Record<string, string> = {}): Promise<Answered> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    teams,
    connector,
    heard,
    sent,
    remembered,
    /** The places that the bot has heard of. */
    known,
    /** The places that Teams says the bot is not in any more, and those it is in again. */
    lost,
    found,
    logged,
    post,
    /** Resolves when the edge has done what it does after its answers to Teams as well. */
    settled: () => Promise.all(handled),
    bot: (next: Script) => {
      script = next;
    },
    /** Sends an activity as Teams does. */
    send: (activity: object) =>
      post(JSON.stringify({ ...inPersonalChat(connector.serviceUrl), ...activity })),
  };
}

export function inPersonalChat(serviceUrl: string) {
  return {
    type: 'message',
    id: '1700000000001',
    channelId: 'msteams',
    serviceUrl,
    from: ALICE,
    recipient: BOT,
    conversation: { id: 'a:alice-and-bot', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  };
}

/** The parts of an activity that say: in the thread of a channel. */
export const inChannel = {
  conversation: {
    id: '19:orders@thread.tacv2;messageid=1600',
    conversationType: 'channel',
    isGroup: true,
    tenantId: TENANT,
  },
  channelData: {
    tenant: { id: TENANT },
    team: { id: '19:general@thread.tacv2' },
    channel: { id: '19:orders@thread.tacv2' },
  },
};

/** A button that was pressed on the card of the message `1650`. */
export const pressed = (verb: string, data: object) => ({
  type: 'invoke',
  id: 'f:press-1',
  name: 'adaptiveCard/action',
  replyToId: '1650',
  value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
});
