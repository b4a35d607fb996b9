/** Carla at three keyboards: the console, Teams and Slack, each over its real protocol against the whole bot. */
import { createHmac, randomUUID } from 'node:crypto';
import { webApi } from '@slack/bolt';
import { createEmulator } from 'emulate';
import { type Call, cardIn, isMessage, openConnector } from '../edges/teams/connector.ts';

/** An answer as a person sees it, free of what a platform does to quote it. */
export type Seen = { readonly text: string; readonly buttons: readonly string[] };

export type Client = {
  readonly platform: string;
  /** Says a command in the direct conversation with the bot; resolves to the next answer there. */
  say(text: string): Promise<Seen>;
  /** Presses a button of the last answer. */
  press(title: string): Promise<Seen>;
  /** Says a command in a channel. */
  sayInChannel(text: string): Promise<void>;
  /** Resolves when the channel holds a message with these words. */
  channelShows(words: RegExp): Promise<string>;
};

type Button = { readonly title: string; readonly verb: string; readonly data: Record<string, unknown> };
type Card = {
  readonly actions?: readonly { title: string; verb?: string; data?: Record<string, unknown> }[];
};

const buttonsOf = (card: Card | undefined): Button[] =>
  (card?.actions ?? []).map(({ title, verb = '', data = {} }) => ({ title, verb, data }));

const PATIENCE_MS = 20_000;

/** Asks again until there is an answer; the platform tells nobody when it has one. */
async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} never came.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function consoleClient(base: string, personId: string): Client {
  const personal = `personal:${personId}`;
  let last: { entry: number; buttons: Button[] } = { entry: 0, buttons: [] };
  type Entry = { id: number; from: { kind: string }; text: string; reply?: { card?: Card } };

  const post = async (path: string, body: object) => {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), personId, ...body }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const entries = async (conversation: string): Promise<Entry[]> => {
    const query = new URLSearchParams({ as: personId, in: conversation });
    const response = await fetch(`${base}/console/entries?${query}`);
    return ((await response.json()) as { entries: Entry[] }).entries;
  };
  const newest = async (): Promise<Seen> => {
    const answer = (await entries(personal)).filter(({ from }) => from.kind === 'bot').at(-1);
    const buttons = buttonsOf(answer?.reply?.card);
    last = { entry: answer?.id ?? 0, buttons };
    return { text: answer?.text ?? '', buttons: buttons.map(({ title }) => title) };
  };
  return {
    platform: 'console',
    async say(text) {
      await post('/console/messages', { conversation: personal, text });
      return newest();
    },
    async press(title) {
      const { verb, data } = buttonCalled(title, last.buttons);
      await post('/console/submits', { conversation: personal, entry: last.entry, verb, values: data });
      return newest();
    },
    sayInChannel: (text) => post('/console/messages', { conversation: 'channel:operations', text }),
    channelShows: (words) =>
      until(String(words), async () =>
        (await entries('channel:operations')).map(({ text }) => text).find((text) => words.test(text)),
      ),
  };
}

