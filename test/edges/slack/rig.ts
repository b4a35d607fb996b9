import { createHmac } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'node:test';
import { createServer as createRestify } from 'restify';
import type { OpenFile, Respond } from '../../../src/chat/edge.ts';
import type { Inbound, Message, Submit } from '../../../src/chat/inbound.ts';
import type { Place } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { openSlack, path, type SlackOptions } from '../../../src/edges/slack/index.ts';
import { formsInMemory } from './forms-store.ts';

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
export const botToken = 'xoxb-quartermaster';

export type Script = (inbound: Inbound, respond: Respond) => Promise<void>;
export type Rig = Awaited<ReturnType<typeof openRig>>;

export const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  text,
  audience: 'everyone',
  position: 'below',
  ...more,
});

export const ops: Place = {
  platform: 'slack',
  conversation: 'T1:C1',
  kind: 'channel',
  name: '#ops',
  address: { team: 'T1', channel: 'C1' },
};

/** Refuses one method with one word. */
export const refusing =
  (method: string, error: string): Answers =>
  (call) =>
    call.method === method ? refusal(error) : undefined;

let closing: (() => Promise<void>)[] = [];
/** What a test opened and does not close itself. */
export const closed = (close: () => Promise<void>) => void closing.push(close);
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

/** The edge before a Slack that answers as a test says; both end with the test. */
export async function openBoth(
  answers: (url: string) => Answers = () => () => undefined,
  options: Partial<SlackOptions> = {},
) {
  const api = await openScripted((call) => answers(api.url)(call));
  const at = await openRig({ apiUrl: api.url, ...options });
  closed(async () => {
    await at.close();
    await api.close();
  });
  return { api, at };
}

/** `team` is the workspace that events are from. */
type RigOptions = { readonly apiUrl: string; readonly team?: string };

/** The edge on restify as `main.ts` mounts it, with a bot that does what a test says. */
export async function openRig({ team = 'T1', ...options }: Partial<SlackOptions> & RigOptions) {
  const inbounds = queue<Inbound>();
  const logged: { level: string; details: object; message: string }[] = [];
  const log = (level: string) => (details: object, message: string) =>
    void logged.push({ level, details, message });
  const files = new Map<string, Awaited<ReturnType<OpenFile>>>();
  let script: Script = async () => {};
  const slack = await openSlack({
    botToken,
    signingSecret,
    receive: async (inbound, respond) => {
      inbounds.put(inbound);
      await script(inbound, respond);
    },
    search: async () => [],
    openFile: async (id) => files.get(id),
    forms: formsInMemory(),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    ...options,
  });
  await slack.start();
  const server = createRestify();
  server.post(path, (request, response, next) => {
    // restify answers 500 where the chain ends before there is a response.
    response.once('close', () => next(false));
    slack.handle?.(request, response);
  });
  for (const [where, page] of [
    ['/slack/install', slack.install?.begin],
    ['/slack/oauth_redirect', slack.install?.finish],
  ] as const) {
    server.get(where, (request, response, next) => {
      response.once('close', () => next(false));
      void page?.(request, response);
    });
  }
  const port = await listening(server.server as Server);
  const deliver = (body: string, type: string, more: Partial<Signing> = {}) =>
    fetch(`http://127.0.0.1:${port}${more.path ?? path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...signatureOf(body, more) },
    });
  return {
    slack,
    url: `http://127.0.0.1:${port}`,
    files,
    logged,
    async close() {
      server.server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await slack.stop();
    },
    any: (): Promise<Inbound> => inbounds.take(),
    /** What the bot does with each request from now on. */
    play(next: Script) {
      script = next;
    },
    answer(answer: Reply) {
      script = async (_, respond) => void (await respond(answer));
    },
    async message(): Promise<Message> {
      const inbound = await inbounds.take();
      if (inbound.kind !== 'message') throw new Error(`A ${inbound.kind} came in`);
      return inbound;
    },
    async submit(): Promise<Submit> {
      const inbound = await inbounds.take();
      if (inbound.kind !== 'submit') throw new Error(`A ${inbound.kind} came in`);
      return inbound;
    },
    /** Waits until every request is answered. */
    settled: () => slack.stop(),
    raw: deliver,
    event: (event: object, envelope: object = {}, more: Partial<Signing> = {}) =>
      deliver(
        JSON.stringify({
          type: 'event_callback',
          team_id: team,
          event_id: 'Ev1',
          event,
          ...envelope,
        }),
        'application/json',
        more,
      ),
    command: (fields: Record<string, string>) =>
      deliver(new URLSearchParams({ command: '/qm', ...fields }).toString(), form),
    action: (payload: object) =>
      deliver(
        new URLSearchParams({ payload: JSON.stringify({ type: 'block_actions', ...payload }) }).toString(),
        form,
      ),
  };
}

const form = 'application/x-www-form-urlencoded';

type Signing = { path: string; secret: string; timestamp: number | string; headers: Record<string, string> };

/** Source: https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signatureOf(body: string, { secret = signingSecret, timestamp, headers }: Partial<Signing>) {
  if (headers !== undefined) return headers;
  const sentAt = String(timestamp ?? Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`v0:${sentAt}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': sentAt, 'x-slack-signature': `v0=${signature}` };
}

export type Call = { method: string; body: Record<string, unknown>; headers: Record<string, unknown> };
type Answer = { status?: number; headers?: Record<string, string>; body: unknown; after?: Promise<unknown> };
/** It got there, and nobody hears of it. */
export const LOST: Answer = { body: 'lost' };
export type Answers = (call: Call) => Answer | undefined;

/** A server that answers as a test says: Slack's refusals, and its `response_url`. */
export async function openScripted(answers: Answers = () => undefined) {
  const calls: Call[] = [];
  const server = createHttpServer(async (request, response): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      method: (request.url ?? '').replace('/api/', ''),
      body: bodyOf(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? ''),
      headers: request.headers,
    };
    calls.push(call);
    const answer = answers(call) ?? { body: usual(call) };
    if (answer === LOST) return void request.socket.destroy();
    const { status = 200, headers = {}, body, after } = answer;
    await after;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    of: (method: string) => calls.filter((call) => call.method === method).map(({ body }) => body),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

export const refusal = (error: string): Answer => ({ body: { ok: false, error } });

function usual({ method }: Call): object {
  if (method === 'auth.test') return { ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' };
  if (method === 'users.info')
    return { ok: true, user: { id: 'U1', team_id: 'T1', profile: { email: 'A@B.example' } } };
  if (method === 'conversations.info') return { ok: true, channel: { id: 'C1', name: 'ops' } };
  if (method.startsWith('views.')) return { ok: true, view: { id: 'V1', hash: 'h1' } };
  if (method === 'conversations.open') return { ok: true, channel: { id: 'D1' } };
  return { ok: true, ts: '1700000000.000100', message_ts: '1700000000.000100' };
}

function bodyOf(text: string, type: string): Record<string, unknown> {
  if (type.startsWith('application/json')) return JSON.parse(text);
  return Object.fromEntries([...new URLSearchParams(text)].map(([key, value]) => [key, parsed(value)]));
}

function parsed(value: string): unknown {
  return /^[[{]/.test(value) ? JSON.parse(value) : value;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

function queue<Item>() {
  const items: Item[] = [];
  const takers: ((item: Item) => void)[] = [];
  return {
    put(item: Item): void {
      const taker = takers.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    take: (): Promise<Item> => {
      const item = items.shift();
      return item === undefined ? new Promise((done) => takers.push(done)) : Promise.resolve(item);
    },
  };
}
