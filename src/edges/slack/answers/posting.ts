import type { ChatPostMessageArguments } from '@slack/web-api';
import { PostFailed } from '../../../chat/edge.ts';
import type { Json, Place, Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { formsOf, type Message } from '../blocks/message.ts';
import type { RestFile } from '../blocks/rest.ts';
import { type Best, sendBest } from './best.ts';
import { clientMessageId, findPosted, metadataOf, standsThere } from './earlier.ts';
import { isDuplicateGone, losesThread, refusesEdit } from './failures.ts';
import type { Refusals } from './refusals.ts';
import { loaded, shareRest } from './rest.ts';
import { findShared, whereShared } from './shared.ts';
import { type Loaded, load, shareFiles, type Uploader } from './uploads.ts';

export type Desk = Uploader & { readonly refusals: Refusals };
export type Extra = {
  /** The same when the same post is tried again: what an earlier try has posted and shared is not posted once more. */
  readonly key?: string;
  /** Since when there may be a message of an earlier try. */
  readonly since?: Date | undefined;
  /** A line to put before the reply. */
  readonly note?: string;
};

/** What every message says: nothing in it is to be parsed, linked or unfolded by Slack. */
const asWritten = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

export function channelOf({ address, conversation }: Place): string {
  const channel = isObject(address) ? address.channel : undefined;
  return typeof channel === 'string' ? channel : conversation.slice(conversation.indexOf(':') + 1);
}

/** Posts a message and shares its files in its thread. */
export async function postMessage(desk: Desk, place: Place, reply: Reply, extra: Extra = {}): Promise<Sent> {
  const channel = channelOf(place);
  const files = await load(desk, reply.files ?? []);
  const shared = extra.key === undefined ? new Map() : await findShared(desk, channel, files);
  const before = await postedBefore(desk, place, extra);
  const { result: message, rest } =
    before === undefined ? await postNow(desk, place, reply, extra) : postedWith(before, reply, extra);
  const sent = { place, message };
  const more = (await attachFiles(desk, sent, files, shared)) + (await attachRest(desk, sent, rest));
  const messages = (before === undefined ? 1 : 0) + more;
  return messages === 1 ? sent : { ...sent, messages };
}

async function postedBefore(desk: Desk, place: Place, { key, since }: Extra): Promise<string | undefined> {
  if (key === undefined || since === undefined) return undefined;
  return findPosted(desk, channelOf(place), place.thread, { key, since });
}

/** What an earlier try has sent: whether it came to share the rest as well is not known, and twice is better than never. */
const postedWith = (message: string, reply: Reply, { note }: Extra): Best<string> => ({
  result: message,
  rest: formsOf(reply, { note }).rich(new Set()).rest,
});

async function postNow(desk: Desk, place: Place, reply: Reply, { key, note }: Extra): Promise<Best<string>> {
  const channel = channelOf(place);
  const { thread } = place;
  const isPost = key !== undefined;
  // An answer to a request is sent by nobody else again, and twice is better than never.
  const client = isPost ? desk.once : desk.client;
  if (isPost && thread !== undefined && !(await standsThere(desk, channel, thread))) throw threadGone(thread);
  const send = async (message: Message, once: object) => {
    const sent = await client.chat.postMessage({
      channel,
      ...asWritten,
      ...message,
      ...(thread === undefined ? {} : { thread_ts: thread, ...(reply.aloud && { reply_broadcast: true }) }),
      ...(isPost && { metadata: metadataOf(key) }),
      ...once,
    } as ChatPostMessageArguments);
    return sent.ts ?? '';
  };
  return sendBest(desk, reply, { note }, async (message) => {
    try {
      return await send(message, isPost ? { client_msg_id: clientMessageId(key) } : {});
    } catch (err) {
      // It was posted before, and somebody has deleted it since.
      if (isPost && isDuplicateGone(err)) return send(message, {});
      if (isPost && thread !== undefined && losesThread(err)) throw threadGone(thread, err);
      throw err;
    }
  });
}

const threadGone = (thread: string, cause?: unknown) =>
  new PostFailed('thread gone', `There is no message ${thread} to answer.`, { cause });

/** Changes a message as the answer to a request; where Slack refuses the edit, the reply goes into its thread. */
export async function updateMessage(desk: Desk, sent: Sent, reply: Reply): Promise<Sent> {
  const { result: now, rest } = await changeMessage(desk, sent, reply);
  if (now !== sent) return now;
  await attachFiles(desk, sent, await load(desk, reply.files ?? []));
  await attachRest(desk, sent, rest);
  return now;
}

/** Changes a message that is drawn ever anew: its files hang under it since the first drawing that had them. */
export async function redrawMessage(desk: Desk, sent: Sent, reply: Reply): Promise<Sent> {
  const { result: now, rest } = await changeMessage(desk, sent, reply);
  if (now !== sent) return now;
  const files = [...(await load(desk, reply.files ?? [])), ...rest.map(loaded)];
  const channel = channelOf(sent.place);
  const shared = await findShared(desk, channel, files);
  const missing = files.filter((file) => !shared.has(file));
  // What can't be shared is logged, and not said again with each drawing.
  await shareFiles(desk, missing, { channel, thread: sent.place.thread ?? sent.message });
  return now;
}

/** Gives what was sent itself where it was changed, and the message below it where that was refused. */
async function changeMessage(desk: Desk, sent: Sent, reply: Reply): Promise<Best<Sent>> {
  try {
    const { rest } = await sendBest(desk, reply, {}, (message) =>
      desk.client.chat.update({
        channel: channelOf(sent.place),
        ts: sent.message,
        ...message,
        parse: 'none',
        link_names: false,
      }),
    );
    return { result: sent, rest };
  } catch (err) {
    if (!refusesEdit(err)) throw err;
    desk.log.info(
      { err, message: sent.message },
      'Slack refused to change a message; answering in its thread',
    );
    const place = { ...sent.place, thread: sent.place.thread ?? sent.message };
    return { result: await postMessage(desk, place, reply), rest: [] };
  }
}

const attachRest = (desk: Desk, { place, message }: Sent, rest: readonly RestFile[]): Promise<number> =>
  shareRest(desk, rest, { channel: channelOf(place), thread: place.thread ?? message });

/** Gives how many messages that took. */
async function attachFiles(
  desk: Desk,
  { place, message }: Sent,
  files: readonly Loaded[],
  shared: ReadonlyMap<Loaded, string | undefined> = new Map(),
): Promise<number> {
  const channel = channelOf(place);
  const thread = place.thread ?? message;
  const missing = files.filter((file) => !shared.has(file));
  const { messages, trouble } = await shareFiles(desk, missing, { channel, thread });
  const remarks = [whereShared(shared), trouble].filter((said) => said !== undefined);
  for (const said of remarks) await remark(desk, channel, thread, said);
  return messages + remarks.length;
}

/** A line of mrkdwn beside a message that is already sent: it is logged, not thrown, where it can't be said. */
export async function remark(
  desk: Desk,
  channel: string,
  thread: string | undefined,
  text: string,
): Promise<void> {
  try {
    await desk.once.chat.postMessage({
      channel,
      ...asWritten,
      text,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
  } catch (err) {
    desk.log.error({ err, channel, text }, 'A remark could not be posted to Slack');
  }
}

const isObject = (json: Json | undefined): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
