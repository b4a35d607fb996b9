import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../options.ts';
import type { Identity } from '../web-api.ts';
import { isPassing, slackWord } from './failures.ts';
import { patiently } from './patience.ts';

type Desk = {
  readonly client: WebClient;
  readonly identity: () => Promise<Identity>;
  readonly log: Log;
};

const EVENT = 'quartermaster_post';

/** What a message carries so that it is known again. Source: https://docs.slack.dev/messaging/message-metadata */
export const metadataOf = (key: string) => ({ event_type: EVENT, event_payload: { key } });

/**
 * The same for the same key: of two messages with one `client_msg_id` Slack keeps the first and gives that back. It is
 * named by its errors only (`duplicate_message_not_found` of
 * https://docs.slack.dev/reference/methods/chat.postMessage), so a message is also looked for by its metadata.
 */
export function clientMessageId(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Slack's clock and that of the database may differ. */
const lookBackSeconds = 120;

/** What was posted to one conversation since the first try; where more was, nobody goes through all of it. */
const mostPages = 50;

/**
 * The message of this key that an earlier try has left in a conversation. Where Slack can't answer just now, the post is put
 * off. Reading a channel takes permissions that are optional (`scopes.ts`): without them nothing is found, and the
 * `client_msg_id` has to do.
 */
export async function findPosted(
  desk: Desk,
  channel: string,
  thread: string | undefined,
  { key, since }: { readonly key: string; readonly since: Date },
): Promise<string | undefined> {
  const isOurs = saidBy(await desk.identity());
  const oldest = String(Math.floor(since.getTime() / 1_000) - lookBackSeconds);
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readPage(desk, { channel, oldest, cursor }, thread);
    const found = page?.messages?.find((message) => keyOf(message) === key && isOurs(message));
    if (found !== undefined) return found.ts;
    cursor = page?.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  desk.log.warn({ channel, since }, 'Too much was posted to Slack since to look for a message there');
  return undefined;
}

type Wanted = { readonly channel: string; readonly oldest: string; readonly cursor: string | undefined };

async function readPage(
  { client, log }: Pick<Desk, 'client' | 'log'>,
  { cursor, ...where }: Wanted,
  thread: string | undefined,
) {
  const wanted = { ...where, ...(cursor && { cursor }), limit: 200, include_all_metadata: true };
  const read = () =>
    thread === undefined
      ? client.conversations.history(wanted)
      : client.conversations.replies({ ...wanted, ts: thread });
  try {
    return await patiently(read);
  } catch (err) {
    // Pages that are already read would be read again and again.
    if (isPassing(err) && cursor === undefined) throw err;
    log.info({ err, channel: where.channel }, 'Slack did not say whether a message is there already');
    return undefined;
  }
}

type Said = { readonly bot_id?: string; readonly user?: string };

/** Any app may mark a message as it likes. */
const saidBy =
  ({ bot, user }: Identity) =>
  (message: Said): boolean =>
    message.bot_id === undefined ? message.user === user : message.bot_id === bot;

type Marked = { readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown } };

function keyOf({ metadata }: Marked): unknown {
  if (metadata?.event_type !== EVENT) return undefined;
  return (metadata.event_payload as { key?: unknown } | undefined)?.key;
}

/**
 * Whether the message with a thread is still there: Slack takes an answer below one that was deleted, where nobody would
 * ever see it. Where Slack does not say, it is.
 */
export async function standsThere(
  { client, log }: Pick<Desk, 'client' | 'log'>,
  channel: string,
  ts: string,
): Promise<boolean> {
  try {
    await client.chat.getPermalink({ channel, message_ts: ts });
    return true;
  } catch (err) {
    if (slackWord(err) === 'message_not_found') return false;
    log.info({ err, channel }, 'Slack did not say whether the first message of a thread is there');
    return true;
  }
}