export async function teamsClient(base: string, email: string) {
  const connector = await openConnector([{ id: '29:carla', name: 'Carla', email, userPrincipalName: email }]);
  let last: Button[] = [];
  const personal = { id: 'a:carla-and-bot', conversationType: 'personal', tenantId: 'tenant-1' };
  const channel = {
    id: '19:ops@thread.tacv2',
    conversationType: 'channel',
    isGroup: true,
    tenantId: 'tenant-1',
  };

  const send = async (activity: object) => {
    const response = await fetch(`${base}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: connector.serviceUrl,
        from: { id: '29:carla', name: 'Carla', aadObjectId: 'aad-carla' },
        recipient: { id: '28:bot', name: 'Quartermaster' },
        conversation: personal,
        channelData: { tenant: { id: 'tenant-1' } },
        ...activity,
      }),
    });
    if (!response.ok) throw new Error(`/api/messages: ${response.status} ${await response.text()}`);
  };
  const nextMessage = async (act: () => Promise<void>): Promise<Seen> => {
    const seen = new Set(connector.messages());
    await act();
    const call = await connector.call((one) => isMessage(one) && !seen.has(one));
    last = buttonsOf(cardIn(call) as Card | undefined);
    const { summary, text } = call.body as { summary?: string; text?: string };
    return { text: summary ?? text ?? '', buttons: last.map(({ title }) => title) };
  };
  const client: Client = {
    platform: 'teams',
    say: (text) => nextMessage(() => send({ text })),
    press(title) {
      const { verb, data } = buttonCalled(title, last);
      const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
      return nextMessage(() =>
        send({ type: 'invoke', name: 'adaptiveCard/action', replyToId: '1650', value }),
      );
    },
    async sayInChannel(text) {
      const bot = '<at>Quartermaster</at>';
      const entities = [{ type: 'mention', text: bot, mentioned: { id: '28:bot', name: 'Quartermaster' } }];
      const before = new Set(connector.calls);
      await send({ conversation: channel, text: `${bot} ${text}`, entities });
      await connector.call((call) => !before.has(call) && summaryInChannel(call) !== undefined);
    },
    async channelShows(words) {
      return summaryInChannel(await connector.call((call) => words.test(summaryInChannel(call) ?? ''))) ?? '';
    },
  };
  /** A message in the channel, or the one that begins a new thread of it. */
  function summaryInChannel({ path, body }: Call): string | undefined {
    const { channelData, activity } = body as {
      channelData?: { channel?: { id?: string } };
      activity?: { summary?: string };
    };
    if (channelData?.channel?.id === channel.id) return activity?.summary;
    const isThere = decodeURIComponent(path).startsWith(`/v3/conversations/${channel.id}`);
    return isThere && typeof body.summary === 'string' ? body.summary : undefined;
  }
  return { client, close: connector.close };
}

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const BOT_TOKEN = 'xoxb-quartermaster';

/** A workspace of the emulator with Carla and the bot in it. */
export async function openWorkspace(email: string) {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: [{ name: 'carla', real_name: 'Carla Diaz', email }],
        channels: [{ name: 'ops' }],
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'secret',
            app_id: 'A1',
            name: 'Quartermaster',
            redirect_uris: [],
            bot_id: 'B0QM',
            bot_user_id: 'U0QM',
            bot_name: 'quartermaster',
          },
        ],
        tokens: [
          { token: BOT_TOKEN, user_id: 'U0QM', bot_id: 'B0QM', app_id: 'A1', scopes: [] },
          { token: 'xoxp-carla', user: 'carla' },
        ],
      },
    },
  });
  return { apiUrl: `${emulator.url}/api/`, close: () => emulator.close() };
}

export async function slackClient(base: string, apiUrl: string): Promise<Client> {
  const carla = new webApi.WebClient('xoxp-carla', { slackApiUrl: apiUrl });
  const bot = new webApi.WebClient(BOT_TOKEN, { slackApiUrl: apiUrl });
  const { team_id: team = '', user_id: user = '' } = await carla.auth.test();
  const direct = (await bot.conversations.open({ users: user })).channel?.id ?? '';
  const channels = (await carla.conversations.list({})).channels ?? [];
  const ops = channels.find(({ name }) => name === 'ops')?.id ?? '';
  await bot.conversations.join({ channel: ops });
  type Block = { type: string; elements?: { text?: { text?: string }; value?: string }[] };
  type Shown = {
    ts?: string;
    text?: string;
    user?: string;
    bot_id?: string;
    edited?: { ts?: string };
    blocks?: Block[];
  };
  let last: { ts: string; buttons: { title: string; value: string }[] } = { ts: '', buttons: [] };

  const deliver = async (body: string, type: string) => {
    const sentAt = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${sentAt}:${body}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': sentAt, 'x-slack-signature': `v0=${signature}` };
    const response = await fetch(`${base}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body,
    });
    if (!response.ok) throw new Error(`/slack/events: ${response.status} ${await response.text()}`);
  };
  const event = (fields: object) =>
    deliver(
      JSON.stringify({
        type: 'event_callback',
        team_id: team,
        event_id: `Ev${randomUUID()}`,
        event: { user, ...fields },
      }),
      'application/json',
    );
  const history = async (channel: string): Promise<Shown[]> =>
    ((await bot.conversations.history({ channel, limit: 100 })).messages ?? []) as Shown[];
  const fingerprint = ({ ts, text, blocks }: Shown) => JSON.stringify([ts, text, blocks]);

  const nextMessage = async (act: () => Promise<void>): Promise<Seen> => {
    const before = new Set((await history(direct)).map(fingerprint));
    await act();
    const shown = await until('The answer in Slack', async () =>
      (await history(direct)).find((message) => !before.has(fingerprint(message))),
    );
    const elements = (shown.blocks ?? [])
      .filter(({ type }) => type === 'actions')
      .flatMap(({ elements = [] }) => elements);
    const buttons = elements.map(({ text, value = '' }) => ({ title: text?.text ?? '', value }));
    last = { ts: shown.ts ?? '', buttons };
    return { text: unescaped(shown.text ?? ''), buttons: buttons.map(({ title }) => title) };
  };
  return {
    platform: 'slack',
    say: (text) =>
      nextMessage(() =>
        event({ type: 'message', channel_type: 'im', channel: direct, text, ts: String(Date.now() / 1000) }),
      ),
    press(title) {
      const { value } = buttonCalled(title, last.buttons);
      const payload = {
        type: 'block_actions',
        trigger_id: randomUUID(),
        user: { id: user, team_id: team },
        team: { id: team },
        channel: { id: direct },
        container: { type: 'message', message_ts: last.ts, channel_id: direct },
        message: { ts: last.ts },
        actions: [{ type: 'button', action_id: 'execute-0', value }],
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      return nextMessage(() => deliver(body, 'application/x-www-form-urlencoded'));
    },
    async sayInChannel(text) {
      // The bot answers a mention in the thread of it, so there has to be one.
      const { ts = '' } = await carla.chat.postMessage({ channel: ops, text: `<@U0QM> ${text}` });
      await event({ type: 'app_mention', channel: ops, text: `<@U0QM> ${text}`, ts });
      await until('The answer in the thread', async () => {
        const { messages = [] } = await bot.conversations.replies({ channel: ops, ts });
        return messages.length > 1 ? true : undefined;
      });
    },
    channelShows: (words) =>
      until(String(words), async () => {
        const messages = await history(ops);
        return messages.map(({ text = '' }) => unescaped(text)).find((text) => words.test(text));
      }),
  };
}

/** Slack's own way of quoting: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const unescaped = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

function buttonCalled<B extends { readonly title: string }>(title: string, buttons: readonly B[]): B {
  const found = buttons.find((button) => button.title === title);
  if (found === undefined) {
    throw new Error(
      `There is no button "${title}"; there are: ${buttons.map((one) => one.title).join(', ')}.`,
    );
  }
  return found;
}
