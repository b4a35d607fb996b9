/** A workspace of the emulator, seen from outside: what the bot asks of Slack, and what Slack sends it for people. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import { createEmulator } from 'emulate';

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const APP = {
  clientId: '1.2',
  clientSecret: 'app-secret',
  id: 'A1',
  publicUrl: 'https://bot.example',
};
/** The app's own token for what only Slack can do: it makes triggers. */
const APP_TOKEN = 'xoxb-slack-itself';

export type Block = {
  readonly type: string;
  readonly block_id?: string;
  readonly element?: { readonly type: string; readonly action_id: string };
  readonly elements?: readonly { readonly text?: { readonly text: string }; readonly value?: string }[];
};
export type View = {
  readonly id?: string;
  readonly type: string;
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly blocks: readonly Block[];
};
export type Call = {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
};
export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

const PATIENCE_MS = 20_000;

/** Asks again until there is something. */
export async function until<Found>(what: string, look: () => Found | undefined | Promise<Found | undefined>) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} never came.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function openWorkspace(people: readonly { name: string; real_name: string; email: string }[]) {
  const calls: Call[] = [];
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed(people) } });
  const server = createServer((request, response) => {
    pass({ from: url, to: emulator.url }, request, response, calls).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url: string = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asPerson = (token: string) => new webApi.WebClient(token, { slackApiUrl: `${emulator.url}/api/` });
  const itself = asPerson(APP_TOKEN);
  const { team_id: team = '' } = await itself.auth.test();
  const members = (await itself.users.list({})).members ?? [];
  return {
    url,
    team,
    calls,
    asPerson,
    of: (method: string) => calls.filter((call) => call.method === method),
    user: (name: string) => members.find((member) => member.name === name)?.id ?? '',
    /** Source: https://docs.slack.dev/interactivity/handling-user-interaction#invoking_modals */
    async trigger(user: string): Promise<string> {
      const { trigger_id } = (await itself.apiCall('views.generateTriggerId', { user_id: user })) as {
        trigger_id?: string;
      };
      return String(trigger_id);
    },
    /** Presses the button of whoever it is on Slack's own page: gives where the browser is sent. */
    async consent(page: string, user: string): Promise<string> {
      const asked = Object.fromEntries(new URL(page).searchParams);
      const answer = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ ...asked, user_id: user }),
      });
      return answer.headers.get('location') ?? '';
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await emulator.close();
    },
  };
}

const seed = (people: readonly { name: string; real_name: string; email: string }[]) => ({
  users: people,
  channels: [{ name: 'ops' }],
  oauth_apps: [
    {
      client_id: APP.clientId,
      client_secret: APP.clientSecret,
      app_id: APP.id,
      name: 'Quartermaster',
      redirect_uris: [`${APP.publicUrl}/slack/oauth_redirect`],
      bot_id: 'B0QM',
      bot_user_id: 'U0QM',
      bot_name: 'quartermaster',
    },
  ],
  tokens: [
    { token: APP_TOKEN, user_id: 'U0QM', bot_id: 'B0QM', app_id: APP.id, scopes: ['users:read'] },
    ...people.map(({ name }) => ({ token: `xoxp-${name}`, user: name })),
  ],
  strict_scopes: true,
});

type Way = { readonly from: string; readonly to: string };

/** Hands on what the bot asks, and notes it; what is sent to a `response_url` stays here, since the emulator has none. */
async function pass(way: Way, request: IncomingMessage, response: ServerResponse, calls: Call[]) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  const { url = '/', headers } = request;
  const call = {
    method: url.replace(/^\/(?:api\/)?/, '').replace(/\?.*/, ''),
    body: bodyOf(content.toString(), headers['content-type'] ?? ''),
  };
  if (call.method.startsWith('response/')) {
    calls.push({ ...call, answer: { ok: true } });
    response.end('ok');
    return;
  }
  const answer = await fetch(way.to + url, {
    method: request.method ?? 'GET',
    redirect: 'manual',
    headers: Object.fromEntries(
      ['authorization', 'content-type'].flatMap((name) =>
        headers[name] ? [[name, String(headers[name])]] : [],
      ),
    ),
    ...(request.method === 'POST' && { body: content }),
  });
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  const given = Buffer.from(await answer.arrayBuffer());
  const text = isJson ? given.toString().replaceAll(way.to, way.from) : '';
  calls.push({ ...call, answer: isJson ? JSON.parse(text) : {} });
  const told = ['content-type', 'x-oauth-scopes'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  // Not chained: restify, which is in this process, has writeHead return nothing.
  response.writeHead(answer.status, Object.fromEntries(told));
  response.end(isJson ? text : given);
}

