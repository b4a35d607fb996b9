import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { slackWord } from './failures.ts';
import type { Log } from './options.ts';

type Desk = { readonly client: WebClient; readonly log: Log };

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

/**
 * The message of this key that an earlier try has left in a channel. Reading a channel takes a permission that the
 * manifest asks for in direct conversations only (`im:history`); an admin may give `channels:history` and
 * `groups:history` as well. Without it nothing is found, and the `client_msg_id` has to do.
 */
export async function findPosted(
  { client, log }: Desk,
  channel: string,
  thread: string | undefined,
  { key, since }: { readonly key: string; readonly since: Date },
): Promise<string | undefined> {
  const oldest = String(Math.floor(since.getTime() / 1_000) - lookBackSeconds);
  const wanted = { channel, oldest, limit: 200, include_all_metadata: true };
  try {
    const { messages = [] } =
      thread === undefined
        ? await client.conversations.history(wanted)
        : await client.conversations.replies({ ...wanted, ts: thread });
    const found = messages.find(({ metadata }) => {
      const payload = metadata?.event_payload as { key?: unknown } | undefined;
      return metadata?.event_type === EVENT && payload?.key === key;
    });
    return found?.ts;
  } catch (err) {
    log.info({ err, channel }, 'Slack did not say whether a message is there already');
    return undefined;
  }
}

/**
 * Whether the message with a thread is still there: Slack takes an answer below one that was deleted, where nobody would
 * ever see it. Where Slack does not say, it is.
 */
export async function standsThere({ client, log }: Desk, channel: string, ts: string): Promise<boolean> {
  try {
    await client.chat.getPermalink({ channel, message_ts: ts });
    return true;
  } catch (err) {
    if (slackWord(err) === 'message_not_found') return false;
    log.info({ err, channel }, 'Slack did not say whether the first message of a thread is there');
    return true;
  }
}
