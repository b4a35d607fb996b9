import type { Json, Place, Sent } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { Unshowable } from './buttons.ts';
import { refusesBlocks, refusesEdit } from './failures.ts';
import { type Message, messagesOf } from './message.ts';
import { escapeMrkdwn } from './text.ts';
import { shareFiles, type Uploader } from './uploads.ts';

export type Desk = Uploader;
export type Extra = {
  /** The same when the same post is tried again. */
  readonly key?: string;
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
  const ts = await sendBest(desk, reply, extra.note, async (message) => {
    const sent = await desk.client.chat.postMessage({
      channel,
      ...asWritten,
      ...message,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
      ...(extra.key === undefined ? {} : { metadata: metadataOf(extra.key) }),
    });
    return sent.ts ?? '';
  });
  const sent = { place, message: ts };
  await attachFiles(desk, sent, reply);
  return sent;
}

/** Changes a message; where Slack refuses the edit, the reply goes into its thread. */
export async function updateMessage(desk: Desk, sent: Sent, reply: Reply): Promise<Sent> {
  try {
    await sendBest(desk, reply, undefined, (message) =>
      desk.client.chat.update({
        channel: channelOf(sent.place),
        ts: sent.message,
        ...message,
        parse: 'none',
        link_names: false,
      }),
    );
  } catch (err) {
    if (!refusesEdit(err)) throw err;
    desk.log.info(
      { err, message: sent.message },
      'Slack refused to change a message; answering in its thread',
    );
    return postMessage(desk, { ...sent.place, thread: sent.place.thread ?? sent.message }, reply);
  }
  await attachFiles(desk, sent, reply);
  return sent;
}

/** Tries ever barer forms of a reply while Slack refuses its blocks, so that it is never lost for its looks. */
export async function sendBest<Result>(
  { log }: Pick<Desk, 'log'>,
  reply: Reply,
  note: string | undefined,
  send: (message: Message) => Promise<Result>,
): Promise<Result> {
  let refusal: unknown;
  for (const messageOf of messagesOf(reply, note)) {
    try {
      return await send(messageOf());
    } catch (err) {
      if (!(err instanceof Unshowable) && !refusesBlocks(err)) throw err;
      log.error({ err }, 'Slack can not show a message as it is');
      refusal = err;
    }
  }
  throw refusal;
}

async function attachFiles(desk: Desk, { place, message }: Sent, reply: Reply): Promise<void> {
  if (reply.files === undefined || reply.files.length === 0) return;
  const channel = channelOf(place);
  const thread = place.thread ?? message;
  const trouble = await shareFiles(desk, reply.files, { channel, thread });
  if (trouble !== undefined) await remark(desk, channel, thread, trouble);
}

/** A sentence beside a message that is already sent: it is logged, not thrown, where it can't be said. */
export async function remark(
  desk: Desk,
  channel: string,
  thread: string | undefined,
  text: string,
): Promise<void> {
  try {
    await desk.client.chat.postMessage({
      channel,
      ...asWritten,
      text: escapeMrkdwn(text),
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
  } catch (err) {
    desk.log.error({ err, channel, text }, 'A remark could not be posted to Slack');
  }
}

const metadataOf = (key: string) => ({ event_type: 'quartermaster_post', event_payload: { key } });

const isObject = (json: Json | undefined): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