function bodyOf(text: string, type: string): Record<string, unknown> {
  if (type.startsWith('application/json')) return JSON.parse(text);
  if (!type.startsWith('application/x-www-form-urlencoded')) return {};
  const fields = [...new URLSearchParams(text)].map(([key, value]) => [
    key,
    /^[[{]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(fields);
}

/** What Slack sends to the bot at `base` for one person. Source of the forms: https://docs.slack.dev/reference/interaction-payloads */
export function personIn(workspace: Workspace, name: string, base: () => string) {
  const { team } = workspace;
  const user = workspace.user(name);
  const deliver = async (body: string, type: string) => {
    const sentAt = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${sentAt}:${body}`).digest('hex');
    const response = await fetch(`${base()}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': sentAt,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`/slack/events: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const client = workspace.asPerson(`xoxp-${name}`);
  const form = 'application/x-www-form-urlencoded';
  const interact = (payload: object) => {
    const whole = {
      api_app_id: APP.id,
      team: { id: team },
      user: { id: user, name, team_id: team },
      ...payload,
    };
    return deliver(new URLSearchParams({ payload: JSON.stringify(whole) }).toString(), form);
  };
  return {
    user,
    client,
    async command(channel: string, text: string) {
      const response_url = `${workspace.url}/response/${randomUUID()}`;
      const trigger_id = await workspace.trigger(user);
      const fields = { command: '/qm', team_id: team, user_id: user, user_name: name, channel_id: channel };
      await deliver(new URLSearchParams({ ...fields, text, response_url, trigger_id }).toString(), form);
    },
    event: (event: object, more: object = {}) =>
      deliver(
        JSON.stringify({
          type: 'event_callback',
          team_id: team,
          api_app_id: APP.id,
          event_id: `Ev${randomUUID()}`,
          event: { user, ...event },
          ...more,
        }),
        'application/json',
      ),
    /** Hands a window in; `typed` by the `action_id` of its fields. */
    async submit(view: View, typed: Readonly<Record<string, object>>) {
      const values = Object.fromEntries(
        view.blocks.flatMap(({ block_id, element }) =>
          element === undefined
            ? []
            : [[block_id, { [element.action_id]: { type: element.type, ...typed[element.action_id] } }]],
        ),
      );
      const trigger_id = await workspace.trigger(user);
      return interact({ type: 'view_submission', trigger_id, view: { ...view, state: { values } } });
    },
    /** Puts a file into a conversation; gives what Slack tells of it. */
    async share(channel: string, filename: string, text: string) {
      const bytes = Buffer.from(text);
      const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
        filename,
        length: bytes.length,
      });
      await fetch(upload_url, { method: 'POST', body: bytes });
      await client.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: channel });
      return { id: file_id, name: filename };
    },
    /** What a field offers for what is typed into it. */
    async search(view: View, action_id: string, value: string) {
      const block = view.blocks.find(({ element }) => element?.action_id === action_id);
      const { options = [] } = await interact({
        type: 'block_suggestion',
        action_id,
        block_id: block?.block_id,
        value,
        view,
        container: { type: 'view', view_id: view.id },
      });
      return options as readonly { readonly text: { readonly text: string }; readonly value: string }[];
    },
    async press(channel: string, message: string, value: string, more: object = {}) {
      return interact({
        type: 'block_actions',
        trigger_id: await workspace.trigger(user),
        response_url: `${workspace.url}/response/${randomUUID()}`,
        channel: { id: channel },
        container: { type: 'message', message_ts: message, channel_id: channel, ...more },
        message: { ts: message },
        actions: [{ type: 'button', action_id: 'execute-0', value }],
      });
    },
  };
}

/** The values of the buttons that a message or a view holds, by their words. */
export const buttonsIn = (blocks: unknown): ReadonlyMap<string, string> =>
  new Map(
    ((blocks ?? []) as readonly Block[]).flatMap(({ elements = [] }) =>
      elements.flatMap(({ text, value }) =>
        text === undefined || value === undefined ? [] : [[text.text, value] as const],
      ),
    ),
  );
