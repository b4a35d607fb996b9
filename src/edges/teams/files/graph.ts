import type { IncomingMessage } from 'node:http';
import type { Attachment } from '../../../chat/inbound.ts';
import { isFileUrl } from '../identity/hosts.ts';
import { inTime } from '../in-time.ts';
import type { Log } from '../options.ts';
import { dig, digText } from '../requests/request.ts';
import { request } from './connection.ts';
import { download } from './download.ts';

/** A token of the bot's goes to this service and nowhere else: what it says to go on to is asked without one. */
export const GRAPH = 'https://graph.microsoft.com';
const VERSION = '/v1.0';
/** Somebody waits for the answer. */
const TIME_LIMIT_MS = 8_000;
const MOST_BYTES = 2 * 1024 * 1024;
/** Nobody has use for more; a command takes one. */
const MOST_FILES = 5;

/** A message by the names that Graph has for where it stands. */
export type MessageRef = {
  readonly tenant: string | undefined;
  readonly message: string;
  /** Who sent it, by the id that Entra has for them. */
  readonly sender: string | undefined;
} & (
  | { readonly kind: 'chat'; readonly chat: string }
  | { readonly kind: 'channel'; readonly team: string; readonly channel: string; readonly thread: string }
);

type Ways = {
  /** A token of the bot's for Graph, as the tenant has consented to. */
  readonly token: (tenant: string | undefined) => Promise<string>;
  readonly base?: string | undefined;
  readonly local: boolean;
  readonly log: Log;
};
export type Graph = ReturnType<typeof openGraph>;

/**
 * Reads files of channels and group chats, which Teams hands to no bot. An admin of the tenant has to have consented to
 * `ChannelMessage.Read.All`, `Chat.Read.All` and `Files.Read.All` for the app itself.
 * Source: https://learn.microsoft.com/graph/api/chatmessage-get, https://learn.microsoft.com/graph/api/driveitem-get-content
 */
export function openGraph({ token, base = GRAPH, local, log }: Ways) {
  async function lookFor(find: () => Promise<MessageRef>): Promise<readonly Attachment[]> {
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    const message = await find();
    const authorization = `Bearer ${await token(message.tenant)}`;
    const get: Get = (path) =>
      request(
        { url: new URL(base + VERSION + path), local },
        { method: 'GET', signal, headers: { authorization, accept: 'application/json' } },
      );
    const files = referencesIn(await json(await get(pathOf(message))));
    const found = files.slice(0, MOST_FILES).map(async ({ name, url }): Promise<Attachment> => {
      if (!isFileUrl(url, local)) throw new GraphFailed('a file lies elsewhere than in SharePoint');
      const file = await fileAt(get, url);
      if (!(await isTheirs(get, message, file)))
        throw new GraphFailed('a file is neither of the sender nor of the channel');
      const { drive, id } = file;
      const link = await linkIn(await get(`/drives/${drive}/items/${id}/content`));
      return { name, read: (limit) => download({ name, url: link, limit, local }) };
    });
    return Promise.all(found);
  }

  return {
    /** The files of a message, ready to be read. Never rejects. */
    async filesOf(find: () => Promise<MessageRef>): Promise<readonly Attachment[] | 'out of reach'> {
      try {
        // Whoever gives the token, or says where the message stands, knows no signal.
        const found = await inTime(TIME_LIMIT_MS, () => lookFor(find));
        if (found === 'late') throw new GraphFailed('no answer in time');
        return found;
      } catch (error) {
        log.warn({ err: error }, 'Graph did not give the files of a message');
        return 'out of reach';
      }
    },
  };
}

/** Microsoft Graph did not do what it was asked to. */
class GraphFailed extends Error {
  override name = 'GraphFailed';
}

type Get = (path: string) => Promise<IncomingMessage>;
/** A file by the ids that Graph has for it, ready for a path. */
type File = { readonly drive: string; readonly id: string };

async function fileAt(get: Get, url: string): Promise<File> {
  const item = await json(await get(`/shares/${shareOf(url)}/driveItem?$select=id,parentReference`));
  return { drive: part(digText(item, 'parentReference', 'driveId')), id: part(digText(item, 'id')) };
}

/**
 * Whoever writes a message may refer to any file whose address they know, and the bot may read them all: it reads what lies in
 * the files of the channel, and in the OneDrive of who sent the message.
 * Source: https://learn.microsoft.com/graph/api/channel-get-filesfolder, https://learn.microsoft.com/graph/api/resources/drive
 */
async function isTheirs(get: Get, message: MessageRef, { drive }: File): Promise<boolean> {
  if (message.kind === 'channel') {
    const folder = await json(await get(`${channelIn(message)}/filesFolder`));
    if (digText(folder, 'parentReference', 'driveId') === decodeURIComponent(drive)) return true;
  }
  const found = await json(await get(`/drives/${drive}?$select=id,driveType,owner`));
  const owner = digText(found, 'owner', 'user', 'id');
  return message.sender !== undefined && dig(found, 'driveType') === 'business' && owner === message.sender;
}

function part(id: string | undefined): string {
  if (id === undefined || id === '') throw new GraphFailed('Graph did not say where a file lies');
  return encodeURIComponent(id);
}

const channelIn = ({ team, channel }: Extract<MessageRef, { kind: 'channel' }>): string =>
  `/teams/${encodeURIComponent(team)}/channels/${encodeURIComponent(channel)}`;

function pathOf(ref: MessageRef): string {
  const message = encodeURIComponent(ref.message);
  if (ref.kind === 'chat') return `/chats/${encodeURIComponent(ref.chat)}/messages/${message}`;
  const started = `${channelIn(ref)}/messages/${encodeURIComponent(ref.thread)}`;
  return ref.message === ref.thread ? started : `${started}/replies/${message}`;
}

/** Source: https://learn.microsoft.com/graph/api/resources/chatmessageattachment (`reference`: a link to a file) */
function referencesIn(message: unknown): { readonly name: string; readonly url: string }[] {
  const attachments = dig(message, 'attachments');
  return (Array.isArray(attachments) ? attachments : []).flatMap((attachment: unknown) => {
    const url = digText(attachment, 'contentUrl');
    if (dig(attachment, 'contentType') !== 'reference' || url === undefined) return [];
    return [{ name: digText(attachment, 'name') ?? 'The file', url }];
  });
}

/** Source: https://learn.microsoft.com/graph/api/shares-get#encoding-sharing-urls */
const shareOf = (url: string): string => `u!${Buffer.from(url).toString('base64url')}`;

/** The link that opens the file without a token for some minutes. */
async function linkIn(response: IncomingMessage): Promise<string> {
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.destroy();
    return headers.location;
  }
  return refused(response);
}

async function json(response: IncomingMessage): Promise<unknown> {
  if (response.statusCode !== 200) return refused(response);
  return JSON.parse(await textOf(response));
}

async function refused(response: IncomingMessage): Promise<never> {
  const said = await textOf(response).catch(() => '');
  const code = /"code"\s*:\s*"([\w.]{1,60})"/.exec(said)?.[1] ?? '';
  throw new GraphFailed(`Graph answered with ${response.statusCode} ${code}`.trim());
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new GraphFailed('Graph answered with more than a message');
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks).toString();
}
